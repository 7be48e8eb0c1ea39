"""The parts of a visitor's question: about whom, about what, in which form, and of which time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fortune.readings.classic.question import aims, named_time, recognise, story
from fortune.readings.classic.question.vocabulary import SUBJECTS, VAGUE
from fortune.readings.inputs import ReadingInput

# The matter of a question about somebody that names no other.
_OF_PEOPLE = {
    "spouse": "spouse", "partner": "love", "inlaw": "family", "pupils": "teacher", "child": "child",
    "parent": "family", "sibling": "family", "boss": "people", "colleague": "people", "friend": "people",
}  # fmt: skip

# Of quarrels and the like among those who live together the matter is their common life, with others it is people.
_NEAR, _FARTHER = (
    ("spouse", "partner", "parent", "inlaw", "sibling", "child", "pupils"),
    ("boss", "colleague", "friend"),
)
_NEAR_ONLY = ("child", "spouse", "family")

# Another person's own affairs, which their own chart would tell; one's own relation with them is told by one's own.
_NOT_MINE = {
    "spouse": ("job", "exam", "study", "health", "business", "work", "promotion", "change", "money"),
    "child": ("job", "exam", "study", "health", "business", "work", "promotion", "change", "money", "marriage", "love", "move"),
    "parent": ("job", "health", "business", "work", "money", "move", "marriage", "love"),
    "sibling": ("job", "exam", "study", "health", "business", "work", "promotion", "change", "money", "marriage", "love", "move"),
}  # fmt: skip
# Matters of one's own, though a story around them may name others; those of two need the other.
_OWN = frozenset(SUBJECTS) - {"heart", "reunion", "breakup", "affair", "spouse", *VAGUE}
# In matters of the heart a friend or an 오빠 is the person one loves.
_ACQUAINTED = ("sibling", "colleague", "boss", "friend")
# In a question about an illness "제가" may be the one who looks after the ill: only 저는 and 저도 make it one's own.
_FOR_ME = {
    "health": re.compile(r"(?<![가-힣])(?:저[는도]|나[는도])(?![가-힣])|\b[Ii]\b"),
}
# The matters that are between oneself and somebody who need not be named.
_OF_TWO = ("heart", "reunion", "affair")
# The matters that a question can mean of both people, when there are two charts.
_OF_PAIRS = ("self", "people", "spouse", "family", "child", "love", "luck", "work", "teacher")


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a question.

    ``who``: one of ``PEOPLE``, or "me". ``form``: one of ``FORMS``, or "open". ``year``: the year that is named, 0 for
    none. ``months``: the months that are named. ``again``: what it is about was said in an earlier question.
    ``of_two``: there are two charts. ``known``: the matter or the person was recognised; without, ``subject`` is a guess.
    ``aim``: the aim beyond the form, one of ``aims``, or "". ``guessed``: the question names no matter, the
    story around it does.
    """

    who: str
    subject: str
    form: str
    year: int = 0
    months: tuple[int, ...] = ()
    again: bool = False
    of_two: bool = False
    known: bool = True
    aim: str = ""
    guessed: bool = False

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
        on, clauses = inputs.today, recognise.clauses(inputs.question)
        asks = recognise.asking(clauses)
        subject, guessed = story.subject(asks, clauses)
        who = recognise.who(asks) or _who_of_story(subject, asks, clauses)
        if who == recognise.THEY:
            who = story.beside(subject, clauses) or _named_before(clauses, inputs)
        form = recognise.form(asks)
        year = named_time.year(asks, on) or named_time.year_told(clauses, on)
        months = named_time.months(asks, on) or named_time.months_told(clauses, on)
        again = False
        if not subject or (subject in ("luck", "self") and year and not who):
            found, named, its_year = _asked_before(inputs)
            if found:
                subject, again = found, True
                who, year = who or named, year or its_year
        who = _whose(who, subject, asks)
        if not who and not recognise.ME.search(asks):
            who = _goes_on(inputs, subject)
        of_child = who == "child"
        if inputs.young and of_child:  # a parent asks about the child whose chart this is
            who = "me"
        known = bool(subject or who)
        subject = _settled(subject, who, form)
        if months and not year:
            year = on.year if max(months) >= on.month else on.year + 1
        of_two = inputs.other is not None
        text = " ".join(clauses)
        mine = bool(recognise.ME.search(text))
        aim = aims.bullied(text, subject, of_child=of_child, young=inputs.young, mine=mine)
        aim = aim or aims.aim(asks, who or "me", subject, form, mine=bool(recognise.ME.search(asks)))
        aim = aims.selling(text, aim) if subject == "house" and form not in ("why", "what") else aim
        return cls(who or "me", subject, form, year, months, again, of_two, known, aim, guessed)


def _asked_before(inputs: ReadingInput) -> tuple[str, str, int]:
    """Return the matter, the person and the year of the latest question that tells a matter; "" for none."""
    for earlier, _ in reversed(inputs.turns):
        before = recognise.clauses(earlier)
        text = " ".join(before)
        named = recognise.who(text)
        found = recognise.subject(text) or _OF_PEOPLE.get(named, "")
        if found:
            return found, named, named_time.year(text, inputs.today)
    return "", "", 0


def _settled(subject: str, who: str, form: str) -> str:
    """Return the matter that is answered, where the person tells more of it than the words."""
    # Of a matter that isn't recognised, the time can still be told, or else the person.
    subject = subject or _OF_PEOPLE.get(who, "self" if form in ("how", "why", "what", "open") else "luck")
    if subject in ("work", "teacher") and who in ("boss", "colleague") and form in ("how", "why"):
        subject = "people"
    if subject == "heart" and who == "spouse":
        subject = "spouse"
    if subject == "breakup" and who in ("child", "sibling", "friend"):
        subject = "love"
    if subject == "self" and form in ("how", "why") and who:
        subject = _OF_PEOPLE[who]
    if (subject == "people" and who in _NEAR) or (subject in _NEAR_ONLY and who in _FARTHER):
        subject = _OF_PEOPLE[who]
    return subject


def _named_before(clauses: list[str], inputs: ReadingInput) -> str:
    """Return the person whom a pronoun means: named in the story or in an earlier question, or else the one loved."""
    rows = (*reversed(clauses), *(earlier for earlier, _ in reversed(inputs.turns)))
    people = (recognise.who(row) for row in rows)
    return next((row for row in people if row not in ("", recognise.THEY)), "partner")


def _goes_on(inputs: ReadingInput, subject: str) -> str:
    """Return about whom the question before was, where this one is about the same matter and names nobody; "" if not."""
    for earlier, _ in reversed(inputs.turns):
        before = " ".join(recognise.clauses(earlier))
        return recognise.who(before) if recognise.subject(before) == subject else ""
    return ""


def _whose(who: str, subject: str, asks: str) -> str:
    """Return about whom a question is when its matter, or a pronoun, tells more than the person that is named."""
    if subject in _OWN and recognise.ONLY_ME.search(asks):
        return ""
    if subject in ("marriage", "love", "heart", "breakup", "reunion") and who == "inlaw":
        return "partner"
    if subject in _OF_TWO and who in ("", *(_ACQUAINTED if subject != "affair" else ())):
        return "partner"
    if subject == "breakup" and not who and recognise.LETTING_GO.search(asks):
        return "partner"
    if subject == "teacher" and who == "child":
        return "pupils"
    if not who and subject in (*_OF_TWO, "love", "marriage", "breakup") and recognise.PRONOUN.search(asks):
        return "partner"
    return who or {"child": "child", "spouse": "spouse", "teacher": "pupils"}.get(subject, "")


def _who_of_story(subject: str, asks: str, clauses: list[str]) -> str:
    """Return about whom a question is that names nobody itself: it goes on with the story around it."""
    own = subject in _OWN or subject == "luck"
    if own and _FOR_ME.get(subject, recognise.ME).search(asks) and subject in recognise.mentioned(asks):
        return ""
    if recognise.TOWARDS.search(asks) or recognise.PRONOUN.search(asks):
        own = False
    found = story.who(subject, clauses, own=own)
    if subject == "pregnancy" and found == "child" and not re.search(r"딸|며느리|daughter", asks):
        return ""  # a sister or brother for the child that is there
    return found
