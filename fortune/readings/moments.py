"""Pillars of passing time, by the calendar alone: what a reading says of a year, its months and a day.

The edges are the usual days of the 절 (입춘 on 4 February and so on), which suits sentences such as
"2월 초부터"; the page shows the engine's instants.
"""

from __future__ import annotations

from datetime import date

from fortune.saju.cycle import Pillar, pillar

_JIAZI = date(2024, 1, 1).toordinal()  # a 甲子 day


def year_pillar(year: int) -> Pillar:
    """The pillar of the year that begins at 입춘 of ``year``."""
    return Pillar((year - 4) % 60)


def month_pillars(year: int) -> tuple[tuple[int, Pillar], ...]:
    """The twelve months of the pillar year, 寅 first: (calendar month in which it begins, pillar)."""
    first = 2 * (year_pillar(year).stem % 5) + 2
    return tuple(((m + 1) % 12 + 1, pillar((first + m) % 10, (m + 2) % 12)) for m in range(12))


def day_pillar(day: date) -> Pillar:
    """The pillar of a civil day in Korea."""
    return Pillar((day.toordinal() - _JIAZI) % 60)
