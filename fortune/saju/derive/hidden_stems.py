"""지장간: the stems hidden in each branch, their days, and the one in command (사령)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from fortune.saju.cycle import STEMS
from fortune.saju.derive.basics import MAIN_STEM, ten_god

ROLES = ("yeogi", "junggi", "jeonggi")


class Hidden(NamedTuple):
    """One hidden stem. ``days`` is its part of the month's thirty days."""

    role: str
    stem: int
    days: int
    god: str


# 월률분야, as commonly taught in Korea: 子 … 亥, 여기·(중기·)정기 with their days.
_MONTHLY = (
    "壬10 癸20", "癸9 辛3 己18", "戊7 丙7 甲16", "甲10 乙20", "乙9 癸3 戊18", "戊7 庚7 丙16",
    "丙10 己9 丁11", "丁9 乙3 己18", "戊7 壬7 庚16", "庚10 辛20", "辛9 丁3 戊18", "戊7 甲7 壬16",
)  # fmt: skip
# One of the uneven counts in circulation for 巳 申 亥; not cross-checked.
_UNEVEN = {5: "戊5 庚9 丙16", 8: "戊10 壬3 庚17", 11: "戊7 甲5 壬18"}
# The short list (인원용사). It has no days of its own; these parts of thirty are ours: 30, 21·9, 18·9·3.
_PLAIN = (
    "癸30", "辛3 癸9 己18", "戊3 丙9 甲18", "乙30", "癸3 乙9 戊18", "庚3 戊9 丙18",
    "己9 丁21", "乙3 丁9 己18", "戊3 壬9 庚18", "辛30", "丁3 辛9 戊18", "甲9 壬21",
)  # fmt: skip


@cache
def parts(branch: int, listing: str = "monthly", days: str = "even") -> tuple[tuple[int, int], ...]:
    """(stem, days of thirty) of a branch, 정기 last. Options: ``Schools.hidden``, ``hidden_days``."""
    row = _PLAIN[branch] if listing == "plain" else _MONTHLY[branch]
    if listing == "monthly" and days == "uneven":
        row = _UNEVEN.get(branch, row)
    return tuple((STEMS.index(word[0]), int(word[1:])) for word in row.split())


@cache
def hidden_stems(
    day_stem: int, branch: int, listing: str = "monthly", days: str = "even"
) -> tuple[Hidden, ...]:
    """Return the hidden stems of ``branch``, each with its 십성 for ``day_stem``."""
    row = parts(branch, listing, days)
    roles = ROLES if len(row) == 3 else ("yeogi", "jeonggi") if len(row) == 2 else ("jeonggi",)
    return tuple(
        Hidden(role, stem, count, ten_god(day_stem, stem))
        for role, (stem, count) in zip(roles, row, strict=True)
    )


@cache
def spread(branch: int, listing: str = "monthly", days: str = "even") -> tuple[int, int, int, int, int]:
    """Return how a branch's thirty days are divided among 목 화 토 금 수."""
    sums = [0] * 5
    for stem, count in parts(branch, listing, days):
        sums[stem // 2] += count
    wood, fire, earth, metal, water = sums
    return wood, fire, earth, metal, water


def commander(
    day_stem: int, month_branch: int, days_since_term: float, listing: str = "monthly", days: str = "even"
) -> Hidden:
    """사령: the hidden stem of the month branch in charge ``days_since_term`` days after its 절.

    A month lasts 29.4 to 31.5 days; past the thirtieth the last stem (정기) stays in charge.
    """
    row = hidden_stems(day_stem, month_branch, listing, days)
    upto = 0
    for entry in row:
        upto += entry.days
        if days_since_term < upto:
            return entry
    return row[-1]


assert all(parts(b)[-1][0] == MAIN_STEM[b] for b in range(12)), "정기 stands last"
