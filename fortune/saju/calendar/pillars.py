"""Instants and clocks to pillars: plain arithmetic on seconds, by the formulas of the sexagenary cycle.

Year and month turn at the twelve 절, compared as instants; no clock, longitude or 자시 rule moves them. Day
and hour are read off a clock (Unix seconds of UTC plus the clock's offset).
"""

from __future__ import annotations

from fortune.saju.calendar.solar_terms import FIRST_YEAR
from fortune.saju.cycle import Pillar

DAY_SECONDS = 86400
HOUR_EDGE = 3600
"""The first 시 (자시) begins an hour before midnight."""
_EPOCH_DAY = 17  # 1970-01-01 is 辛巳; so 2024-01-01 is 甲子
_PILLARS = tuple(Pillar(n) for n in range(60))


def year_pillar(jeol: int) -> Pillar:
    """The year pillar under the 절 at this place of the table (``solar_terms.jeol_at``)."""
    return _PILLARS[(FIRST_YEAR + (jeol - 1) // 12 - 4) % 60]


def month_pillar(jeol: int) -> Pillar:
    """The month pillar under the 절 at this place. 五虎遁: 甲 and 己 years begin with 丙寅.

    That rule makes months run on through the sexagenary cycle without a break, one a 절; the table's first
    entry is the 소한 of 1899, whose month is 乙丑.
    """
    return _PILLARS[(1 + jeol) % 60]


def day_pillar(clock: int, day_change: str) -> Pillar:
    """The day pillar at ``clock``; the day turns at 23:00 or at midnight."""
    if day_change == "23:00":
        clock += HOUR_EDGE
    return _PILLARS[(clock // DAY_SECONDS + _EPOCH_DAY) % 60]


def hour_pillar(clock: int) -> Pillar:
    """The hour pillar at ``clock``. 五鼠遁: 甲 and 己 days begin with 甲子.

    From 23:00 the stem follows the next day, whatever the day rule (야자시 too), so hours run on through the
    cycle without a break, twelve a day.
    """
    return _PILLARS[((clock + HOUR_EDGE) // 7200 + _EPOCH_DAY * 12) % 60]
