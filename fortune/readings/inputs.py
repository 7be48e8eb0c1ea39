"""The inputs of a reading: one chart or two, the kind, the day, the language. No name, no place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fortune.readings.life import CHILDREN, MINORS, OLD, Life
from fortune.saju import Chart
from fortune.saju.calendar.pillars import ipchun_on, year_on
from fortune.saju.cycle import Pillar, Pillars
from fortune.saju.derive.facts import Facts
from fortune.saju.luck import Decade, decade_on

KINDS = ("full", "topic", "daily", "year", "match", "question")
MODES = ("general", "teacher")
NEXT_YEAR_FROM = 9
"""The month from which the coming year is a fact of every reading."""
TOPICS = ("personality", "wealth", "career", "love", "health", "study", "compatibility", "teacher")


RELATIONS = ("lovers", "couple", "family", "friends", "colleagues")
"""The relations that two people of a 궁합 can have; "family" is a parent and a child."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a reading.

    ``decades`` are the ten 대운; empty when they are not known. ``luck_sure`` is False when the hour is unknown and
    교운 may lie earlier or later. ``month_sure`` is False when, besides, a 절 falls on that day. ``life`` is what age and
    stage of life are told from.
    """

    facts: Facts
    decades: tuple[Decade, ...] = ()
    luck_sure: bool = True
    month_sure: bool = True
    life: Life | None = None

    @property
    def pillars(self) -> Pillars:
        return self.facts.pillars

    @property
    def seed(self) -> int:
        """A number that depends on the chart, to choose among variants of a sentence."""
        return sum(pillar.index * (at * 7 + 1) for at, (_, pillar) in enumerate(self.pillars.named()))

    @property
    def luck(self) -> tuple[Pillar, ...]:
        """The pillars of the ten 대운."""
        return tuple(decade.pillar for decade in self.decades)

    @property
    def luck_age(self) -> int | None:
        """The 대운수, counted in 만 나이."""
        return self.decades[0].age if self.decades else None

    @classmethod
    def of(cls, chart: Chart) -> Person:
        """Return the person of a chart."""
        life = Life(chart.solar_date, chart.birth.gender)
        return cls(chart.facts, chart.luck.decades, chart.instant is not None, not chart.candidates, life)


@dataclass(frozen=True, slots=True)
class ReadingInput:
    """Everything one reading needs. ``today`` is the day in Seoul on which it was asked for.

    ``day`` is the day asked about (daily), ``year`` the year asked about; both default to ``today``'s.
    ``other`` is the second person of a 궁합, and of a question about one; ``relation`` is one of ``RELATIONS``, or "" in
    readings older than these. ``turns`` are earlier (question, answer) pairs of a conversation, oldest first, and
    ``about`` the reading that a question was asked about.
    """

    kind: str
    person: Person
    today: date
    language: str = "ko"
    mode: str = "general"
    topic: str = ""
    other: Person | None = None
    relation: str = ""
    day: date | None = None
    year: int | None = None
    question: str = ""
    turns: tuple[tuple[str, str], ...] = ()
    about: ReadingInput | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.mode not in MODES:
            raise ValueError(f"no reading of kind {self.kind!r} and mode {self.mode!r}")
        if self.kind == "topic" and self.topic not in TOPICS:
            raise ValueError(f"no topic {self.topic!r}")
        if self.kind == "match" and self.other is None:
            raise ValueError("a match needs two charts")
        if self.relation and (self.other is None or self.relation not in RELATIONS):
            raise ValueError(f"no relation {self.relation!r} of these people")

    @property
    def about_day(self) -> date:
        return self.day or self.today

    @property
    def about_year(self) -> int:
        """The year asked about: the calendar's for a year's reading, else the pillar year of the day."""
        on = self.about_day
        if self.year is not None or self.kind == "year":
            return self.year or on.year
        return year_on(on)

    @property
    def stage(self) -> str:
        """The stage of life (``life.STAGES``), "" where no birth date is known.

        A year is read by the age that is reached in it, so that its reading doesn't depend on the day it is asked for.
        """
        life = self.person.life
        on = date(self.about_year, 12, 31) if self.kind == "year" else self.about_day
        return "" if life is None else life.stage(on)

    @property
    def young(self) -> bool:
        """Whether the person is a child or a teenager, who reads nothing of a spouse, a job or money."""
        return self.stage in MINORS

    @property
    def age(self) -> str:
        """The age that section titles are chosen for: "child", "young", "old", or "" for everybody between."""
        if self.stage in CHILDREN:
            return "child"
        return "young" if self.young else "old" if self.stage in OLD else ""

    @property
    def coming_year(self) -> int | None:
        """The year after this one, from September on, when people begin to ask about it; None before."""
        asked = self.kind in ("full", "topic", "question") and self.today.month >= NEXT_YEAR_FROM
        return self.today.year + 1 if asked else None

    @property
    def decade_at(self) -> int | None:
        """The place (0 …) of the person's 대운 on the day asked about, of a year's reading on its first day (입춘).

        None before the first 대운.
        """
        on = ipchun_on(self.about_year) if self.kind == "year" else self.about_day
        return decade_on(self.person.decades, on)
