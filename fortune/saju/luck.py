"""대운, and the spans of years, months and days that run over a chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from fortune.saju.calendar.pillars import DAY_SECONDS, day_pillar, month_pillar, year_pillar
from fortune.saju.calendar.solar_terms import FIRST_YEAR, JEOL, LAST_YEAR, Jeol
from fortune.saju.cycle import Pillar

if TYPE_CHECKING:
    from fortune.saju.chart import Chart

COUNT = 10
_EPOCH = date(1970, 1, 1).toordinal()
_YEAR_PER_DAY = 365.2422 / 3
"""Three days to the 절 stand for one year of life."""


@dataclass(frozen=True, slots=True)
class Decade:
    """One 대운: from ``age`` (만 나이) for ten years."""

    age: int
    pillar: Pillar


@dataclass(frozen=True, slots=True)
class Luck:
    """The ten 대운. ``seconds`` is the time to the 절 that counts; three days of it are one year.

    ``start_age`` is max(1, round half up) of those years, in 만 나이; ``years`` and ``months`` are the exact
    age at 교운, ``begins`` its date. With an unknown hour everything is reckoned for the first moment of the
    day, and ``start_age_range`` holds the ages for its first and last minute, low to high.
    """

    direction: str
    start_age: int
    years: int
    months: int
    begins: date
    seconds: int
    pillars: tuple[Pillar, ...]
    start_age_range: tuple[int, int] | None = None

    @property
    def decades(self) -> tuple[Decade, ...]:
        return tuple(Decade(self.start_age + 10 * n, pillar) for n, pillar in enumerate(self.pillars))

    def at_age(self, age: int) -> Decade | None:
        """The 대운 at an age in full years; None before the first and after the tenth."""
        n = (age - self.start_age) // 10
        return self.decades[n] if 0 <= n < COUNT else None


def is_forward(year: Pillar, gender: str) -> bool:
    """순행 for 양 years and men, 음 years and women; 역행 otherwise."""
    return (year.stem % 2 == 0) == (gender == "male")


def reckon(jeol: int, instant: int, gender: str, born: date, last: int | None = None) -> Luck:
    """The 대운 of a birth under the 절 at place ``jeol``.

    ``last``: the last instant the birth may have had, when the hour is unknown and ``instant`` is the first.
    """
    year = year_pillar(jeol)
    forward = is_forward(year, gender)
    seconds = _distance(jeol, instant, forward)
    months = seconds * 4 // DAY_SECONDS
    month = month_pillar(jeol).index
    step = 1 if forward else -1
    ages = None
    if last is not None:
        low, high = sorted((_start_age(seconds), _start_age(_distance(jeol, last, forward))))
        ages = (low, high)
    return Luck(
        "forward" if forward else "backward",
        _start_age(seconds),
        months // 12,
        months % 12,
        date.fromordinal(born.toordinal() + round(seconds / DAY_SECONDS * _YEAR_PER_DAY)),
        seconds,
        tuple(Pillar((month + step * n) % 60) for n in range(1, COUNT + 1)),
        ages,
    )


def _distance(jeol: int, instant: int, forward: bool) -> int:
    return JEOL[jeol + 1] - instant if forward else instant - JEOL[jeol]


def _start_age(seconds: int) -> int:
    return max(1, (2 * seconds + 3 * DAY_SECONDS) // (6 * DAY_SECONDS))


@dataclass(frozen=True, slots=True)
class YearLuck:
    """세운: from 입춘 to 입춘 (Unix seconds).

    ``age`` is the 만 나이 reached in that year, ``decade`` the 대운 that rules at that age (None before the
    first and after the tenth)."""

    year: int
    pillar: Pillar
    since: int
    until: int
    age: int
    decade: Pillar | None


@dataclass(frozen=True, slots=True)
class MonthLuck:
    """월운: from 절 to 절 (Unix seconds). ``number`` 1 … 12 counts from 입춘."""

    number: int
    pillar: Pillar
    term: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class DayLuck:
    """일진 of a calendar date (it turns at 00:00 Korean time)."""

    date: date
    pillar: Pillar


def years(chart: Chart, start: int, stop: int) -> tuple[YearLuck, ...]:
    """세운 of the years ``start`` … ``stop - 1``. Raises ValueError outside 1900 … 2100."""
    _check(start, stop - 1)
    return tuple(_year(chart, year) for year in range(start, stop))


def _year(chart: Chart, year: int) -> YearLuck:
    place = _ipchun(year)
    age = year - chart.solar_date.year
    decade = chart.luck.at_age(age)
    pillar = decade.pillar if decade else None
    return YearLuck(year, year_pillar(place), JEOL[place], JEOL[place + 12], age, pillar)


def months(chart: Chart, year: int) -> tuple[MonthLuck, ...]:
    """The twelve 월운 of the year that begins at 입춘 of ``year``. Raises ValueError outside 1900 … 2100.

    They are the same for every chart; ``chart`` is taken so that all spans are asked for alike.
    """
    _check(year, year)
    first = _ipchun(year)
    return tuple(
        MonthLuck(n + 1, month_pillar(place), Jeol(place).name, JEOL[place], JEOL[place + 1])
        for n, place in enumerate(range(first, first + 12))
    )


def days(chart: Chart, date_from: date, date_to: date) -> tuple[DayLuck, ...]:
    """일진 of every date from ``date_from`` to ``date_to``, both included."""
    return tuple(_days(date_from, date_to))


def _days(date_from: date, date_to: date) -> Iterator[DayLuck]:
    for ordinal in range(date_from.toordinal(), date_to.toordinal() + 1):
        yield DayLuck(date.fromordinal(ordinal), pillar_of_date(ordinal))


def pillar_of_date(ordinal: int) -> Pillar:
    """The pillar of a civil date, given as its proleptic Gregorian ordinal."""
    return day_pillar((ordinal - _EPOCH) * DAY_SECONDS, "00:00")


def _ipchun(year: int) -> int:
    return 12 * (year - FIRST_YEAR) + 1


def _check(first: int, last: int) -> None:
    if first <= FIRST_YEAR or last >= LAST_YEAR:
        raise ValueError(f"years from {FIRST_YEAR + 1} to {LAST_YEAR - 1}, not {first} to {last}")
