"""격국: the pattern named after what the month branch sends up, or after the force that a whole chart follows.

After 자평진전: 건록 and 양인 by the month branch; otherwise the hidden stem of the month that shows among
the stems (투출), 정기 before 중기 before 여기, 비겁 passed over; otherwise 정기. The four 왕지 子午卯酉
hold one force, so only their 정기 (and 午's 己, when it shows) is asked. The four 생지 寅申巳亥 only give
birth to their 중기: the pattern goes back to 정기 where another stem governs the one that shows (變而不失本格:
乙生申月, 透壬化印, 而又透戊, 印逢財而退位), and 申 and 亥, which wear 戊 out, don't send it up (서락오 on that chapter).
Whether a pattern is "made" (성격) is judgement and not decided here. 종격 and 화격 go before (``exceptional``), after
임철초's 적천수천미.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from fortune.saju.cycle import Pillars
from fortune.saju.derive.basics import MAIN_STEM, branch_god, stage, ten_god
from fortune.saju.derive.hidden_stems import parts
from fortune.saju.derive.judgements.exceptional import RULES as EXCEPTIONAL_RULES
from fortune.saju.derive.judgements.exceptional import Exceptional
from fortune.saju.schools import COMMON, Schools

PATTERNS = {
    "siksin": "siksin_gyeok", "sanggwan": "sanggwan_gyeok", "pyeonjae": "pyeonjae_gyeok",
    "jeongjae": "jeongjae_gyeok", "pyeongwan": "pyeongwan_gyeok", "jeonggwan": "jeonggwan_gyeok",
    "pyeonin": "pyeonin_gyeok", "jeongin": "jeongin_gyeok",
}  # fmt: skip
BIRTHPLACES = (2, 5, 8, 11)
"""寅巳申亥 (생지)."""
SPECIAL = ("geonrok_gyeok", "yangin_gyeok", "wolgeop_gyeok")

RULES = (
    "month_is_geonrok", "month_is_yangin", "month_is_kin",
    "jeonggi_shows", "junggi_shows", "yeogi_shows", "jeonggi_unshown", "jeonggi_returns", "main_always",
    *EXCEPTIONAL_RULES,
)  # fmt: skip


class Candidate(NamedTuple):
    """The pattern by the month, where the chart follows one force instead; ``cells`` are what it rests on."""

    key: str
    cells: tuple[str, ...]


class Structure(NamedTuple):
    """``stem`` is the sign the pattern is named after (the day stem where a force is followed), ``rule`` how it was found."""

    key: str
    stem: int
    rule: str
    cells: tuple[str, ...]
    candidates: tuple[Candidate, ...]


def structure(pillars: Pillars, followed: Exceptional | None, schools: Schools = COMMON) -> Structure:
    """Return the pattern of a chart, by the rule in the module. ``followed``: from ``exceptional``."""
    key, stem, rule, cells = _regular(pillars, schools)
    if followed is None:
        return Structure(key, stem, rule, cells, ())
    by_month = Candidate(key, cells)
    return Structure(followed.key, pillars.day.index % 10, followed.rule, followed.cells, (by_month,))


def _regular(pillars: Pillars, schools: Schools) -> tuple[str, int, str, tuple[str, ...]]:
    day, month = pillars.day.index % 10, pillars.month.index % 12
    own = ("month.branch", "day.stem")
    at = stage(day, month)  # earth with fire: 戊 in 巳午 and 己 in 午 count, as 자평진전 has it
    if at == "geonrok":
        return "geonrok_gyeok", day, "month_is_geonrok", own
    if at == "jewang" and day % 2 == 0:
        return "yangin_gyeok", day + 1, "month_is_yangin", own
    god = branch_god(day, month)
    found = None if schools.structure == "main" else _revealed(pillars, schools)
    if found is not None and not (god in PATTERNS and _gives_way(pillars, *found)):
        role, stem = found
        shown = [f"{place}.stem" for place, p in pillars.named() if p.index % 10 == stem]
        return PATTERNS[ten_god(day, stem)], stem, f"{role}_shows", ("month.branch", *shown, "day.stem")
    if god not in PATTERNS:
        return "wolgeop_gyeok", MAIN_STEM[month], "month_is_kin", own
    unshown = "main_always" if schools.structure == "main" else "jeonggi_unshown"
    return PATTERNS[god], MAIN_STEM[month], unshown if found is None else "jeonggi_returns", own


def _revealed(pillars: Pillars, schools: Schools) -> tuple[str, int] | None:
    """Return the first of the month's hidden stems that shows, with its role; those of the day's element name nothing."""
    stems = [p.index % 10 for _, p in pillars.named()]
    for role, stem in _asked(pillars.month.index % 12, schools.hidden, schools.hidden_days):
        if stem in stems and ten_god(pillars.day.index % 10, stem) in PATTERNS:
            return role, stem
    return None


def _gives_way(pillars: Pillars, role: str, stem: int) -> bool:
    """Return whether a stem that 寅申巳亥 send up in place of 정기 is governed by another one (逢財而退位)."""
    if role == "jeonggi" or pillars.month.index % 12 not in BIRTHPLACES:
        return False
    governing = (stem // 2 + 3) % 5
    return any(p.index % 10 // 2 == governing for place, p in pillars.named() if place != "day")


@cache
def _asked(month: int, listing: str, days: str) -> tuple[tuple[str, int], ...]:
    """Return the hidden stems of the month that may name the pattern, in the order they are asked."""
    row = parts(month, listing, days)
    if month in (0, 3, 9):
        return (("jeonggi", row[-1][0]),)
    if month == 6:
        return tuple(("jeonggi" if s == 3 else "junggi", s) for s, _ in reversed(row) if s != 2)
    roles = ("jeonggi", "junggi", "yeogi") if len(row) == 3 else ("jeonggi", "yeogi")
    worn_out = {4} if month in (8, 11) else set()
    asked = zip(roles, reversed(row), strict=True)
    return tuple((role, stem) for role, (stem, _) in asked if stem not in worn_out)
