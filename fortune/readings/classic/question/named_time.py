"""The year and the months that a question names."""

from __future__ import annotations

import re
from datetime import date

from fortune.saju.calendar.pillars import year_pillar
from fortune.saju.cycle import BRANCHES, BRANCHES_KO, STEMS, STEMS_KO, read_pillar

_HALVES = {
    r"상반기|first half": range(1, 7),
    r"하반기|second half": range(7, 13),
    # spring, but not 안봄 (not looked at)
    r"(?:(?<![가-힣])|(?<=[년올새초늦번]))봄(?!날|비|을 ?타)|\b(?:in|by|this|next|until) (?:the )?spring\b": range(
        3, 6
    ),
    r"여름|\b(?:in|by|this|next|until) (?:the )?summer\b": range(6, 9),
    r"가을|\b(?:in|by|this|next|until) (?:the )?(?:autumn|fall)\b": range(9, 12),
    r"연초": range(1, 4),
    r"연말": range(10, 13),
    r"겨울|\b(?:in|by|this|next|until) (?:the )?winter\b": (1, 2, 12),
}
_MONTH = re.compile(r"(?<![\d몇])(1[0-2]|[1-9])월")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(
    r"(?<!\d)(2[5-9]|3\d)년(?:도|에|엔|에는|은|이면)? ?(?!째|동안|전|간|차|뒤|후|지기|된|됐|정도|가량|넘|을|이나|만에|세월|가까이)"
)
# Something that has happened this year, or an age, names no year that is asked about.
_AGE = re.compile(
    r"올해 (?!얼마)[^.?!,]{0,16}[갔왔했됐났졌었았렸]는데"
    r"|\b(?:since|from|back in) 20\d\d\b|20\d\d년부터"
    r"|(?:올해|내년에|금년)(?:로|에|면)? ?(?:만 ?)?(?:\d+ ?(?:살|세)|(?:서른|마흔|쉰|예순|일흔)[가-힣]*)"
)
_PAST = re.compile(
    r"[갔왔했됐났졌었았렸웠겼쳤봤셨](?:어요|습니다|네요|는데요?|고요|거든요|지요|죠|대요|답니다|음|다)[.!~… ]*$"
)
# An event of these days: the driving test of the day after tomorrow.
_EVENT = r"(?:시험|면접|발표|수술|검사|재판|선고|결과|경기|대회|오디션|소개|선 ?보|기능|주행|필기|실기|콩쿠르|운세)"
_NEAR = re.compile(
    r"(?:오늘|내일|낼|낼모레|모레|이번 ?주|담주|다음 ?주|어제|그저께|그제|지난주|방금)[가-힣]? ?[^?.!]{0,10}" + _EVENT +
    # an interview tomorrow; tomorrow, an interview
    r"|\b(?:interview|exam|test|surgery|results?|hearing|date|audition)\b[^?.!]{0,16}"
    r"\b(?:tomorrow|today|tonight|this week|next week|yesterday)\b"
    r"|\b(?:tomorrow|today|tonight|this week|next week|yesterday)\b[^?.!]{0,16}"
    r"\b(?:interview|exam|test|surgery|results?|hearing|audition)\b"
)  # fmt: skip
_PILLAR = re.compile(f"([{STEMS}{STEMS_KO}][{BRANCHES}{BRANCHES_KO}])[년年]")
_LATER = re.compile(r"(?<!\d)([1-9])년 ?(?:뒤|후)|\bin (\d) years?\b")
_RELATIVE = (
    (2, r"내후년|후년|year after next"),
    (1, r"내년|명년|다음 ?해|next year"),
    (0, r"올해|금년|올 ?(?:봄|여름|가을|겨울)|이번 ?(?:해|달)|this (?:year|month)"),
)


def year(text: str, on: date) -> int:
    """Return the year that the words name, on a day; 0 for none."""
    text = _AGE.sub(" ", text.lower())
    if found := _YEAR.search(text):
        return int(found[1])
    if found := _SHORT_YEAR.search(text):
        return 2000 + int(found[1])
    if (found := _PILLAR.search(text)) and (pillar := read_pillar(found[1])):
        return next(at for at in range(on.year - 1, on.year + 59) if year_pillar(at) == pillar)
    if found := _LATER.search(text):
        return on.year + int(found[1] or found[2])
    if re.search(r"다음 ?달|next month", text):
        return on.year + (on.month == 12)
    if "새해" in text or "신년" in text:  # in its first two months it has come already
        return on.year + (on.month > 2)
    return next((on.year + n for n, words in _RELATIVE if re.search(words, text)), 0)


def year_told(rows: list[str], on: date) -> int:
    """Return the year that a story's sentences name; what has happened in a year asks nothing about it."""
    ahead = (row for row in rows if not _PAST.search(row) or year(row, on) > on.year)
    return year(" ".join(ahead), on)


_SEASON_AHEAD = re.compile(
    r"내년|명년|올해|올 ?|다음|이번|오는|돌아오는|\b(?:this|next|coming|by)\b|까지|\d+월"
)


def months_told(rows: list[str], on: date) -> tuple[int, ...]:
    """Return the months that a story's sentences name, of which something is to come."""
    return months(
        " ".join(row for row in rows if _SEASON_AHEAD.search(row.lower()) and not _PAST.search(row)), on
    )


def months(text: str, on: date) -> tuple[int, ...]:
    """Return the numbers of the months that the words name, on a day."""
    text = text.lower()
    if _NEAR.search(text):
        return (on.month,)
    named = tuple(int(month) for month in _MONTH.findall(text))
    if named:
        return named
    if re.search(r"다음 ?달|next month", text):
        return (on.month % 12 + 1,)
    if re.search(r"이번 ?달|this month", text):
        return (on.month,)
    return next((tuple(row) for words, row in _HALVES.items() if re.search(words, text)), ())
