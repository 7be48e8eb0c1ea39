"""명궁·신궁·태원: three computed pillars beside the four.

명궁 and 신궁 by month and hour numbers (寅 = 1 … 丑 = 12), the month as the pillars have it (by 절); some
change the month at 중기 instead. Their stems follow from the year stem as a month's would (오호둔).
태원: the month pillar's stem one on, its branch three on.
"""

from __future__ import annotations

from typing import NamedTuple

from fortune.saju.cycle import Pillar, Pillars, pillar


class Palaces(NamedTuple):
    """명궁 and 신궁 need the hour and are None without it."""

    myeonggung: Pillar | None
    singung: Pillar | None
    taewon: Pillar


def palaces(pillars: Pillars) -> Palaces:
    """Return the three palaces of a chart."""
    month = pillars.month.index
    taewon = pillar((month % 10 + 1) % 10, (month % 12 + 3) % 12)
    if pillars.hour is None:
        return Palaces(None, None, taewon)
    year_stem = pillars.year.index % 10
    number = (month % 12 - 2) % 12 + 1
    hour = (pillars.hour.index % 12 - 2) % 12 + 1
    return Palaces(
        _month_like(year_stem, 2 - number - hour),
        _month_like(year_stem, number + hour + 2),
        taewon,
    )


def _month_like(year_stem: int, number: int) -> Pillar:
    """Return the month pillar that month ``number`` (1 = 寅, taken modulo 12) would have in such a year."""
    step = (number - 1) % 12
    return pillar((2 * (year_stem % 5) + 2 + step) % 10, (2 + step) % 12)
