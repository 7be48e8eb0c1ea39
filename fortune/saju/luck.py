"""대운: the ten decades of luck, their pillars and the age at which they begin."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fortune.saju.calendar.pillars import DAY_SECONDS, year_and_month
from fortune.saju.calendar.solar_terms import JEOL
from fortune.saju.cycle import Pillar

COUNT = 10
_YEAR_PER_DAY = 365.2422 / 3
"""Three days to the 절 stand for one year of life."""


@dataclass(frozen=True, slots=True)
class Decade:
    """One 대운. ``age`` is that of its 대운수; it rules from the day ``begins`` (교운) until the day ``ends``."""

    age: int
    pillar: Pillar
    begins: date
    ends: date

    @property
    def years(self) -> tuple[int, int]:
        """The calendar years of its two 교운; each of them belongs to two 대운."""
        return self.begins.year, self.ends.year


@dataclass(frozen=True, slots=True)
class Luck:
    """The ten 대운. ``seconds`` is the time to the 절 that counts; three days of it are one year.

    ``start_age`` is max(1, round half up) of those years, in 만 나이; ``years`` and ``months`` are the exact
    age at 교운, ``begins`` its date. With an unknown hour everything is computed for the first moment of the
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
        turns = [_years_after(self.begins, 10 * n) for n in range(COUNT + 1)]
        return tuple(
            Decade(self.start_age + 10 * n, pillar, turns[n], turns[n + 1])
            for n, pillar in enumerate(self.pillars)
        )


def decade_on(decades: Sequence[Decade], day: date) -> int | None:
    """Return the place (0 …) of the 대운 that rules on ``day``; None before the first. The last one stays.

    Every part of the site that names a present 대운 asks this function.
    """
    found = bisect_right([decade.begins for decade in decades], day) - 1
    return found if found >= 0 else None


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def is_forward(year: Pillar, gender: str) -> bool:
    """순행 for 양 years and men, 음 years and women; 역행 otherwise."""
    return (year.stem % 2 == 0) == (gender == "male")


def luck_pillars(month: Pillar, forward: bool) -> tuple[Pillar, ...]:
    """Return the pillars of the ten 대운, on from the month's or back from it."""
    step = 1 if forward else -1
    return tuple(month.step(step * n) for n in range(1, COUNT + 1))


def compute_luck(jeol: int, instant: int, gender: str, born: date, last: int | None = None) -> Luck:
    """Return the 대운 of a birth under the 절 at place ``jeol``.

    ``last``: the last instant the birth may have had, when the hour is unknown and ``instant`` is the first.
    """
    year, month = year_and_month(jeol)
    forward = is_forward(year, gender)
    seconds = _distance(jeol, instant, forward)
    months = seconds * 4 // DAY_SECONDS
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
        luck_pillars(month, forward),
        ages,
    )


def _distance(jeol: int, instant: int, forward: bool) -> int:
    return JEOL[jeol + 1] - instant if forward else instant - JEOL[jeol]


def _start_age(seconds: int) -> int:
    return max(1, (2 * seconds + 3 * DAY_SECONDS) // (6 * DAY_SECONDS))
