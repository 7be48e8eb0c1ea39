"""When a question's matter is carried by the time: the verdict of a year, and the months that are best for it."""

from __future__ import annotations

from dataclasses import dataclass

from fortune.readings.classic.draft.page import group_of
from fortune.readings.classic.question.asked import Asked
from fortune.readings.facts.years import WORTH
from fortune.readings.inputs import Person, ReadingInput
from fortune.saju.calendar.pillars import month_pillars, year_pillar
from fortune.saju.cycle import BRANCH_ELEMENT, Pillar
from fortune.saju.derive.basics import branch_god, ten_god
from fortune.saju.derive.judgements.useful import role_of

BEST = 3
# The height of a pillar for the matter from which on it is told as carried, and below which as costing strength.
_GO, _WAIT = 1.0, -0.6
_HARD = -1.0

# The groups of ten gods (비겁 0, 식상 1, 재성 2, 관성 3, 인성 4) that stand for a matter, by the general tradition.
_GROUPS = {
    "change": (3, 1), "job": (3, 4), "promotion": (3,), "business": (1, 2), "work": (3, 1), "money": (2, 1),
    "invest": (2,), "debt": (2,), "house": (4, 2), "move": (4, 1), "exam": (4, 3), "study": (4, 1), "law": (3, 4),
    "people": (0, 1), "family": (4,), "teacher": (1, 3), "health": (4, 0),
}  # fmt: skip
_OF_LOVE = ("love", "heart", "reunion", "breakup", "marriage", "spouse")


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a calendar year, and its height for the matter."""

    year: int
    number: int
    pillar: Pillar
    height: float


@dataclass(frozen=True, slots=True)
class When:
    """The time of an answer. ``months``: the best, in order; ``hard``: the one that costs most strength, if any does.

    ``ahead``: no year was asked for, so that the months are those of the next twelve. ``of_month``: the verdict and
    months are those of the one month that was asked for.
    """

    year: int
    verdict: str
    months: tuple[Month, ...]
    hard: Month | None
    ahead: bool
    of_month: bool = False

    @classmethod
    def of(cls, inputs: ReadingInput, asked: Asked) -> When:
        """Return the time that a question is answered for: of two charts where there are two."""
        people = [inputs.person] if inputs.other is None else [inputs.person, inputs.other]
        year = asked.year or inputs.coming_year or inputs.today.year
        rows = _rows(inputs, asked, people)
        best = sorted(rows, key=lambda row: -row.height)[:BEST]
        months = tuple(row for row in rows if row in best and row.height > 0)
        low = min(rows, key=lambda row: row.height, default=None)
        hard = low if low is not None and low.height <= _HARD and low not in months else None
        if len(asked.months) == 1 and len(rows) == 1:
            return cls(year, _verdict(rows[0].height), tuple(rows), None, ahead=False, of_month=True)
        verdict = _verdict(_height(people, year_pillar(year), asked.about))
        return cls(year, verdict, months, hard, ahead=not asked.year)


def best_years(inputs: ReadingInput, asked: Asked) -> list[tuple[int, Pillar]]:
    """Return the two years of the coming ten that carry the matter most, in order; none where none does."""
    people = [inputs.person] if inputs.other is None else [inputs.person, inputs.other]
    first = inputs.coming_year or inputs.today.year
    rows = [(year, year_pillar(year)) for year in range(first, first + 10)]
    best = sorted(rows, key=lambda row: -_height(people, row[1], asked.about))[:2]
    return sorted((row for row in best if _height(people, row[1], asked.about) > 0), key=lambda row: row[0])


def groups_of(subject: str, person: Person) -> tuple[int, ...]:
    """Return the groups of ten gods that stand for a subject.

    A spouse is 재성 for a man and 관성 for a woman, a child 관성 for a man and 식상 for a woman; both where the gender
    is not known.
    """
    gender = person.life.gender if person.life is not None else ""
    if subject in _OF_LOVE:
        return {"male": (2,), "female": (3,)}.get(gender, (2, 3))
    if subject == "child":
        return {"male": (3,), "female": (1,)}.get(gender, (1, 3))
    return _GROUPS.get(subject, ())


def brought(person: Person, pillar: Pillar, subject: str) -> list[int]:
    """Return the groups of a subject that a passing pillar brings."""
    day = person.pillars.day.stem
    came = {group_of(ten_god(day, pillar.stem)), group_of(branch_god(day, pillar.branch))}
    return [at for at in groups_of(subject, person) if at in came]


def _height(people: list[Person], pillar: Pillar, subject: str) -> float:
    """Return how far a pillar carries a matter: what it is to the balance, and 1 more where it brings the matter's gods."""
    heights = []
    for person in people:
        useful = person.facts.useful
        stem, branch = role_of(useful, pillar.stem // 2), role_of(useful, BRANCH_ELEMENT[pillar.branch])
        heights.append((WORTH[stem] + 2 * WORTH[branch]) / 3 + bool(brought(person, pillar, subject)))
    return sum(heights) / len(heights)


def _verdict(height: float) -> str:
    return "go" if height >= _GO else "wait" if height < _WAIT else "even"


def _rows(inputs: ReadingInput, asked: Asked, people: list[Person]) -> list[Month]:
    """Return the months asked about that lie ahead: of the named year, else the next twelve."""
    today = inputs.today
    now = (today.year, today.month)
    first = asked.year or today.year
    rows = [
        Month(year + (number == 1), number, pillar, _height(people, pillar, asked.about))
        for year in range(first - 1, first + 2)
        for number, pillar in month_pillars(year)
    ]
    ahead = [
        row
        for row in rows
        if (row.year, row.number) > now or ((row.year, row.number) == now and row.number in asked.months)
    ]
    ahead = [row for row in ahead if row.year == asked.year] if asked.year else ahead[:12]
    if "수능" in inputs.question:  # it is held in the middle of November
        last = next((at for at, row in enumerate(ahead, 1) if row.number == 11), len(ahead))
        ahead = ahead[:last]
    return [row for row in ahead if not asked.months or row.number in asked.months]
