"""종격 and 화격: charts that follow one force, by the outward conditions of 임철초's 적천수천미.

종아, 종재, 종살: the day stem has next to no root and nothing that feeds it; 종아 allows a little more root, but no 인성
("從兒不論身強弱"). 종왕, 종강: nearly everything stands on the day stem's side and no 관성 opposes it. 화격: the day stem
unites with its neighbour in a month of the resulting element, and no branch of its own or of 인성 holds it back.
The figures below are conventions, checked on the charts that the book files there (docs/decisions/022-judgement.md).
"""

from __future__ import annotations

from typing import NamedTuple

from fortune.saju.cycle import BRANCH_ELEMENT, Pillars
from fortune.saju.derive.force import Forces, grades
from fortune.saju.derive.relations import STEM_KINDS, complete_triads

WEAK, STRONG = 25.0, 85.0
"""Per cent on the day stem's side: below the first a chart may follow another force, from the second on its own."""
ROOT, ROOT_OF_OUTPUT = 500, 700
"""The most root that the day stem may have to follow wealth or officer, and to follow output (hundredths of points)."""
SEAL_ROOT, SEAL, SEAL_OF_OUTPUT = 650, 800, 300
"""The most root and force of 인성 under which wealth or officer is followed; for output it may not show at all."""
OUTPUT, OFFICER_OF_OUTPUT = 40.0, 15.0
"""The share that output must have to be followed, and the most that 관성, which it would fight, may have."""
SEAT = 24
"""Per cent of the day branch from which a hidden stem of the day stem's element (정기, 중기) is a seat of its own."""
OPPOSED = 400
"""The most force of 관성 (hundredths of points) under which a strong chart may follow itself."""

# 종왕격 has a name of its own where a whole 삼합 or 방합 (for earth: the four 고지) fills the chart.
SINGLE = ("gokjik_gyeok", "yeomsang_gyeok", "gasaek_gyeok", "jonghyeok_gyeok", "yunha_gyeok")
FOLLOWING = ("jonga_gyeok", "jongjae_gyeok", "jongsal_gyeok")
KEYS = (*SINGLE, *FOLLOWING, "jongwang_gyeok", "jonggang_gyeok", "hwa_gyeok")
RULES = (
    "follows_output", "follows_wealth", "follows_officer", "follows_itself", "follows_seal", "transformed",
)  # fmt: skip


class Exceptional(NamedTuple):
    """A pattern that a whole chart follows: its key, the element followed, the rule (``RULES``) and its cells."""

    key: str
    element: int
    rule: str
    cells: tuple[str, ...]


def exceptional(pillars: Pillars, held: Forces, score: float) -> Exceptional | None:
    """Return the exceptional pattern that a chart has made, or None."""
    return _transformed(pillars, held) or _weak(pillars, held, score) or _strong(pillars, held, score)


def _everything(pillars: Pillars) -> tuple[str, ...]:
    return tuple(f"{place}.{part}" for place, _ in pillars.named() for part in ("stem", "branch"))


def _weak(pillars: Pillars, held: Forces, score: float) -> Exceptional | None:
    own = pillars.day.index % 10 // 2
    seal, output, wealth, officer = ((own + step) % 5 for step in (4, 1, 2, 3))
    if score >= WEAK or pillars.hour is None or _seated(pillars, held, own):
        return None
    heaviest = max(output, wealth, officer, key=held.points.__getitem__)
    if heaviest == output or held.share(output) >= OUTPUT:
        followed = (
            held.share(output) >= OUTPUT
            and held.share(officer) < OFFICER_OF_OUTPUT
            and held.roots[own] <= ROOT_OF_OUTPUT
            and not held.shown[seal]
            and held.roots[seal] <= SEAL_OF_OUTPUT
        )
        return Exceptional(FOLLOWING[0], output, RULES[0], _everything(pillars)) if followed else None
    if held.roots[own] > ROOT or held.roots[seal] > SEAL_ROOT or held.points[seal] > SEAL:
        return None
    step = 1 if heaviest == wealth else 2
    return Exceptional(FOLLOWING[step], heaviest, RULES[step], _everything(pillars))


def _seated(pillars: Pillars, held: Forces, own: int) -> bool:
    """Return whether the day branch, unless a whole union has turned it, holds the day stem's own element."""
    branch = pillars.day.index % 12
    if held.main[2] != BRANCH_ELEMENT[branch]:
        return False
    return any(stem // 2 == own and per_cent >= SEAT for stem, per_cent in grades(branch))


def _strong(pillars: Pillars, held: Forces, score: float) -> Exceptional | None:
    own = pillars.day.index % 10 // 2
    seal, officer = (own + 4) % 5, (own + 3) % 5
    if score < STRONG or pillars.hour is None or held.shown[officer] or held.points[officer] > OPPOSED:
        return None
    if _signs(held, seal) > _signs(held, own):
        return Exceptional("jonggang_gyeok", seal, "follows_seal", _everything(pillars))
    key = SINGLE[own] if _filled(pillars, own) else "jongwang_gyeok"
    return Exceptional(key, own, "follows_itself", _everything(pillars))


def _signs(held: Forces, element: int) -> int:
    """Return how many signs beside the day stem stand for the element."""
    return held.shown[element] + held.main.count(element)


def _filled(pillars: Pillars, element: int) -> bool:
    """Return whether a whole 삼합 or 방합 of the element, or for earth nothing but 고지, stands in the branches."""
    branches = [pillar.index % 12 for _, pillar in pillars.named()]
    if element == 2:
        return all(branch % 3 == 1 for branch in branches)
    mask = 0
    for branch in branches:
        mask |= 1 << branch
    return any(row[2] == element for row in complete_triads(mask))


def _transformed(pillars: Pillars, held: Forces) -> Exceptional | None:
    if pillars.hour is None:
        return None
    day = pillars.day.index % 10
    own, into = day // 2, held.main[1]
    for place, pillar in (("month", pillars.month), ("hour", pillars.hour)):
        if STEM_KINDS["cheongan_hap"].get((day, pillar.index % 10)) != into:
            continue
        # Also where the day stem is of that element itself (乙庚 for 庚): it has nothing to turn into.
        if {own, (own + 4) % 5} & set(held.main):
            return None
        against = (into + 3) % 5
        if held.shown[against] and held.roots[against] >= 1000:
            return None
        return Exceptional("hwa_gyeok", into, "transformed", ("day.stem", f"{place}.stem", "month.branch"))
    return None
