"""Judgements that three classics print about their own charts, read by hand, and how many of them the engine makes.

``ditiansui.txt``: 임철초's commentary 滴天髓闡微 (1847). ``qianli.txt``: 韋千里's 千里命稿 (1935). ``shenfeng.txt``: some charts of
張楠's 神峰通考 (16th century), the school of 病藥; nothing was set by them. One chart a line: year,
month, day, hour; S or W where the text calls the day stem strong or weak; the elements it takes as 용신; the pattern that
it names (several with a slash; one with ``!`` is denied). A dot where the text says nothing that can be read one way only.
Charts whose pillars the printed text garbles are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fortune.saju.cycle import ELEMENTS, Pillars, read_pillar
from fortune.saju.derive.facts import Facts, facts

BOOKS = ("ditiansui", "qianli", "shenfeng")
KINDS = ("strength", "useful", "structure")


class Case(NamedTuple):
    """``half``: 0 for the lines by which the figures were set, 1 for those that were kept from it."""

    book: str
    chapter: str
    chart: str
    strong: bool | None
    elements: str
    structures: str
    half: int

    @property
    def pillars(self) -> Pillars:
        year, month, day, hour = (read_pillar(word) for word in self.chart.split())
        assert year and month and day and hour, self.chart
        return Pillars(year, month, day, hour)


def cases(book: str) -> Iterator[Case]:
    chapter, at = "", 0
    for line in (Path(__file__).parent / f"{book}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            chapter = line[2:]
            continue
        *chart, strong, elements, structures = line.split()
        known = {"S": True, "W": False, ".": None}[strong]
        yield Case(book, chapter, " ".join(chart), known, elements.strip("."), structures.strip("."), at % 2)
        at += 1


def held(case: Case, f: Facts) -> dict[str, bool]:
    """Return for each kind that the text judges whether the engine judges alike."""
    found = {}
    if case.strong is not None:
        found["strength"] = f.strength.strong is case.strong
    if case.elements:
        found["useful"] = ELEMENTS[f.useful.chosen.element] in case.elements
    if case.structures:
        key = f.structure.key.removesuffix("_gyeok")
        denied = case.structures.removeprefix("!")
        found["structure"] = key != denied if case.structures[0] == "!" else key in case.structures.split("/")
    return found


def figures(half: int | None = None) -> dict[str, dict[str, tuple[int, int]]]:
    """Return for each book and kind how many judgements agree, of how many; ``half``: of those lines only."""
    counts = {book: {kind: [0, 0] for kind in KINDS} for book in BOOKS}
    for book in BOOKS:
        for case in cases(book):
            if half in (None, case.half):
                for kind, agrees in held(case, facts(case.pillars)).items():
                    counts[book][kind][0] += agrees
                    counts[book][kind][1] += 1
    return {book: {kind: (row[0], row[1]) for kind, row in kinds.items()} for book, kinds in counts.items()}
