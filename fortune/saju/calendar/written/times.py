"""Times of day as people write them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from fortune.saju.calendar.written.signs import Ambiguous, plain

BRANCH_HOURS: Final = "자축인묘진사오미신유술해"
_BRANCH: Final = re.compile(rf"(야|조|밤|새벽)?\s*([{BRANCH_HOURS}])\s*시(?:\s*\(.*\))?")
_UNKNOWN: Final = re.compile(
    r"(?:(?:태어난\s*)?(?:시간|시각|시)\s*[은는을이]?\s*)?(?:(?:잘|정확히|아예)\s*)?(?:모름|모르\w*|모릅\w*|몰라\w*|미상|불명|없음|기억이?\s*안\s*나\w*)[.\u1172\u116e]*"
    r"|unknown|n/a|none|not sure|no idea|(?:i )?(?:do not|don't|dont) know|x|-+|\?+"
)
_ROUGHLY: Final = re.compile(
    r"^(?:태어난\s*)?(?:시간|시각)[은:]?\s*|^(?:약|대략|이른|늦은)\s+|\s*(?:경|쯤|정각|전후|무렵|즈음|정도|언저리)?(?:에|이에요|예요|입니다)?(?:\s*(?:출생|생|태어남|태어났어요))?$"
)

# Hours and minutes in words: 두 시, 삼십오 분.
_HOUR_WORDS: Final = (
    "한",
    "두",
    "세",
    "네",
    "다섯",
    "여섯",
    "일곱",
    "여덟",
    "아홉",
    "열",
    "열한",
    "열두",
    "열세",
    "열네",
    "열다섯",
    "열여섯",
    "열일곱",
    "열여덟",
    "열아홉",
    "스무",
    "스물한",
    "스물두",
    "스물세",
    "스물네",
)
_HOUR_WORD: Final = re.compile(rf"({'|'.join(sorted(_HOUR_WORDS, key=len, reverse=True))})\s*(?=시)")
_ZERO: Final = re.compile(r"(?<![가-힣])영(?=\s*시)")
_ONES: Final = "일이삼사오육칠팔구"
_MINUTE_WORD: Final = re.compile(rf"(?<=[시\s])(?=[십{_ONES}])(?:([이삼사오])?(십))?([{_ONES}])?(?=\s*분)")

_DIGITS: Final = re.compile(r"\d+")
_CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*(?P<sign>시\s*:|[:.,시h'])\s*(?:(?P<minute>\d{1,2})(?:\s*분|m)?"
    r"(?:\s*:?\d{2}(?:\.\d+)?초?)?|(?P<half>반))?|\s(?P<spaced>\d{2}))?"
)
_RUN_TOGETHER: Final = re.compile(r"(\d{1,2})(\d{2})(\d{2})?")
_LATIN: Final = r"am|pm|a\.m\.?|p\.m\.?"
_DAYTIME: Final = re.compile(
    rf"\(?(?P<before>오전|오후|새벽|이른 아침|아침|점심|한낮|낮|초저녁|저녁|오밤중|한밤중?|심야|밤|{_LATIN})?(?:때|에)?\)?"
    rf"\s*(?P<clock>.*?)\s*\(?(?P<after>오전|오후|새벽|아침|저녁|밤|{_LATIN})?\)?"
)
_SAME_PART: Final = {
    "점심": "낮",
    "한낮": "낮",
    "초저녁": "저녁",
    "오밤중": "밤",
    "한밤중": "밤",
    "한밤": "밤",
    "심야": "밤",
}
# The hours that a word for a part of the day can go with, on the dial of twelve, and what is added to them.
_PARTS: Final = {
    "오전": (range(13), 0), "am": (range(13), 0), "새벽": ((*range(7), 12), 0), "아침": (range(4, 12), 0),
    "오후": (range(13), 12), "pm": (range(13), 12), "저녁": (range(4, 12), 12),
}  # fmt: skip


class ReadTime(NamedTuple):
    """A clock time. ``hour`` is 24 past the end of a day (24:30 is half past midnight). ``or_hour`` is the other hour that may have been meant.

    ``branch`` counts the twelve 시 from 자시 (0) where one of them was written instead of a time; the clock time
    in its middle depends on date and place then, and ``hour`` and ``minute`` are that on a plain dial.
    """

    hour: int
    minute: int
    or_hour: int | None = None
    branch: int | None = None


def is_unknown(text: str) -> bool:
    """Return whether ``text`` says that the time is not known: 모름, 몰라요, 시간 모름, unknown, "?"."""
    return _UNKNOWN.fullmatch(plain(text)) is not None


def read_time(text: str) -> ReadTime | None:
    """Return the time of day that ``text`` means; None when it is none. Raises Ambiguous."""
    text = _ROUGHLY.sub("", plain(text))
    if text in {"정오", "낮12시", "낮 12시", "noon"}:
        return ReadTime(12, 0)
    if text in {"자정", "midnight"}:
        raise Ambiguous("00:00", "24:00")
    if branch := _BRANCH.fullmatch(text):
        return _read_branch(branch[1], BRANCH_HOURS.index(branch[2]))
    found = _DAYTIME.fullmatch(_in_digits(text))
    assert found is not None  # every part of it may be missing
    part = (found["before"] or found["after"] or "").replace(".", "").removeprefix("이른 ")
    if found["before"] and found["after"]:
        return None
    clock = _read_clock(found["clock"])
    if clock is None:
        return None
    hour, minute, is_vague = clock
    if part:
        return _in_part(_SAME_PART.get(part, part), hour, minute)
    return ReadTime(hour, minute, or_hour=hour + 12 if is_vague and 1 <= hour <= 11 else None)


def _read_branch(half: str | None, branch: int) -> ReadTime | None:
    if half and branch:
        return None
    if half in ("야", "밤"):
        return ReadTime(23, 30, branch=0)
    return ReadTime(2 * branch, 30 if half or not branch else 0, branch=branch)


def _in_digits(text: str) -> str:
    """Return ``text`` with its hours and minutes in digits: 두 시 삼십 분 as 2시 30 분."""

    def minute(found: re.Match[str]) -> str:
        ones = _ONES.index(found[3]) + 1 if found[3] else 0
        tens = (_ONES.index(found[1]) + 1 if found[1] else 1) if found[2] else 0
        return str(10 * tens + ones)

    text = _ZERO.sub("0", text)
    text = _HOUR_WORD.sub(lambda found: str(_HOUR_WORDS.index(found[1]) + 1), text)
    return _MINUTE_WORD.sub(minute, text)


def _read_clock(text: str) -> tuple[int, int, bool] | None:
    """Return hour, minute, and whether half a day more may be meant: nobody writes 02:30 for the afternoon."""
    if _DIGITS.fullmatch(text) and len(text) > 2:
        run = _RUN_TOGETHER.fullmatch(text)
        if run is None:
            return None
        hour, minute = run[1], int(run[2])
    else:
        found = _CLOCK.fullmatch(text)
        if found is None or (found["half"] and "시" not in found["sign"]):
            return None
        hour, minute = found["hour"], 30 if found["half"] else int(found["minute"] or found["spaced"] or 0)
    if int(hour) > 24 or minute > 59:
        return None
    return int(hour), minute, not hour.startswith("0")


def _in_part(part: str, hour: int, minute: int) -> ReadTime | None:
    """Return the time for an hour with a word for a part of the day."""
    if part == "밤":
        if hour == 12:
            raise Ambiguous(f"00:{minute:02}", f"24:{minute:02}")
        if hour <= 4:  # 밤 1시 is what others call 새벽 1시
            return ReadTime(hour, minute)
        return ReadTime(hour + 12 if hour < 12 else hour, minute) if hour < 24 else None
    if part == "낮":
        return ReadTime(hour + 12 if hour < 6 else hour, minute) if 1 <= hour <= 17 else None
    hours, later = _PARTS[part]
    if hour not in hours:
        # 오후 14시: said twice, and both agree.
        return ReadTime(hour, minute) if later and 12 < hour < 24 else None
    return ReadTime(hour % 12 + later, minute)
