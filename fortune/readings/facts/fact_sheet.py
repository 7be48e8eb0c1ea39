"""The fact sheet of a reading: all that may be claimed, with stable ids and the cells each rests on.

It holds the engine's statements about the chart, and those about the passing pillars of the asked time. In a match
the second person's facts have ids and cells that begin with "b.".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from fortune.readings.facts.pairs import OTHER, pair_facts
from fortune.readings.facts.years import areas, curve, decade_title, months_asked, samjae, years_asked
from fortune.readings.inputs import Person, ReadingInput
from fortune.readings.life import life_facts
from fortune.saju.calendar.pillars import date_pillar, month_pillars, year_pillar
from fortune.saju.cycle import BRANCH_ELEMENT, ELEMENTS_KO, STEM_ELEMENT, Pillar
from fortune.saju.derive.basics import GROUPS, TEN_GODS, branch_god, ten_god
from fortune.saju.derive.facts import Facts
from fortune.saju.derive.relations import Relation, relations_with
from fortune.saju.glossary import en, ko
from fortune.saju.korean import CELLS_KO, ELEMENT_KEYS, ELEMENTS_EN, cells_en, josa
from fortune.saju.luck import decade_on
from fortune.saju.statements.chart import statements
from fortune.saju.statements.statement import Statement

# The number of charts whose statements a worker caches: it saves half a millisecond for about 75 KB each, from the prompt to
# the page and its events, a few seconds later.
CACHED = 24


def fact_sheet(inputs: ReadingInput) -> tuple[Statement, ...]:
    """Return every fact the reading may rest on, ids unique, in a fixed order."""
    rows = [*_own(inputs.person.facts), *_life(inputs, inputs.person), *_times(inputs)]
    if inputs.other is not None:
        rows += (_second(row) for row in (*_own(inputs.other.facts), *_life(inputs, inputs.other)))
        rows += _times_of_the_other(inputs, inputs.other)
        rows += pair_facts(inputs.person, inputs.other)
    return tuple(rows)


@lru_cache(maxsize=CACHED)
def statements_of(f: Facts) -> tuple[Statement, ...]:
    """Return the engine's statements from a cache: a page needs them three times, a conversation once an answer."""
    return statements(f)


@lru_cache(maxsize=CACHED)
def _own(f: Facts) -> tuple[Statement, ...]:
    """Return the engine's statements; counts point at the cells counted rather than at all of them."""
    return tuple(_counted(f))


@lru_cache(maxsize=CACHED)
def _curve(person: Person) -> tuple[Statement, ...]:
    """Return what is told of the ten 대운: a fifth of what evidence costs, for the prompt and for the text."""
    return tuple(curve(person))


def _counted(f: Facts) -> Iterator[Statement]:
    counted = _counted_cells(f)
    e = f.elements
    for row in statements_of(f):
        if row.id == "element.mok.count":
            yield Statement(
                "elements",
                f"글자 수: {', '.join(f'{name} {n}개' for name, n in zip(ELEMENTS_KO, e.counts, strict=True))}.",
                f"Signs: {', '.join(f'{name} {n}' for name, n in zip(ELEMENTS_EN, e.counts, strict=True))}.",
                row.cells,
                "fact",
            )
        yield row._replace(cells=counted[row.id]) if row.id in counted else row


def _counted_cells(f: Facts) -> dict[str, tuple[str, ...]]:
    """For each count of an element or of a group of ten gods, the cells that make it up."""
    cells: dict[str, tuple[str, ...]] = {}
    for column in f.columns:
        at = f"{column.place}.stem", f"{column.place}.branch"
        found = STEM_ELEMENT[column.pillar.stem], BRANCH_ELEMENT[column.pillar.branch]
        for cell, element, god in zip(at, found, (column.stem_god, column.branch_god), strict=True):
            for fact in (f"element.{ELEMENT_KEYS[element]}.count", f"group.{_group(god)}"):
                cells[fact] = (*cells.get(fact, ()), cell)
    return cells


def _group(god: str) -> str:
    return "" if god == "ilgan" else GROUPS[TEN_GODS.index(god) // 2]


def _second(row: Statement) -> Statement:
    return row._replace(id=OTHER + row.id, cells=tuple(OTHER + cell for cell in row.cells))


def _life(m: ReadingInput, person: Person) -> Iterator[Statement]:
    if person.life is not None:
        yield from life_facts(person.life, m.about_day, m.about_year if m.kind == "year" else None)


def _times(m: ReadingInput) -> Iterator[Statement]:
    year = m.about_year
    person = m.person
    at = m.decade_at
    if at is not None:
        for name, decade in zip(("now", "next"), person.decades[at : at + 2], strict=False):
            yield _passing(person, f"luck.{name}", decade_title(decade), decade.pillar)
    yield _passing(person, "luck.year", (f"{year}년", f"The year {year}"), year_pillar(year))
    if m.coming_year is not None:
        title = f"{m.coming_year}년", f"The year {m.coming_year}"
        yield _passing(person, "luck.year.next", title, year_pillar(m.coming_year))
    for asked in years_asked(m):
        yield _passing(person, f"luck.year.{asked}", (f"{asked}년", f"The year {asked}"), year_pillar(asked))
    yield from samjae(m)
    if m.kind != "daily":
        yield from _curve(person)
    if m.kind == "year":
        yield from areas(person, year)
        for number, (month, pillar) in enumerate(month_pillars(year), 1):
            yield _passing(person, f"luck.month.{number}", (f"{month}월", f"Month {month}"), pillar)
    for when, number, pillar in months_asked(m):
        title = f"{when}년 {number}월", f"{when}-{number:02d}"
        yield _passing(person, f"luck.month.{when}.{number}", title, pillar)
    if m.kind == "daily":
        yield _passing(person, "luck.day", ("그날", "The day"), date_pillar(m.about_day))


def _times_of_the_other(m: ReadingInput, other: Person) -> Iterator[Statement]:
    """Yield the second person's present 대운 and year, as facts of that person."""
    at = decade_on(other.decades, m.about_day)
    if at is not None:
        decade = other.decades[at]
        yield _second(_passing(other, "luck.now", decade_title(decade), decade.pillar))
    title = f"{m.about_year}년", f"The year {m.about_year}"
    yield _second(_passing(other, "luck.year", title, year_pillar(m.about_year)))


def _passing(person: Person, fact: str, title: tuple[str, str], pillar: Pillar) -> Statement:
    day = person.pillars.day.stem
    gods = ten_god(day, pillar.stem), branch_god(day, pillar.branch)
    contacts = relations_with(person.pillars, pillar)
    touches = ", ".join(f"{_own_cells(row)} {ko(row.kind)}" for row in contacts) or "없음"
    touches_en = ", ".join(f"{_own_cells_en(row)} {en(row.kind)}" for row in contacts) or "none"
    cells = tuple(dict.fromkeys(c for row in contacts for c in row.cells if not c.startswith("luck")))
    spelt = f"{pillar.hangul}({pillar.hanja})"
    return Statement(
        fact,
        f"{title[0]}: {josa(spelt, '이에요/예요')}. 천간은 {ko(gods[0])}, "
        f"지지는 {josa(ko(gods[1]), '이에요/예요')}. 명식과 닿는 곳: {touches}.",
        f"{title[1]}: {pillar.hanja}, stem {gods[0]} ({en(gods[0])}), branch {gods[1]} ({en(gods[1])}). "
        f"Contacts with the chart: {touches_en}.",
        cells or ("day.stem",),
        "fact",
    )


def _own_cells(row: Relation) -> str:
    return "·".join(CELLS_KO[cell] for cell in row.cells if not cell.startswith("luck"))


def _own_cells_en(row: Relation) -> str:
    return " and ".join(cells_en(cell) for cell in row.cells if not cell.startswith("luck"))
