"""Dates and times of day as people write them, for form, API and command line alike.

Koreans write ``1990년 5월 15일``, ``900515``, ``90.5.15`` and ``오후 2시 반``; what is pasted brings full-width
digits, other dashes and signs that nobody sees. All of it is read here, once, to the same few numbers. What may
mean two things is read in one way and says so (``ReadTime.or_hour``), or is refused as ``Ambiguous`` where no way
is the likelier one. Whether there is such a day is for the calendar to say: lunar ones have a 30 February.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

MOST: Final = 60  # no date or time takes so many characters to write
BRANCH_HOURS: Final = "자축인묘진사오미신유술해"
_DASHES: Final = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣－~", "-") | {"。": ".", "․": ".", "·": ".", "：": ":"}
)

_PARTED: Final = re.compile(
    r"(?:'|`)?(\d{4}|\d{2})\s*[-./년\s]\s*(\d{1,2})\s*[-./월\s]\s*(\d{1,2})(?:\s*[.일])?"
)
_AFTER_DATE: Final = re.compile(
    r"(?:\s*(?:생|출생|태생))?\.?$|[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$"
)
_DIGITS: Final = re.compile(r"\d+")

_HALF: Final = r"(?P<half>반)"
_CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2})\s*(?:(?P<sign>[:.시])\s*(?:(?P<minute>\d{1,2})\s*분?|"
    + _HALF
    + r")?(?::\d{2}(?:\.\d+)?)?)?(?:\s*(?:경|쯤|정각))?"
)
_RUN_TOGETHER: Final = re.compile(r"(\d{1,2})(\d{2})(\d{2})?")
_DAYTIME: Final = re.compile(
    r"(?P<before>오전|오후|새벽|아침|낮|저녁|밤|한밤|am|pm|a\.m\.|p\.m\.)?\s*(?P<clock>.*?)\s*(?P<after>am|pm|a\.m\.|p\.m\.)?",
    re.IGNORECASE,
)
# The hours that a word for a part of the day can go with, on the dial of twelve, and what is added to them.
_PARTS: Final = {
    "오전": (range(13), 0), "am": (range(13), 0), "새벽": ((*range(7), 12), 0), "아침": (range(4, 12), 0),
    "오후": (range(1, 13), 12), "pm": (range(1, 13), 12), "저녁": (range(4, 12), 12),
}  # fmt: skip


class ReadDate(NamedTuple):
    """A date, calendar unknown."""

    year: int
    month: int
    day: int


class ReadTime(NamedTuple):
    """A clock time. ``hour`` is 24 for the end of a day. ``or_hour`` is the other hour that may have been meant.

    ``branch`` counts the twelve 시 from 자시 (0) where one of them was written instead of a time; the clock time
    in its middle depends on date and place then, and ``hour`` and ``minute`` are that on a plain dial.
    """

    hour: int
    minute: int
    or_hour: int | None = None
    branch: int | None = None


class Ambiguous(ValueError):
    """A text with two meanings: ``meanings`` are ways to write each."""

    def __init__(self, *meanings: str) -> None:
        super().__init__(" / ".join(meanings))
        self.meanings = meanings


def read_date(text: str, *, latest_year: int) -> ReadDate | None:
    """Return the date that ``text`` means; None when it is none. Raises Ambiguous.

    A year of two digits is the latest one that is not after ``latest_year``.
    """
    text = _plain(text)
    found = _PARTED.match(text)
    if found is not None and _AFTER_DATE.fullmatch(text, found.end()):
        return _possible(_whole_year(found[1], latest_year), int(found[2]), int(found[3]))
    if not _DIGITS.fullmatch(text):
        return None
    return _read_digits(text, latest_year)


def _read_digits(text: str, latest_year: int) -> ReadDate | None:
    """Return the date in digits alone, in the way that is usual for so many of them."""
    ways = {8: ((4, 2, 2),), 7: ((4, 1, 2), (4, 2, 1)), 6: ((2, 2, 2), (4, 1, 1))}.get(len(text), ())
    found = []
    for year, month, day in ways:
        parts = text[:year], text[year : year + month], text[year + month :]
        possible = _possible(_whole_year(parts[0], latest_year), int(parts[1]), int(parts[2]))
        if possible is not None and not (year == 4 and not 1800 <= possible.year <= 2200):
            found.append(possible)
        if found and (year, month, day) == (2, 2, 2):
            break  # 900515, as in everybody's registration number
    if len(found) > 1:
        raise Ambiguous(*(f"{date.year}-{date.month:02}-{date.day:02}" for date in found))
    return found[0] if found else None


def _possible(year: int, month: int, day: int) -> ReadDate | None:
    return ReadDate(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _whole_year(digits: str, latest_year: int) -> int:
    if len(digits) == 4:
        return int(digits)
    century = latest_year - latest_year % 100
    year = century + int(digits)
    return year if year <= latest_year else year - 100


def read_time(text: str) -> ReadTime | None:
    """Return the time of day that ``text`` means; None when it is none. Raises Ambiguous."""
    text = _plain(text).lower()
    if text in {"정오", "낮12시", "낮 12시", "noon"}:
        return ReadTime(12, 0)
    if text in {"자정", "midnight"}:
        raise Ambiguous("00:00", "24:00")
    if branch := re.fullmatch(rf"(야|조)?([{BRANCH_HOURS}])시", text):
        return _read_branch(branch[1], BRANCH_HOURS.index(branch[2]))
    found = _DAYTIME.fullmatch(text)
    assert found is not None  # every part of it may be missing
    part = (found["before"] or found["after"] or "").replace(".", "")
    if found["before"] and found["after"]:
        return None
    clock = _read_clock(found["clock"])
    if clock is None:
        return None
    hour, minute, is_vague = clock
    if part:
        return _in_part(part, hour, minute)
    if hour == 24 and minute:
        return None
    return ReadTime(hour, minute, or_hour=hour + 12 if is_vague and 1 <= hour <= 11 else None)


def _read_branch(half: str | None, branch: int) -> ReadTime | None:
    if half and branch:
        return None
    if half == "야":
        return ReadTime(23, 30, branch=0)
    return ReadTime(2 * branch, 30 if half or not branch else 0, branch=branch)


def _read_clock(text: str) -> tuple[int, int, bool] | None:
    """Return hour, minute, and whether half a day more may be meant: nobody writes 02:30 for the afternoon."""
    if _DIGITS.fullmatch(text) and len(text) > 2:
        run = _RUN_TOGETHER.fullmatch(text)
        if run is None:
            return None
        hour, minute, is_vague = run[1], int(run[2]), not run[1].startswith("0")
    else:
        found = _CLOCK.fullmatch(text)
        if found is None:
            return None
        hour, minute = found["hour"], 30 if found["half"] else int(found["minute"] or 0)
        if found["half"] and found["sign"] != "시":
            return None
        is_vague = not hour.startswith("0")
    if int(hour) > 24 or minute > 59:
        return None
    return int(hour), minute, is_vague


def _in_part(part: str, hour: int, minute: int) -> ReadTime | None:
    """Return the time for an hour with a word for a part of the day."""
    if part in {"밤", "한밤"}:
        if hour == 12 or 1 <= hour <= 4:
            raise Ambiguous(
                f"{hour % 12:02}:{minute:02}", f"24:{minute:02}" if hour == 12 else f"오후 {hour}시"
            )
        return ReadTime(hour + 12 if hour < 12 else hour, minute) if 5 <= hour <= 23 else None
    if part == "낮":
        return ReadTime(hour + 12 if hour < 6 else hour, minute) if 1 <= hour <= 17 else None
    hours, later = _PARTS[part]
    if hour not in hours:
        # 오후 14시: said twice, and both agree.
        return ReadTime(hour, minute) if later and 12 < hour < 24 else None
    return ReadTime(hour % 12 + later, minute)


def _plain(text: str) -> str:
    """Return ``text`` in the plain signs it stands for, without those that nobody sees; "" for one that is too long."""
    if len(text) > MOST:
        return ""
    text = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    return " ".join("".join(sign for sign in text if unicodedata.category(sign) != "Cf").split())
