"""The people, the day and the years that a text's claims are held against, and the findings."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from fortune.readings.inputs import Person, ReadingInput
from fortune.readings.life import CHILDREN
from fortune.saju.calendar.pillars import date_pillar
from fortune.saju.cycle import Pillar

Values = frozenset[Hashable]


class Finding(NamedTuple):
    """``start`` and ``end`` delimit ``claim`` in the text; the truths are sentences for the visitor."""

    start: int
    end: int
    claim: str
    truth_ko: str
    truth_en: str


@dataclass(frozen=True, slots=True)
class Truth:
    """The facts that claims are compared with.

    ``persons``: with two, a claim that names neither passes when it fits either one. ``now``: the place of the
    first person's current 대운. ``day``: the pillar of the day asked about. ``years``: what "this year" may mean
    in this reading, the year asked about first. ``day_on``: the date of that day, which ages are counted at.
    ``of_child``: the first person is a small child, of whom a parent reads: "their" may mean either of two.
    """

    persons: tuple[Person, ...]
    now: int | None
    day: Pillar | None
    years: tuple[int, ...] = ()
    day_on: date | None = None
    of_child: bool = False

    @classmethod
    def of(cls, inputs: ReadingInput) -> Truth:
        m = inputs
        both = (m.person,) if m.other is None else (m.person, m.other)
        day = date_pillar(m.about_day) if m.kind == "daily" else None
        years = tuple(dict.fromkeys((m.about_year, m.about_day.year)))
        return cls(both, m.decade_at, day, years, m.about_day, of_child=m.stage in CHILDREN)
