"""Dates and times of day as people write them, for form, API and command line alike.

Koreans write ``1990년 5월 15일``, ``900515``, ``음력 90.4.21`` and ``오후 두 시 반``; what is pasted brings full-width
digits, other dashes and signs that nobody sees. All of it is read here, once, to the same few numbers. An entry with
two meanings is read in the likelier one, which is said (``ReadTime.or_hour``), or refused as ``Ambiguous`` where
neither is. Whether there is such a day is for the calendar to say: lunar ones have a 30 February.
"""

from fortune.saju.calendar.written.dates import ReadDate, named_calendar, read_date
from fortune.saju.calendar.written.signs import Ambiguous
from fortune.saju.calendar.written.times import ReadTime, is_unknown, read_time

__all__ = ["Ambiguous", "ReadDate", "ReadTime", "is_unknown", "named_calendar", "read_date", "read_time"]
