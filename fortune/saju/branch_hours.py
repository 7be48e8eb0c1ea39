"""A birth at a time as it was written: on the clock, at the end of the day, or by the name of one of the twelve 시."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from fortune.saju.birth import Birth, Options
from fortune.saju.calendar.dates import solar_date_of
from fortune.saju.calendar.sun_time import equation_of_time, mean_offset
from fortune.saju.calendar.written import ReadTime
from fortune.saju.calendar.zones import resolve, zone

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_DAY_ZERO = date(1970, 1, 1).toordinal()


def with_time(birth: Birth, time: ReadTime, options: Options) -> Birth:
    """Return ``birth`` at ``time``; 24:00 to 24:59 is the next day's first hour. Raises SajuError for a birth that can't be."""
    if time.branch is not None:
        return _at(birth, _middle(time.branch, birth, options, late=time.hour == 23))
    if time.hour < 24:
        return replace(birth, hour=time.hour, minute=time.minute)
    following = solar_date_of(birth) + timedelta(days=1)
    return _at(birth, datetime(following.year, following.month, following.day, 0, time.minute))  # noqa: DTZ001


def _at(birth: Birth, local: datetime) -> Birth:
    """Return ``birth`` at a civil time; its date is changed only if the time lies on another."""
    if local.date() != solar_date_of(replace(birth, hour=None, minute=None)):
        birth = replace(birth, calendar="solar", year=local.year, month=local.month, day=local.day)
    return replace(birth, hour=local.hour, minute=local.minute, fold=local.fold or birth.fold)


def _middle(branch: int, birth: Birth, options: Options, *, late: bool) -> datetime:
    """Return the civil time in the middle of a 시, or of that part of it that lies on the date as it was told.

    ``branch`` counts from 자시 (0). The clock may have been put forward, or have followed another meridian than today's:
    축시 was about 02:32 in Seoul in 1990, 03:32 in the summer of 1988 and 02:02 in 1955.
    ``late``: 야자시, the hour before midnight. Where days change at midnight, 자시 alone is the hour after it. A 시 that
    lies on the next date altogether (야자시 in summer time) has its time there.
    """
    day = solar_date_of(replace(birth, hour=None, minute=None))
    first, last = 2 * branch - 1, 2 * branch + 1
    if late:
        first, last = 23, 24
    elif branch == 0 and options.day_change == "00:00":
        first = 0
    following = day + timedelta(days=1)
    start, end = (resolve(d.year, d.month, d.day, 0, 0, birth.timezone).instant for d in (day, following))
    since, until = (_instant(day, hour, birth, options) for hour in (first, last))
    middle = (since + until) // 2
    # Far west in a wide zone, a date begins in the evening of the day before: 해시 may lie in its first hours.
    for shift in (0,) if late else (0, -1, 1):
        low = -(-max(since + shift * DAY, start) // MINUTE) * MINUTE  # whole minutes, as births are told
        high = min(until + shift * DAY, end)
        if low < high:
            is_whole = start <= middle < end
            middle = max(middle // MINUTE * MINUTE, low) if is_whole else (low + high) // 2
            break
    return datetime.fromtimestamp(middle // MINUTE * MINUTE, zone(birth.timezone))


def _instant(day: date, hour: int, birth: Birth, options: Options) -> int:
    """Return the instant at which the clock of day and hour shows a full hour of ``day`` (−1 … 24)."""
    noon = resolve(day.year, day.month, day.day, 12, 0, birth.timezone)
    shown = (day.toordinal() - _DAY_ZERO) * DAY + hour * HOUR
    if options.clock == "standard":
        return shown - noon.standard
    instant = shown - mean_offset(birth.longitude, noon.standard)
    return instant - equation_of_time(instant) if options.clock == "apparent" else instant
