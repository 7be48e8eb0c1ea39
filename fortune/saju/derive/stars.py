"""The 신살·길성 of each pillar, with the signs they rest on."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from fortune.saju.cycle import BRANCHES, STEMS, Pillars
from fortune.saju.derive import star_tables as tables
from fortune.saju.schools import COMMON, Schools


class Star(NamedTuple):
    """A star on a pillar. ``cells`` are the signs it rests on, its own place first."""

    key: str
    place: str
    cells: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"star.{self.key}.{self.place}"


def _holds(row: str, at: int, sign: str) -> bool:
    return sign in row.split()[at]


@cache
def _by_day_stem(day_stem: int, branch: int, place: str, cheoneul: str, yangin_yin: str) -> tuple[Star, ...]:
    rows = dict(tables.BY_DAY_STEM)
    if cheoneul == "tiger":
        rows["cheoneul"] = tables.CHEONEUL_TIGER
    rows["yangin_yin"] = tables.YANGIN_YIN[yangin_yin]
    cells = (f"{place}.branch", "day.stem")
    return tuple(Star(k, place, cells) for k, row in rows.items() if _holds(row, day_stem, BRANCHES[branch]))


@cache
def _by_month(month_branch: int, index: int, place: str) -> tuple[Star, ...]:
    stem, branch = STEMS[index % 10], BRANCHES[index % 12]
    found = []
    for key, row in tables.BY_MONTH.items():
        if key in tables.DAY_AND_HOUR and place not in ("day", "hour"):
            continue
        for sign, cell in ((stem, "stem"), (branch, "branch")):
            if _holds(row, month_branch, sign):
                found.append(Star(key, place, (f"{place}.{cell}", "month.branch")))
    return tuple(found)


@cache
def _by_branches(year_branch: int, day_branch: int, branch: int, place: str) -> tuple[Star, ...]:
    sign, own = BRANCHES[branch], f"{place}.branch"
    found = [
        Star(key, place, (own, "year.branch"))
        for key, row in tables.BY_YEAR_BRANCH.items()
        if _holds(row, year_branch, sign)
    ]
    for key, row in tables.BY_GROUP.items():
        bases = ("year.branch", year_branch), ("day.branch", day_branch)
        if held := [cell for cell, base in bases if _holds(row, base, sign)]:
            found.append(Star(key, place, (own, *(cell for cell in held if cell != own))))
    found += [
        Star(key, place, (own, "day.branch"))
        for key, row in tables.BY_DAY_BRANCH.items()
        if _holds(row, day_branch, sign)
    ]
    return tuple(found)


@cache
def _by_pillar(index: int, place: str, goegang: str) -> tuple[Star, ...]:
    stem, branch = STEMS[index % 10], BRANCHES[index % 12]
    both = (f"{place}.stem", f"{place}.branch")
    found = [
        Star(key, place, both)
        for key, row in {**tables.BY_PILLAR, "goegang": tables.GOEGANG[goegang]}.items()
        if stem + branch in row and (place in ("day", "hour") or key not in tables.DAY_AND_HOUR)
    ]
    if place == "day":
        found += [Star(k, place, both) for k, row in tables.BY_DAY_PILLAR.items() if stem + branch in row]
        if branch in tables.TANGHWA:
            found.append(Star("tanghwa", place, both[1:]))
    needles = tuple(c for c, sign in zip(both, (stem, branch), strict=True) if sign in tables.HYEONCHIM)
    if needles:
        found.append(Star("hyeonchim", place, needles))
    if branch in tables.CHEONMUN:
        found.append(Star("cheonmun", place, both[1:]))
    return tuple(found)


@cache
def _pair_on(key: str, signs: str, mask: int, branch: int, place: str) -> tuple[Star, ...]:
    """``key`` on ``place`` when its branch is one of two signs and both are in ``mask``."""
    a, b = (BRANCHES.index(sign) for sign in signs)
    return (Star(key, place, (f"{place}.branch",)),) if mask >> a & mask >> b & 1 and branch in (a, b) else ()


@cache
def _by_presence(day_stem: int, mask: int, branch: int, place: str) -> tuple[Star, ...]:
    """Stars that need two branches of the chart (``mask``): 협록, 천라, 지망."""
    found = _pair_on("hyeoprok", tables.HYEOPROK.split()[day_stem], mask, branch, place)
    found = tuple(star._replace(cells=(*star.cells, "day.stem")) for star in found)
    for key, signs in tables.NETS.items():
        found += _pair_on(key, signs, mask, branch, place)
    return found


# 격각: the hour branch stands two away from the day branch, one sign skipped between them.
_GEOKGAK = (Star("geokgak", "hour", ("hour.branch", "day.branch")),)


def stars_by_place(pillars: Pillars, schools: Schools = COMMON) -> tuple[tuple[Star, ...], ...]:
    """Return the stars of each known pillar, in the order year, month, day, hour."""
    named = pillars.named()
    day_stem, day_branch = pillars.day.index % 10, pillars.day.index % 12
    year_branch, month_branch = pillars.year.index % 12, pillars.month.index % 12
    mask = 0
    for _, pillar in named:
        mask |= 1 << pillar.index % 12
    rows = []
    for place, (index,) in named:
        branch = index % 12
        row = (
            *_by_day_stem(day_stem, branch, place, schools.cheoneul, schools.yangin_yin),
            *_by_month(month_branch, index, place),
            *_by_branches(year_branch, day_branch, branch, place),
            *_by_pillar(index, place, schools.goegang),
            *_by_presence(day_stem, mask, branch, place),
        )
        if place == "hour" and (branch - day_branch) % 12 in (2, 10):
            row += _GEOKGAK
        rows.append(row)
    return tuple(rows)


def samjae_years(year_branch: int) -> tuple[int, int, int]:
    """Return the branches of the three years of 삼재 (들·눌·날) for a year branch."""
    signs = tables.SAMJAE.split()[year_branch]
    return BRANCHES.index(signs[0]), BRANCHES.index(signs[1]), BRANCHES.index(signs[2])
