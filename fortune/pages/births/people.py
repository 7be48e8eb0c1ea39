"""Saved people in their list: each with the pillars of the birth that was saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fortune.forms.birth import BirthForm
from fortune.models import SavedPerson
from fortune.pages.births.birth_check import letters


@dataclass(frozen=True, slots=True)
class PersonRow:
    """``letters`` are the pillars, none where the saved birth can't be read; ``said`` is their text alternative."""

    person: SavedPerson
    letters: tuple[dict[str, Any], ...]
    said: str


def named(people: Iterable[SavedPerson], words: str) -> list[SavedPerson]:
    """Return the people with ``words`` in their names, in whichever case. No index holds names: they are encrypted."""
    return [person for person in people if words.casefold() in person.name.casefold()]


def person_rows(people: Iterable[SavedPerson]) -> tuple[PersonRow, ...]:
    """Return the rows of one page. A chart is cast for each: a millisecond together with reading its form."""
    return tuple(_row(person) for person in people)


def _row(person: SavedPerson) -> PersonRow:
    form = BirthForm(person.birth)
    if not form.is_valid() or form.chart is None:
        return PersonRow(person, (), "")
    found = tuple(letters(form.chart.pillars))
    return PersonRow(person, found, ", ".join(pillar["said"] for pillar in found))
