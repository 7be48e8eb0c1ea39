"""A birth at a time as it was written: on the clock, at the end of the day, or by the name of one of the twelve 시."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from fortune.saju.birth import Birth, Options
from fortune.saju.calendar.dates import solar_date_of
from fortune.saju.calendar.sun_time import equation_of_time, mean_offset
from fortune.saju.calendar.written import ReadTime
from fortune.saju.calendar.zones import resolve, zone

DAY = 86_400
_DAY_ZERO = date(1970, 1, 1).toordinal()


def with_time(birth: Birth, time: ReadTime, options: Options) -> Birth:
    """Return ``birth`` at ``time``; 24:00 is the next day's beginning. Raises SajuError for a birth that can't be."""
    if time.branch is not None and time.hour < 23:  # 야자시 has no middle on the same date
        hour, minute = middle_of(time.branch, birth, options)
        return replace(birth, hour=hour, minute=minute)
    if time.hour < 24:
        return replace(birth, hour=time.hour, minute=time.minute)
    following = solar_date_of(birth) + timedelta(days=1)
    return replace(
        birth,
        calendar="solar",
        year=following.year,
        month=following.month,
        day=following.day,
        hour=0,
        minute=time.minute,
    )


def middle_of(branch: int, birth: Birth, options: Options) -> tuple[int, int]:
    """Return hour and minute of the middle of a 시, on the clock that the birthplace kept on that date.

    ``branch`` counts from 자시 (0). The clock may have been put forward, or have followed another meridian than today's:
    축시 was about 02:32 in Seoul in 1990, 03:32 in the summer of 1988 and 02:02 in 1955. 자시 is its half after midnight.
    Raises SajuError for a birth that can't be.
    """
    day = solar_date_of(replace(birth, hour=None, minute=None))
    noon = resolve(day.year, day.month, day.day, 12, 0, birth.timezone)
    instant = (day.toordinal() - _DAY_ZERO) * DAY + branch * 7200 - noon.standard
    if options.clock != "standard":
        instant += noon.standard - mean_offset(birth.longitude, noon.standard)
    if options.clock == "apparent":
        instant -= equation_of_time(instant)
    local = datetime.fromtimestamp(instant, zone(birth.timezone))
    if local.date() < day:  # far in the west of its zone, the middle of 자시 is before midnight
        return 0, 0
    return local.hour, local.minute
