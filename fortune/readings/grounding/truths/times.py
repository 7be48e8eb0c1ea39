"""The true values of what a text may say of a year, a month, a day or a 대운, a function a topic.

Each takes what the text names (``where``) and returns the values that fit there, or None when the engine leaves it
open.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable
from typing import Any

from fortune.readings.grounding.truths.natal import families, god_and_group
from fortune.readings.grounding.truths.truth import Truth, Values
from fortune.readings.inputs import Person
from fortune.saju.calendar.pillars import last_second, month_pillars, year_and_month, year_pillar
from fortune.saju.calendar.solar_terms import jeol_at
from fortune.saju.cycle import Pillar
from fortune.saju.derive.basics import branch_god, ten_god
from fortune.saju.derive.relations import relations_with
from fortune.saju.derive.stars import samjae_years

_LAST = 99


def years_of(where: int, truth: Truth) -> tuple[int, ...]:
    """Return the years that a year's name may mean: one of four digits, or an offset from "this year"."""
    return (where,) if where > 1000 else tuple(year + where for year in truth.years)


def year(where: int, person: Person, truth: Truth) -> Values | None:
    return frozenset(year_pillar(year).index for year in years_of(where, truth)) or None


def _gods_of(pillars: list[Pillar], person: Person) -> Values | None:
    day = person.pillars.day.stem
    gods = [god for p in pillars for god in (ten_god(day, p.stem), branch_god(day, p.branch))]
    return frozenset(name for god in gods for name in god_and_group(god)) or None


def year_god(where: Any, person: Person, truth: Truth) -> Values | None:
    """The ten gods of a year, or of one half of it: (year, "천간") or (year, "지지")."""
    year, half = where if isinstance(where, tuple) else (where, "")
    pillars = [year_pillar(one) for one in years_of(year, truth)]
    return _half_gods(pillars, half, person) if half else _gods_of(pillars, person)


def halved(where: Any) -> tuple[Any, str]:
    """Return a time and the half of its pillar that is asked about; "" where both are."""
    return where if isinstance(where, tuple) and where[1] in ("천간", "지지") else (where, "")


def _half_gods(pillars: list[Pillar], half: str, person: Person) -> Values | None:
    day = person.pillars.day.stem
    gods = [ten_god(day, p.stem) if half == "천간" else branch_god(day, p.branch) for p in pillars]
    return frozenset(name for god in gods for name in god_and_group(god)) or None


def year_stem(where: int, person: Person, truth: Truth) -> Values | None:
    return frozenset(year_pillar(year).stem for year in years_of(where, truth)) or None


def year_branch(where: int, person: Person, truth: Truth) -> Values | None:
    return frozenset(year_pillar(year).branch for year in years_of(where, truth)) or None


def zodiac_of(where: int, person: Person, truth: Truth) -> Values:
    """The animals of those born in a calendar year: the year's, and before 입춘 the one before."""
    return frozenset(year_pillar(year).branch for year in (where, where - 1))


def year_samjae(where: int, person: Person, truth: Truth) -> Values | None:
    branches = person.facts.samjae
    keys: set[Hashable] = set()
    for year in years_of(where, truth):
        branch = year_pillar(year).branch
        if branch in branches:
            keys |= {"samjae", ("deul_samjae", "nul_samjae", "nal_samjae")[branches.index(branch)]}
    return frozenset(keys)


def zodiac_samjae(where: tuple[int, int], person: Person, truth: Truth) -> Values | None:
    """The part of the three 삼재 years that a year is for those born in the year of a branch."""
    year, born = where
    names = dict(zip(samjae_years(born), ("deul_samjae", "nul_samjae", "nal_samjae"), strict=True))
    found = {names[one.branch] for one in map(year_pillar, years_of(year, truth)) if one.branch in names}
    return frozenset({*found, *(("samjae",) if found else ())})


def passing_relation(where: Any, person: Person, truth: Truth) -> Values | None:
    """Kinds of contact between a pillar that passes, of a year, a month, a 대운 or the day, and a cell of the chart."""
    kind, which, cell = where
    pillars = _passing(kind, which, person, truth)
    if pillars is None:
        return None
    found: set[str] = set()
    for pillar in pillars:
        for row in relations_with(person.pillars, pillar):
            if cell in row.cells or cell in row.places:
                found |= families(row.kind)
    return frozenset(found)


def _passing(kind: str, which: Any, person: Person, truth: Truth) -> list[Pillar] | None:
    if kind == "ganji":
        return [Pillar(which)]
    if kind == "year":
        return [year_pillar(one) for one in years_of(which, truth)]
    if kind == "month":
        indices = month(which, person, truth)
        return None if indices is None else [Pillar(int(str(index))) for index in indices]
    if kind == "today":
        return None if truth.day is None else [truth.day]
    places = decade_at(which, person, truth)
    return None if places is None else [person.luck[at] for at in places]


def month(where: Any, person: Person, truth: Truth) -> Values | None:
    """The pillars of a calendar month: the one that begins in it, and the one before that.

    A month of 99, 100 or 101 is the last, this or the next, counted from the day of the reading; of this month only the
    pillar of that day is true.
    """
    year, month = where
    years = years_of(year, truth)
    if month >= _LAST:
        if truth.day_on is None:
            return None
        if month == _LAST + 1:
            return frozenset({year_and_month(jeol_at(last_second(truth.day_on)))[1].index})
        at = truth.day_on.year * 12 + truth.day_on.month - 1 + month - _LAST - 1
        years, month = (at // 12,), at % 12 + 1
    asked = {y for one in years for y in (one, one - 1)} if month == 1 else set(years)
    begun = [p.index for y in sorted(asked) for number, p in month_pillars(y) if number == month]
    return frozenset({*begun, *((index - 1) % 60 for index in begun)}) or None


def month_god(where: Any, person: Person, truth: Truth) -> Values | None:
    indices = month(where, person, truth)
    return None if indices is None else _gods_of([Pillar(int(str(index))) for index in indices], person)


def day(where: str, person: Person, truth: Truth) -> Values | None:
    return None if truth.day is None else frozenset({truth.day.index})


def day_god(where: str, person: Person, truth: Truth) -> Values | None:
    return None if truth.day is None else _gods_of([truth.day], person)


def decade_at(where: Any, person: Person, truth: Truth) -> list[int] | None:
    """Return the places of the 대운 that a name may mean: "now", "next", "first", ("age", n) and the like."""
    own = person == truth.persons[0]
    if not person.luck:
        return None
    if where in ("now", "next", "before"):
        if not own or truth.now is None:
            return None
        at = truth.now + {"now": 0, "next": 1, "before": -1}[where]
        return [at] if 0 <= at < len(person.luck) else None
    if isinstance(where, int):
        return [where] if where < len(person.luck) else None
    if where == "any":
        return list(range(len(person.luck)))
    kind, n = where
    if kind == "ganji":
        return [at for at, pillar in enumerate(person.luck) if pillar.index == n] or None
    if kind == "from year" and n < 1000:
        began = [_decades_of((kind, year), person) for year in years_of(n, truth)]
        return None if None in began else [at for places in began for at in places or ()]
    return _decades_of(where, person)


def _decades_of(where: Any, person: Person) -> list[int] | None:
    """("age", n): that age; ("ages", n): any age of that decade of life; ("from age" | "from year", n): begins then."""
    kind, n = where
    if person.luck_age is None or not person.luck_sure:
        return None
    places = range(len(person.luck))
    starts = [person.luck_age + 10 * at for at in places]
    if kind == "age":
        return [at for at in places if starts[at] <= n < starts[at] + 10]
    if kind == "ages":
        return [at for at in places if starts[at] <= n + 9 and n < starts[at] + 10]
    if kind == "from age":
        return [at for at in places if starts[at] == n]
    return [at for at, decade in enumerate(person.decades) if decade.begins.year == n]


def decade(where: Any, person: Person, truth: Truth) -> Values | None:
    places = decade_at(where, person, truth)
    return None if places is None else frozenset(person.luck[at].index for at in places)


def decade_after(where: int, person: Person, truth: Truth) -> Values | None:
    """The pillar of the 대운 behind the one of a pillar; None if none of the ten is of that pillar."""
    row = [p.index for p in person.luck]
    return frozenset(two for one, two in itertools.pairwise(row) if one == where) or None


def decade_end(where: Any, person: Person, truth: Truth) -> Values | None:
    """The years and the ages in which a 대운 ends: those in which the next begins, and the ones before."""
    places = decade_at(where, person, truth)
    if places is None or not person.luck_sure or any(at + 1 >= len(person.decades) for at in places):
        return None
    begins = [person.decades[at + 1].begins for at in places]
    years = {year for day in begins for year in (day.year, day.year - (day.month < 3))}
    last = {("age", age - n) for at in places for age in _ages_at(at + 1, person) for n in (0, 1)}
    last |= {("year", day.year - n) for day in begins for n in (0, 1)}  # 2023–2032, the last year as a whole
    return frozenset({*years, *last, *(year - base for year in years for base in truth.years)})  # 2027, 내년


def decade_god(where: Any, person: Person, truth: Truth) -> Values | None:
    """The ten gods of a 대운, or of one half of its pillar: (대운, "천간") or (대운, "지지")."""
    where, half = halved(where)
    places = decade_at(where, person, truth)
    if places is None or not half:
        return None if places is None else _gods_of([person.luck[at] for at in places], person)
    return _half_gods([person.luck[at] for at in places], half, person)


def luck_age(where: str, person: Person, truth: Truth) -> Values | None:
    if person.luck_age is None or not person.luck_sure:
        return None
    return frozenset({person.luck_age})


def luck_turn(where: str, person: Person, truth: Truth) -> Values | None:
    """The ages at which any of the ten 대운 begins."""
    if person.luck_age is None or not person.luck_sure:
        return None
    return frozenset(person.luck_age + 10 * at for at in range(len(person.luck)))


def direction(where: str, person: Person, truth: Truth) -> Values | None:
    if not person.luck or not person.month_sure:
        return None
    forward = person.luck[0] == person.pillars.month.step(1)
    return frozenset({"forward" if forward else "backward"})


def decade_start(where: Any, person: Person, truth: Truth) -> Values | None:
    """When a 대운 begins: by its 대운수, by the ages then, and the calendar year of its 교운."""
    places = decade_at(where, person, truth)
    if places is None or not person.luck_sure or person.life is None:
        return None
    found: set[Hashable] = set()
    for at in places:
        ages, year = _ages_at(at, person), person.decades[at].begins.year
        found |= (
            {("age", age) for age in ages} | {("ages", age // 10 * 10) for age in ages} | {("year", year)}
        )
    return frozenset(found)


def _ages_at(at: int, person: Person) -> set[int]:
    """Return the ages at which a 대운 begins, by its 대운수 and by either way of counting years of life."""
    decade, life = person.decades[at], person.life
    if life is None:
        return {decade.age}
    return {decade.age, life.age(decade.begins), *(life.korean_age(decade.begins.year) - n for n in (0, 1))}


def completed(where: Any, person: Person, truth: Truth) -> Values | None:
    """Whether the branch of a year, or of ("ganji", n), stands among some, and the chart has the others."""
    passing, signs = where
    own = {p.branch for _, p in person.pillars.named()}
    kind, which = passing if isinstance(passing, tuple) else ("year", passing)
    branches = [p.branch for p in _passing(kind, which, person, truth) or ()]
    return frozenset(one in signs and set(signs) <= own | {one} for one in branches) or None


def ganji_god(where: Any, person: Person, truth: Truth) -> Values | None:
    """The ten gods of a pillar that passes, whenever it does, or of one half of it."""
    index, half = halved(where)
    return _half_gods([Pillar(index)], half, person) if half else _gods_of([Pillar(index)], person)


def samjae(where: str, person: Person, truth: Truth) -> Values:
    return frozenset(person.facts.samjae)
