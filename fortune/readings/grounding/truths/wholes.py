"""The true values of what a text may say of a chart's signs as a whole, and of the reader's age.

Each takes what the text names (``where``) and returns the values that fit there.
"""

from __future__ import annotations

from collections.abc import Hashable

from fortune.readings.grounding.truths.natal import count_of, god_and_group
from fortune.readings.grounding.truths.truth import Truth, Values
from fortune.readings.inputs import Person
from fortune.saju.cycle import BRANCH_ELEMENT, STEM_ELEMENT
from fortune.saju.korean import ELEMENT_KEYS


def theme(where: tuple[str, ...], person: Person, truth: Truth) -> Values:
    """Whether all ten gods and groups that a named structure is made of stand in the chart."""
    return frozenset({all(count_of(key, person) for key in where)})


def uniform(where: str, person: Person, truth: Truth) -> Values:
    """The one sign, element, ten god or group that all stems or all branches ("stem", "branch") are."""
    columns = person.facts.columns
    rows: list[set[Hashable]] = []
    for c in columns:
        sign, god = (c.pillar.stem, c.stem_god) if where == "stem" else (c.pillar.branch, c.branch_god)
        own = STEM_ELEMENT[sign] if where == "stem" else BRANCH_ELEMENT[sign]
        rows.append({(where, sign), ("element", own), *(("god", name) for name in god_and_group(god))})
    return frozenset(set.intersection(*rows))


def cells_of(where: str, person: Person) -> list[str]:
    """Return the cells that hold an element, a ten god or a group; the day stem is a companion of none."""
    cells = []
    for c in person.facts.columns:
        halves = (
            ("stem", STEM_ELEMENT[c.pillar.stem], c.stem_god),
            ("branch", BRANCH_ELEMENT[c.pillar.branch], c.branch_god),
        )
        for part, own, god in halves:
            if where in (ELEMENT_KEYS[own], *god_and_group(god)):
                cells.append(f"{c.place}.{part}")
    return cells


def only_at(where: str, person: Person, truth: Truth) -> Values:
    """The cell, the pillar or the half that holds all there is of an element, a ten god or a group."""
    cells = cells_of(where, person)
    places = {cell.partition(".")[0] for cell in cells}
    halves = {cell.partition(".")[2] for cell in cells}
    sets = (set(cells), places, halves)
    return frozenset(name for names in sets if len(names) == 1 for name in names)


def age_within(where: tuple[int, int], person: Person, truth: Truth) -> Values | None:
    """Whether the age lies between two, by any way of counting."""
    ages = _ages(person, truth, by_birthday=False)
    return None if ages is None else frozenset({any(where[0] <= n <= where[1] for n in ages)})


def age(where: bool, person: Person, truth: Truth) -> Values | None:
    """The ages a person may be said to have in the year asked about: 만 나이, 세는 나이 and the years' difference.

    ``where``: whether the text says 만, which leaves out 세는 나이.
    """
    return _ages(person, truth, by_birthday=where)


def _ages(person: Person, truth: Truth, *, by_birthday: bool) -> frozenset[int] | None:
    if person.life is None or truth.day_on is None:
        return None
    counted = {person.life.korean_age(year) for year in (truth.day_on.year, *truth.years)}
    exact = {person.life.age(truth.day_on), *(age - 1 for age in counted)}
    return frozenset(exact if by_birthday else exact | counted)
