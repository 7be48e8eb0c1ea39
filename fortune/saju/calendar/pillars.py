"""Pillars of the calendar: of years, months, days and hours, by the formulas of the sexagenary cycle.

Year and month turn at the twelve 절, compared as instants: no clock, longitude or 자시 rule moves them. Day and hour
are read off a clock (Unix seconds of UTC plus the clock's offset). A term's place is its index in
``solar_terms.JEOL``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fortune.saju.birth import SEOUL_ZONE
from fortune.saju.calendar.solar_terms import FIRST_YEAR, JEOL, LAST_YEAR, Jeol, saju_year
from fortune.saju.calendar.zones import resolve, zone
from fortune.saju.cycle import Pillar, Pillars

DAY_SECONDS = 86400
HOUR_EDGE = 3600
"""The first 시 (자시) begins an hour before midnight."""
_EPOCH = date(1970, 1, 1).toordinal()
_EPOCH_DAY = 17  # 1970-01-01 is 辛巳; so 2024-01-01 is 甲子
_PILLARS = tuple(Pillar(n) for n in range(60))


def year_pillar(year: int) -> Pillar:
    """Return the pillar of the year that begins at 입춘 of ``year``."""
    return _PILLARS[(year - 4) % 60]


def month_pillar(term: int) -> Pillar:
    """Return the pillar of the month that the 절 at this place opens. 五虎遁: 甲 and 己 years begin with 丙寅.

    That rule makes months run on through the sexagenary cycle without a break, one a 절; the table's first
    entry is the 소한 of 1899, whose month is 乙丑.
    """
    return _PILLARS[(1 + term) % 60]


def year_and_month(term: int) -> tuple[Pillar, Pillar]:
    """Return the pillars of year and month under the 절 at this place."""
    return year_pillar(FIRST_YEAR + (term - 1) // 12), month_pillar(term)


def month_pillars(year: int) -> tuple[tuple[int, Pillar], ...]:
    """Return the twelve months of a pillar year, 寅 first: (calendar month in which it begins, pillar).

    In the Gregorian calendar every 절 stays in its month: 입춘 in February, 소한 in January.
    """
    first = _ipchun(year)
    return tuple((n % 12 + 1, month_pillar(first + n - 1)) for n in range(1, 13))


@dataclass(frozen=True, slots=True)
class Month:
    """월운: from 절 to 절 (Unix seconds). ``number`` 1 … 12 counts from 입춘."""

    number: int
    pillar: Pillar
    term: str
    since: int
    until: int


def months(year: int) -> tuple[Month, ...]:
    """Return the twelve months of the year that begins at 입춘 of ``year``. Raises ValueError outside 1900 … 2100."""
    if not FIRST_YEAR < year < LAST_YEAR:
        raise ValueError(f"years from {FIRST_YEAR + 1} to {LAST_YEAR - 1}, not {year}")
    first = _ipchun(year)
    return tuple(
        Month(n, month_pillar(term), Jeol(term).name, JEOL[term], JEOL[term + 1])
        for n, term in enumerate(range(first, first + 12), 1)
    )


def date_pillar(day: date) -> Pillar:
    """Return the pillar of a civil day in Korea (일진), which turns at midnight."""
    return _PILLARS[(day.toordinal() - _EPOCH + _EPOCH_DAY) % 60]


def day_pillar(clock: int, day_change: str) -> Pillar:
    """Return the day pillar at ``clock``; the day turns at 23:00 or at midnight."""
    if day_change == "23:00":
        clock += HOUR_EDGE
    return _PILLARS[(clock // DAY_SECONDS + _EPOCH_DAY) % 60]


def hour_pillar(clock: int) -> Pillar:
    """Return the hour pillar at ``clock``. 五鼠遁: 甲 and 己 days begin with 甲子.

    From 23:00 the stem follows the next day, whatever the day rule (야자시 too), so hours run on through the
    cycle without a break, twelve a day.
    """
    return _PILLARS[((clock + HOUR_EDGE) // 7200 + _EPOCH_DAY * 12) % 60]


def four_pillars(term: int, clock: int, day_change: str) -> Pillars:
    """Return the pillars under the 절 at this place and at ``clock``."""
    return Pillars(*year_and_month(term), day_pillar(clock, day_change), hour_pillar(clock))


def year_on(day: date) -> int:
    """Return the year, counted from 입춘, that a day in Korea belongs to: the one in which the day ends."""
    return saju_year(last_second(day))


def last_second(day: date) -> int:
    """Return the last second of a day in Korea, in Unix seconds. Months and years are told by it, day by day."""
    after = date.fromordinal(day.toordinal() + 1)
    return resolve(after.year, after.month, after.day, 0, 0, SEOUL_ZONE).instant - 1


def ipchun_on(year: int) -> date:
    """Return the day in Korea on which 입춘 of ``year`` falls."""
    return datetime.fromtimestamp(JEOL[_ipchun(year)], zone(SEOUL_ZONE)).date()


def _ipchun(year: int) -> int:
    return 12 * (year - FIRST_YEAR) + 1
