"""The judgements of three hundred charts, written down: a change of the engine shows which of them it changes.

These are no truths of an outside source, as the other tables here; they keep what is from changing by accident. After
a change that is meant, raise the engine's version and write them anew: ``python -m tests.golden.test_judgements``.
"""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

from fortune.saju.cycle import ELEMENTS, Pillar, Pillars
from fortune.saju.derive.facts import Facts, facts
from fortune.saju.match import Line, match
from tests.golden.births import written

FILE = Path(__file__).with_name("judgements.txt")
HEADER = (
    "# chart | strength | pattern | useful element | two charts: with the one before | checksum of all facts"
)


def charts() -> list[Pillars]:
    """Return three hundred charts, one in six without its hour; any four pillars are judged, also impossible ones."""
    draw = random.Random(1)
    return [
        Pillars(
            *(Pillar(draw.randrange(60)) for _ in range(3)), Pillar(draw.randrange(60)) if n % 6 else None
        )
        for n in range(300)
    ]


def strength(f: Facts) -> str:
    held = {True: "+", False: "-", None: "?"}
    tests = "".join(held[test.held] for test in f.strength.tests)
    return f"{f.strength.level} {f.strength.score:g} {tests}"


def pattern(f: Facts) -> str:
    return f"{f.structure.key} {f.structure.rule} {','.join(row.key for row in f.structure.candidates)}"


def useful(f: Facts) -> str:
    known = (f.useful.eokbu, f.useful.johu, f.useful.tonggwan, f.useful.chosen)
    choices = [f"{choice.method}:{ELEMENTS[choice.element]}:{choice.rule}" for choice in known if choice]
    return f"{f.useful.verdict} {' '.join(choices)} {''.join(ELEMENTS[e] for e in f.useful.roles)}"


def line_of(line: Line) -> str:
    return f"{line.finding}:{line.points}"


def lines() -> Iterator[str]:
    before = facts(charts()[-1])
    for pillars in charts():
        f = facts(pillars)
        rubric = " ".join(map(line_of, match(before, f).rubric))
        checksum = f"{zlib.crc32(json.dumps(f.to_json(), ensure_ascii=False).encode()):08x}"
        yield " | ".join((written(pillars), strength(f), pattern(f), useful(f), rubric, checksum))
        before = f


def test_judgements_are_those_that_are_written_down() -> None:
    assert [HEADER, *lines()] == FILE.read_text().splitlines()


if __name__ == "__main__":
    FILE.write_text("\n".join((HEADER, *lines())) + "\n")
