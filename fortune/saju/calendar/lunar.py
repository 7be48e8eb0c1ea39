"""The Korean lunar calendar (한국천문연구원), both ways, from a table of months. Nothing here has state.

Lunar dates are offered from 1900-01-01 to 2050-11-18 (2050-12-31 on the solar calendar).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from fortune.saju.birth import SajuError
from fortune.saju.data import lunar_months

FIRST_YEAR = 1900
LAST_YEAR = lunar_months.FIRST_YEAR + len(lunar_months.YEARS) - 1


@dataclass(frozen=True, slots=True)
class LunarDate:
    year: int
    month: int
    day: int
    leap: bool = False

    def __str__(self) -> str:
        """Return ``2023-02-01``; a 윤달 is marked: ``2023-윤02-01``."""
        return f"{self.year}-{'윤' if self.leap else ''}{self.month:02}-{self.day:02}"


def _months() -> tuple[tuple[int, ...], tuple[tuple[int, int, bool], ...]]:
    """First days (ordinals) and names of all months, in order; a year's months are 1 … 12 and its 윤달."""
    starts, names = [], []
    day = lunar_months.FIRST_DAY
    for year, number in enumerate(lunar_months.YEARS, lunar_months.FIRST_YEAR):
        leap = number >> 13
        order = [(month, False) for month in range(1, 13)]
        if leap:
            order.insert(leap, (leap, True))
        for n, (month, is_leap) in enumerate(order):
            if day > lunar_months.LAST_DAY:
                break
            starts.append(day)
            names.append((year, month, is_leap))
            day += 29 + (number >> n & 1)
    return tuple(starts), tuple(names)


_STARTS, _NAMES = _months()
_PLACES = {name: place for place, name in enumerate(_NAMES)}


def leap_month(year: int) -> int | None:
    """Return the number of the year's 윤달, or None. Raises SajuError("out_of_range")."""
    _check_year(year)
    return lunar_months.YEARS[year - lunar_months.FIRST_YEAR] >> 13 or None


def month_days(year: int, month: int, leap: bool = False) -> int:
    """Return the days of a lunar month: 29 or 30 (18 in 2050-11, where the table ends).

    Raises SajuError: "out_of_range", "no_such_month", "no_leap_month".
    """
    place = _place(year, month, leap)
    after = _STARTS[place + 1] if place + 1 < len(_STARTS) else lunar_months.LAST_DAY + 1
    return after - _STARTS[place]


def to_solar(year: int, month: int, day: int, leap: bool = False) -> date:
    """Return the solar date of a lunar one. Raises SajuError as ``month_days`` and "no_such_day"."""
    days = month_days(year, month, leap)
    if not 1 <= day <= days:
        name = _month_name(month, leap)
        if (year, month) == (LAST_YEAR, 11) and day > days:
            raise _out_of_range()
        raise SajuError(
            "no_such_day",
            f"음력 {year}년 {name}은 {days}일까지 있어요. 1일부터 {days}일 사이로 적어 주세요.",
            (str(LunarDate(year, month, days, leap)),),
            en=f"The {'leap ' if leap else ''}lunar month {month} of {year} has {days} days. Enter a day from 1 to {days}.",
        )
    return date.fromordinal(_STARTS[_place(year, month, leap)] + day - 1)


def from_solar(day: date) -> LunarDate:
    """Return the lunar date of a solar one, 1900-01-01 … 2050-12-31. Raises SajuError("out_of_range")."""
    ordinal = day.toordinal()
    if day.year < 1900 or ordinal > lunar_months.LAST_DAY:
        raise _out_of_range()
    place = bisect_right(_STARTS, ordinal) - 1
    year, month, leap = _NAMES[place]
    return LunarDate(year, month, ordinal - _STARTS[place] + 1, leap)


def _place(year: int, month: int, leap: bool) -> int:
    _check_year(year)
    if not 1 <= month <= 12:
        raise SajuError(
            "no_such_month", f"{month}월은 없어요. 음력 달은 1월부터 12월까지예요.",
            en=f"There is no month {month}. Lunar months go from 1 to 12.",
        )  # fmt: skip
    place = _PLACES.get((year, month, leap))
    if place is not None:
        return place
    if not leap:
        raise _out_of_range()
    existing = leap_month(year)
    if existing:
        raise SajuError(
            "no_leap_month", f"{year}년의 윤달은 윤{existing}월이에요.", (f"{year}-윤{existing:02}",),
            en=f"The leap month of {year} is month {existing}.",
        )  # fmt: skip
    near = [y for y in (*range(year - 1, year - 4, -1), *range(year + 1, year + 4)) if _has_leap(y)]
    years = tuple(f"{y}-윤{leap_month(y):02}" for y in sorted(near))
    raise SajuError(
        "no_leap_month", f"{year}년에는 윤달이 없어요. 평달로 골라 주세요.", years,
        en=f"{year} has no leap month. Choose the ordinary lunar calendar.",
    )  # fmt: skip


def _has_leap(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR and leap_month(year) is not None


def _month_name(month: int, leap: bool) -> str:
    return f"윤{month}월" if leap else f"{month}월"


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _out_of_range()


def _out_of_range() -> SajuError:
    return SajuError(
        "out_of_range",
        "음력은 1900년 1월 1일부터 2050년 11월 18일까지 바꿀 수 있어요. 그 밖의 날은 양력으로 적어 주세요.",
        en="Lunar dates can be converted from 1900-01-01 to 2050-11-18. Enter other days by the solar calendar.",
    )
