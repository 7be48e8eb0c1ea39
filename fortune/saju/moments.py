"""From four pillars back to the days and hours that have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from fortune.saju.birth import SEOUL_LONGITUDE, SEOUL_ZONE, Birth, Options
from fortune.saju.calendar.dates import FIRST_YEAR, LAST_YEAR
from fortune.saju.calendar.pillars import date_pillar, year_and_month
from fortune.saju.calendar.solar_terms import JEOL
from fortune.saju.chart import DEFAULTS
from fortune.saju.compare import LAST_MINUTE, repeated_minutes, stretches
from fortune.saju.cycle import Pillars

NEAR = (-1, 0, 1)
"""Days around a date whose pillars a local clock can bring into it."""
DAY = 86_400
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of a civil day, from minute ``since`` to minute ``until`` with both ends. ``fold``: see ``Birth``."""

    day: date
    since: int
    until: int
    fold: int = 0

    @property
    def middle(self) -> tuple[int, int]:
        """Hour and minute in the middle."""
        return divmod((self.since + self.until) // 2, 60)


def moments(
    pillars: Pillars,
    options: Options = DEFAULTS,
    longitude: float = SEOUL_LONGITUDE,
    timezone: str = SEOUL_ZONE,
) -> tuple[Moment, ...]:
    """Return every stretch of 1900 … 2100 at a place that has these pillars; without an hour, those of three."""
    found: list[Moment] = []
    for day in _days(pillars):
        birth = Birth("solar", day.year, day.month, day.day, 0, 0, "male", longitude, timezone)
        found += _stretches_of(birth, day, pillars, options)
    return tuple(found)


def is_possible(pillars: Pillars, options: Options = DEFAULTS) -> bool:
    """Return whether the calendar has such pillars: the month's stem follows the year's, the hour's the day's."""
    year, month, day, hour = pillars.year, pillars.month, pillars.day, pillars.hour
    # 五虎遁 and 五鼠遁: the month 寅 of a 甲 year is 丙寅, the hour 子 of a 甲 day 甲子.
    if month.stem != (2 * year.stem + 2 + (month.branch - 2) % 12) % 10:
        return False
    if hour is None or hour.stem == (2 * day.stem + hour.branch) % 10:
        return True
    late = options.day_change == "00:00" and hour.branch == 0
    return late and hour.stem == (2 * day.stem + 2) % 10


def _days(pillars: Pillars) -> Iterator[date]:
    """Yield the civil days that may have the year, month and day pillars."""
    wanted = {(pillars.day.index + step) % 60 for step in NEAR}
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    for place, (since, until) in enumerate(pairwise(JEOL)):
        if year_and_month(place) != (pillars.year, pillars.month):
            continue
        for at in range(since // DAY - 1, until // DAY + 2):
            day = date.fromordinal(_EPOCH + at)
            if first <= day <= last and date_pillar(day).index in wanted:
                yield day


def _stretches_of(birth: Birth, day: date, pillars: Pillars, options: Options) -> Iterator[Moment]:
    runs = [(0, range(LAST_MINUTE + 1))]
    if again := repeated_minutes(day, birth.timezone):
        runs.append((1, range(again[0], again[-1] + 1)))
    for fold, minutes in runs:
        pieces: list[Moment] = []
        for since, until, found in stretches(birth, options, minutes, fold):
            hour = found.hour if pillars.hour is not None else None
            if Pillars(found.year, found.month, found.day, hour) != pillars:
                continue
            if pieces and pieces[-1].until == since - 1:
                since = pieces.pop().since
            pieces.append(Moment(day, since, until, fold))
        yield from pieces
