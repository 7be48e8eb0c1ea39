"""Forces: how much of a chart each element holds, with roots weighed (통근) and unions that turn a branch.

The day stem is left out: it is what the forces are measured against, and no companion of its own. A school's point
scheme, not a measurement. Its figures were set on half of the charts that 적천수천미 and 천리명고 call strong or weak,
and held against the other half (docs/accuracy.md).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from fortune.saju.cycle import BRANCH_ELEMENT, STEMS, Pillars
from fortune.saju.derive.relations import STEM_KINDS, complete_triads

STEM_POINTS = {"year": 8, "month": 12, "hour": 8}
BRANCH_POINTS = {"year": 15, "month": 30, "day": 20, "hour": 20}
SEASON = 12
"""Points more for the day stem's element in a month of its own (득령), where the season is not turned by a union."""
ROOT = 3
"""Points of its own element in the branches that a stem needs as a root; without them it counts half."""
TURNED = {"banghap": 80, "samhap": 70}
"""Per cent of each branch of a whole 방합 or 삼합 that turns into its element."""
# Per cent of each hidden stem of 子 … 亥, by grade: 정기, then 중기 and 여기 (not by the day counts of 월률분야, which tell
# who is in command, not how firm a root is). 천리명고 and 적천수천미 speak of 본기, 중기 and 여기 as roots in that order.
_ROOTS = (
    "癸100", "己60 癸24 辛16", "甲60 丙24 戊16", "乙100", "戊60 乙24 癸16", "丙60 庚24 戊16",
    "丁75 己25", "己60 丁24 乙16", "庚60 壬24 戊16", "辛100", "戊60 辛24 丁16", "壬75 甲25",
)  # fmt: skip


class Forces(NamedTuple):
    """Points of 목 화 토 금 수 in hundredths. ``roots``: those in the branches alone; ``shown``: stems beside the day's.

    ``free``: ``shown`` without the stems of year and month where the two unite and so serve nobody else (합거).
    ``main``: the element that each branch stands for, in the order of the pillars, a whole union taken into account.
    """

    points: tuple[int, ...]
    roots: tuple[int, ...]
    shown: tuple[int, ...]
    free: tuple[int, ...]
    main: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.points)

    def share(self, element: int) -> float:
        """Per cent of the points."""
        return 100 * self.points[element] / self.total


def forces(pillars: Pillars) -> Forces:
    """Return the forces of a chart; those of the hour are missing when it is unknown."""
    named = pillars.named()
    day = pillars.day.index % 10 // 2
    turned = _turned(tuple(p.index % 12 for _, p in named))
    roots, shown = [0] * 5, [0] * 5
    main = []
    for (place, pillar), (element, part) in zip(named, turned, strict=True):
        held = BRANCH_POINTS[place]
        main.append(element)
        roots[element] += held * part
        for stem, per_cent in grades(pillar.index % 12):
            roots[stem // 2] += held * per_cent * (100 - part) // 100
    points = list(roots)
    for place, pillar in named:
        if place != "day":
            element = pillar.index % 10 // 2
            shown[element] += 1
            points[element] += STEM_POINTS[place] * (100 if roots[element] >= 100 * ROOT else 50)
    if main[1] == day:
        points[day] += SEASON * 100
    return Forces(tuple(points), tuple(roots), tuple(shown), _free(pillars, shown), tuple(main))


def _free(pillars: Pillars, shown: list[int]) -> tuple[int, ...]:
    year, month = pillars.year.index % 10, pillars.month.index % 10
    if (year, month) not in STEM_KINDS["cheongan_hap"]:
        return tuple(shown)
    return tuple(count - (e in (year // 2, month // 2)) for e, count in enumerate(shown))


@cache
def grades(branch: int) -> tuple[tuple[int, int], ...]:
    """Return (hidden stem, per cent) of a branch, the firmest first."""
    return tuple((STEMS.index(word[0]), int(word[1:])) for word in _ROOTS[branch].split())


@cache
def _turned(branches: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Return for each branch the element that it stands for, and the per cent of it that a whole union has turned."""
    mask = 0
    for branch in branches:
        mask |= 1 << branch
    found = {branch: (BRANCH_ELEMENT[branch], 0) for branch in branches}
    whole = [row for row in complete_triads(mask) if row[0] in TURNED]
    for kind, members, element in sorted(whole, key=lambda row: TURNED[row[0]]):
        assert element is not None
        for branch in members:
            found[branch] = element, TURNED[kind]
    return tuple(found[branch] for branch in branches)
