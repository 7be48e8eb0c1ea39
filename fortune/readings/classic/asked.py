"""The parts of a visitor's question: about whom, about what, in which form, and of which time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fortune.readings.classic.vocabulary import FORMS, GRAVE, PEOPLE, SUBJECTS, VAGUE, spelt_out
from fortune.readings.inputs import ReadingInput
from fortune.saju.calendar.pillars import year_pillar
from fortune.saju.cycle import BRANCHES, BRANCHES_KO, STEMS, STEMS_KO, read_pillar

_Patterns = Mapping[str, re.Pattern[str]]


def _compiled(patterns: Mapping[str, str], after: str = "") -> _Patterns:
    return {key: re.compile(f"(?:{words}){after}", re.IGNORECASE) for key, words in patterns.items()}


_PEOPLE, _FORMS = _compiled(PEOPLE), _compiled(FORMS)
_DOING = _compiled(PEOPLE, r"(?:님|들)*(?:이|가|은|는|께서)(?![가-힣])")
_GRAVE = _compiled({key: SUBJECTS[key] for key in GRAVE})
_VAGUE = _compiled({key: SUBJECTS[key] for key in VAGUE})
_PLAIN = _compiled({key: words for key, words in SUBJECTS.items() if key not in (*GRAVE, *VAGUE)})
_ME = re.compile(r"(?<![가-힣])(?:저[는도]?|제가|나[는도]?|내가)(?![가-힣])|\bI\b")
# Somebody for whose sake something is done, whose house it is, or who only gives advice is not whom a question is about.
_ASIDE = re.compile(
    r"(?:부모님?|친구|아들|딸) ?[집댁](?:에서|에|으로)|(?:아이|애|자식|부모님|가족)(?:들)?[을를]? ?(?:생각(?:해|하)|때문|땜|위해)[가-힣]*"
    r"|[가-힣]+(?:은|는|이|가|도) (?:[가-힣]+ ){0,3}[가-힣]*[하보두오우시으리기치지]라(?:는데|던데|고|네|셔)"
)

# The matter of a question about somebody that names no other.
_OF_PEOPLE = {
    "spouse": "spouse", "partner": "love", "inlaw": "family", "pupils": "teacher", "child": "child",
    "parent": "family", "sibling": "family", "boss": "people", "colleague": "people", "friend": "people",
}  # fmt: skip

# Another person's own affairs, which their own chart would tell; one's own relation with them is told by one's own.
_NOT_MINE = {
    "spouse": ("job", "exam", "study", "health", "business", "work", "promotion", "change", "money"),
    "child": ("job", "exam", "study", "health", "business", "work", "promotion", "change", "money", "marriage", "love", "move"),
    "parent": ("job", "health", "business", "work", "money", "move", "marriage", "love"),
    "sibling": ("job", "exam", "study", "health", "business", "work", "promotion", "change", "money", "marriage", "love", "move"),
}  # fmt: skip
# Matters of one's own, though a story around them may name others; those of two need the other.
_OWN = frozenset(SUBJECTS) - {"heart", "reunion", "breakup", "affair", "spouse", *VAGUE}
# The matters that a question can mean of both people, when there are two charts.
_OF_PAIRS = ("self", "people", "spouse", "family", "child", "love", "luck", "work", "teacher")

_HALVES = {
    r"상반기|first half": range(1, 7), r"하반기|second half": range(7, 13), r"봄(?!날|비)|\bspring\b": range(3, 6),
    r"여름|\bsummer\b": range(6, 9), r"가을|\bautumn\b|\bfall\b": range(9, 12), r"연초": range(1, 4), r"연말": range(10, 13),
    r"겨울|\bwinter\b": (1, 2, 12),
}  # fmt: skip
_MONTH = re.compile(r"(?<![\d몇])(1[0-2]|[1-9])월")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(2[5-9]|3\d)년(?:도|에|엔|에는|은|이면)? ?(?!째|동안|전|간|차|뒤|후|넘)")
# Something that has happened this year, or an age, names no year that is asked about.
_AGE = re.compile(
    r"올해 (?!얼마)[^.?!,]{0,16}[갔왔했됐났졌었았렸]는데|(?:올해|내년에|금년)(?:로|에|면)? ?(?:만 ?)?(?:\d+ ?(?:살|세)|(?:서른|마흔|쉰|예순|일흔)[가-힣]*)"
)
_PILLAR = re.compile(f"([{STEMS}{STEMS_KO}][{BRANCHES}{BRANCHES_KO}])[년年]")
_LATER = re.compile(r"(?<!\d)([1-9])년 ?(?:뒤|후)|\bin (\d) years?\b")
_RELATIVE = (
    (2, r"내후년|후년|year after next"),
    (1, r"내년|명년|다음 ?해|next year"),
    (0, r"올해|금년|올 ?(?:봄|여름|가을|겨울)|이번 ?(?:해|달)|this (?:year|month)"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a question.

    ``who``: one of ``PEOPLE``, or "me". ``form``: one of ``FORMS``, or "open". ``year``: the year that is named, 0 for
    none. ``months``: the months that are named. ``again``: what it is about was said in an earlier question.
    ``of_two``: there are two charts.
    """

    who: str
    subject: str
    form: str
    year: int = 0
    months: tuple[int, ...] = ()
    again: bool = False
    of_two: bool = False

    @property
    def theirs(self) -> bool:
        """Whether the matter is another person's own."""
        return not self.of_two and self.subject in _NOT_MINE.get(self.who, ())

    @property
    def about(self) -> str:
        """The subject that is answered: of another person's own affairs, one's own part in them."""
        if self.theirs:
            return _OF_PEOPLE[self.who]
        return "pair" if self.of_two and self.subject in _OF_PAIRS else self.subject

    @classmethod
    def of(cls, inputs: ReadingInput) -> Asked:
        """Read the question of a reading; one that names no subject goes on with that of the latest that does."""
        on, clauses = inputs.today, _clauses(inputs.question)
        asking = [row for row in clauses if row.endswith("?")]
        asking = asking or [row for row in clauses if _first(_FORMS, row)] or clauses
        text, asks = " ".join(clauses), " ".join(asking)
        subject = _subject(asks, *reversed(clauses))
        who = _who(asks) or _who_of_story(subject, asks, clauses)
        form = _first(_FORMS, asks) or "open"
        year, months = _year(asks, on) or _year(text, on), _months(asks, on) or _months(text, on)
        again = False
        if not subject or (subject in ("luck", "self") and year and not who):
            for earlier, _ in reversed(inputs.turns):
                before = _clauses(earlier)
                named = _who(" ".join(before))
                found = _subject(" ".join(before)) or _OF_PEOPLE.get(named, "")
                if found:
                    who = who or named
                    subject, again = found, True
                    year = year or _year(" ".join(before), on)
                    break
        if inputs.young and who == "child":  # a parent asks about the child whose chart this is
            who = "me"
        # Of a matter that isn't recognised, the time can still be told, or else the person.
        subject = subject or _OF_PEOPLE.get(who, "self" if form in ("how", "why", "what", "open") else "luck")
        if subject == "people" and who in ("spouse", "partner"):
            subject = _OF_PEOPLE[who]
        if months and not year:
            year = on.year if max(months) >= on.month else on.year + 1
        of_two = inputs.other is not None
        return cls(who or "me", subject, form, year, months, again, of_two)


def _clauses(question: str) -> list[str]:
    """Return the sentences of a question, spelt out; a story comes before what is asked, or after it."""
    return [spelt_out(part) for part in re.split(r"(?<=[.?!\n…])\s+|\n+", question) if part.strip()]


def _first(patterns: _Patterns, text: str) -> str:
    """Return the first key whose pattern is found; "" for none."""
    return next((key for key, pattern in patterns.items() if pattern.search(text)), "")


def _last(patterns: _Patterns, text: str) -> str:
    """Return the key of the pattern that is found furthest on, of several the first; "" for none."""
    best, end = "", 0
    for key, pattern in patterns.items():
        found = max((row.end() for row in pattern.finditer(text)), default=0)
        if found > end:
            best, end = key, found
    return best


def _subject(*scopes: str) -> str:
    """Return what is asked about: in the first of the scopes that names a plain matter, or else a vague one."""
    plain = (_first(_GRAVE, scope) or _last(_PLAIN, scope) for scope in scopes)
    vague = (_first(_VAGUE, scope) for scope in scopes)
    return next(filter(None, (*plain, *vague)), "").lstrip("_")


def _who(text: str) -> str:
    """Return about whom words are: who does what is asked about (이, 가, 은, 는) before all others that are named."""
    text = _ASIDE.sub(" ", text)
    found = _first(_DOING, text) or _first(_PEOPLE, text)
    return "pupils" if found == "child" and _PEOPLE["pupils"].search(text) else found


def _who_of_story(subject: str, asks: str, clauses: list[str]) -> str:
    """Return about whom a question is that names nobody itself: it goes on with the story around it."""
    if subject not in _OWN:
        return _who(" ".join(clauses))
    if _ME.search(asks):
        return ""
    return _who(" ".join(row for row in clauses if _subject(row) == subject))


def _year(text: str, on: date) -> int:
    text = _AGE.sub(" ", text)
    if found := _YEAR.search(text):
        return int(found[1])
    if found := _SHORT_YEAR.search(text):
        return 2000 + int(found[1])
    if (found := _PILLAR.search(text)) and (pillar := read_pillar(found[1])):
        return next(year for year in range(on.year - 1, on.year + 59) if year_pillar(year) == pillar)
    if found := _LATER.search(text):
        return on.year + int(found[1] or found[2])
    if re.search(r"다음 ?달|next month", text, re.IGNORECASE):
        return on.year + (on.month == 12)
    return next((on.year + n for n, words in _RELATIVE if re.search(words, text, re.IGNORECASE)), 0)


def _months(text: str, on: date) -> tuple[int, ...]:
    named = tuple(int(month) for month in _MONTH.findall(text))
    if named:
        return named
    if re.search(r"다음 ?달|next month", text, re.IGNORECASE):
        return (on.month % 12 + 1,)
    if re.search(r"이번 ?달|this month", text, re.IGNORECASE):
        return (on.month,)
    return next((tuple(row) for words, row in _HALVES.items() if re.search(words, text, re.IGNORECASE)), ())
