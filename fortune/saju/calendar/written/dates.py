"""Dates as people write them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from fortune.saju.calendar.written.signs import Ambiguous, plain

# Before and after the date: its calendar, a label, the day of the week, 생, a midnight that a program has added.
_CALENDAR: Final = r"\(?(?:(?:양|음)력?(?:\s*윤달?)?|윤달?)\)?"
_WEEKDAY: Final = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?"
_BEFORE: Final = re.compile(
    rf"(?:(?:(?:제|내)?\s*(?:생년월일|출생일|생일)[은이]?|출생|서기|단기|dob|birthday|born(?: on)?)\s*:?\s*)?(?:\[?({_CALENDAR})\]?(?:으?로)?[\s.:]*)?(?:{_WEEKDAY},?\s)?"
)
_AFTER: Final = re.compile(
    rf"(?:[\s,]*(?:\([월화수목금토일]\)|\(?[월화수목금토일]요일\)?|\(?{_WEEKDAY}\)?|(?<=\s)[월화수목금토일]))?"
    rf"(?:\s*({_CALENDAR}))?(?:\.?\s*(?:생|출생|태생)(?:입니다|이에요|예요)?|에?\s*태어(?:남|났어요|났습니다)|(?<=일)(?:이에요|입니다))?[./]?"
    r"(?:[t ]00:00(?::00(?:\.0+)?)?(?:z|[+-]\d{2}:?\d{2})?)?$"
)

_SEPARATOR: Final = r"(?:\s*[-./,_\\]+\s*|\s+)"
_PARTED: Final = re.compile(
    rf"'?(\d{{4}}|\d{{2}})(?:{_SEPARATOR}|\s*년생?도?\s*)(?:\(?([양음])력?\)?\s*)?(윤)?달?\s*(\d{{1,2}})(?:{_SEPARATOR}|\s*월\s*)(\d{{1,2}})(?:\s*일)?"
)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-./ ]\s*(\d{1,2})[-./ ]\s*(\d{4})")
_HALF_PARTED: Final = re.compile(r"'?(\d{4}|\d{2})(?:[-./ ]|년\s*)(\d{2})(\d{2})")
_REGISTERED: Final = re.compile(r"(\d{6})\s?-\s?([1-8])[*x]{0,6}")
_DIGITS: Final = re.compile(r"\d+")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_ENGLISH: Final = re.compile(
    rf"(?:{_MONTH}[ -]?(\d{{1,2}})(?:st|nd|rd|th)?|(\d{{1,2}})(?:st|nd|rd|th)?[ -]?(?:of )?{_MONTH}),?[ -]?(\d{{4}})"
)
_ENGLISH_YEAR_FIRST: Final = re.compile(rf"(\d{{4}}),?[ -]?{_MONTH}[ -]?(\d{{1,2}})(?:st|nd|rd|th)?")
# The same day in the other calendar, as records have it: 1990년 5월 15일(음력 4월 21일).
_OTHER_CALENDAR: Final = re.compile(
    r"\s*\(([양음])력?[\s:.]*(?:윤달?\s*)?[\d년월일\s./-]*\d[\d년월일\s./-]*\)\.?$"
)
_TANGI: Final = 2333  # 단기, the years of Korea's records until 1961, is so far ahead
_TANGI_YEARS: Final = range(1900, 1962)


class ReadDate(NamedTuple):
    """A date, calendar unknown."""

    year: int
    month: int
    day: int


def named_calendar(text: str) -> str:
    """Return the calendar that is written beside a date (음력 1990.4.21, 윤5월): ``solar``, ``lunar``, ``lunar_leap``.

    "" where none is.
    """
    text, named = _bare(plain(text))
    if parted := _PARTED.fullmatch(text):
        named = named or (parted[2] or "")
        if parted[3]:
            return "lunar_leap"
    if "윤" in named:
        return "lunar_leap"
    return {"양": "solar", "음": "lunar"}.get(named.strip("([ ")[:1], "")


def read_date(text: str, *, latest_year: int) -> ReadDate | None:
    """Return the date that ``text`` means; None when it is none. Raises Ambiguous.

    A year of two digits is the latest one that is not after ``latest_year``.
    """
    text, _ = _bare(plain(text))
    if found := _PARTED.fullmatch(text):
        return _possible(_whole_year(found[1], latest_year), int(found[4]), int(found[5]))
    if found := _HALF_PARTED.fullmatch(text):
        return _possible(_whole_year(found[1], latest_year), int(found[2]), int(found[3]))
    if found := _ENGLISH.fullmatch(text):
        month = 1 + _MONTHS.index(found[1] or found[4])
        return _possible(int(found[5]), month, int(found[2] or found[3]))
    if found := _ENGLISH_YEAR_FIRST.fullmatch(text):
        return _possible(int(found[1]), 1 + _MONTHS.index(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(text):
        return _either_way(int(found[3]), int(found[1]), int(found[2]))
    if found := _REGISTERED.fullmatch(text):  # as in a registration number, whose next digit has the century
        century = "20" if found[2] in "3478" else "19"
        return _read_digits(century + found[1], latest_year)
    return _read_digits(text, latest_year) if _DIGITS.fullmatch(text) else None


def _bare(text: str) -> tuple[str, str]:
    """Return the date without what stands before and after it, and the calendar that does."""
    other = _OTHER_CALENDAR.search(text)
    if other is not None:
        text = text[: other.start()]
    before = _BEFORE.match(text)
    assert before is not None  # every part of it may be missing
    text = text[before.end() :]
    after = _AFTER.search(text)
    assert after is not None  # likewise
    named = before[1] or after[1] or ""
    if other is not None and not named:
        named = "음" if other[1] == "양" else "양"
    return text[: after.start()].strip(), named


def _read_digits(text: str, latest_year: int) -> ReadDate | None:
    """Return the date in digits alone, in the way that is usual for so many of them."""
    ways = {8: ((4, 2),), 7: ((4, 1), (4, 2)), 6: ((2, 2), (4, 1)), 5: ((2, 1), (2, 2))}.get(len(text), ())
    found = []
    for year, month in ways:
        parts = text[:year], text[year : year + month], text[year + month :]
        possible = _possible(_whole_year(parts[0], latest_year), int(parts[1]), int(parts[2]))
        if possible is not None and 1800 <= possible.year <= 2200:
            found.append(possible)
        if found and len(text) == 6:
            break  # 900515, as in everybody's registration number
    return _only(found)


def _either_way(year: int, one: int, other: int) -> ReadDate | None:
    """Return the date whose day and month were written before its year, in whichever order is possible."""
    found = [_possible(year, one, other), _possible(year, other, one)]
    return _only([date for date in dict.fromkeys(found) if date is not None])


def _only(found: list[ReadDate]) -> ReadDate | None:
    if len(found) > 1:
        raise Ambiguous(*(f"{date.year}-{date.month:02}-{date.day:02}" for date in found))
    return found[0] if found else None


def _possible(year: int, month: int, day: int) -> ReadDate | None:
    return ReadDate(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _whole_year(digits: str, latest_year: int) -> int:
    if len(digits) == 4:
        year = int(digits)
        return year - _TANGI if year - _TANGI in _TANGI_YEARS else year
    century = latest_year - latest_year % 100
    year = century + int(digits)
    return year if year <= latest_year else year - 100
