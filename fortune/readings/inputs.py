"""The inputs of a reading: one chart or two, the kind, the day, the language. No name, no place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.limits.days import KOREA
from fortune.saju import Chart
from fortune.saju.calendar.solar_terms import saju_year
from fortune.saju.cycle import Pillar, Pillars
from fortune.saju.derive.facts import Facts

KINDS = ("full", "topic", "daily", "year", "match", "question")
MODES = ("general", "teacher")
TOPICS = ("personality", "wealth", "career", "love", "health", "study", "compatibility", "teacher")


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a reading.

    ``luck`` are the ten 대운 pillars, ``luck_year`` the calendar year the first begins (None: not known).
    ``luck_age`` is the 대운수, counted in 만 나이. ``luck_sure`` is False when the hour is unknown and the turn
    may lie earlier or later.
    ``month_sure`` is False when, besides, a 절 falls on that day.
    """

    facts: Facts
    luck: tuple[Pillar, ...] = ()
    luck_year: int | None = None
    luck_age: int | None = None
    luck_sure: bool = True
    month_sure: bool = True

    @property
    def pillars(self) -> Pillars:
        return self.facts.pillars

    @property
    def seed(self) -> int:
        """A number that depends on the chart, to choose among variants of a sentence."""
        return sum(pillar.index * (at * 7 + 1) for at, (_, pillar) in enumerate(self.pillars.named()))

    def luck_at(self, year: int) -> int | None:
        """Return the place (0 …) of the 대운 that rules ``year``; None before the first or when unknown."""
        if self.luck_year is None or not self.luck or year < self.luck_year:
            return None
        return min((year - self.luck_year) // 10, len(self.luck) - 1)

    @classmethod
    def of(cls, chart: Chart) -> Person:
        """Return the person of a chart."""
        luck = chart.luck
        return cls(
            chart.facts,
            luck.pillars,
            luck.begins.year,
            luck.start_age,
            chart.instant is not None,
            not chart.candidates,
        )


@dataclass(frozen=True, slots=True)
class ReadingInput:
    """Everything one reading needs. ``today`` is the day in Seoul on which it was asked for.

    ``day`` is the day asked about (daily), ``year`` the year asked about; both default to ``today``'s.
    ``turns`` are earlier (question, answer) pairs of a conversation, oldest first.
    """

    kind: str
    person: Person
    today: date
    language: str = "ko"
    mode: str = "general"
    topic: str = ""
    other: Person | None = None
    day: date | None = None
    year: int | None = None
    question: str = ""
    turns: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.mode not in MODES:
            raise ValueError(f"no reading of kind {self.kind!r} and mode {self.mode!r}")
        if self.kind == "topic" and self.topic not in TOPICS:
            raise ValueError(f"no topic {self.topic!r}")
        if self.kind == "match" and self.other is None:
            raise ValueError("a match needs two charts")

    @property
    def about_day(self) -> date:
        return self.day or self.today

    @property
    def about_year(self) -> int:
        """The year asked about: the calendar's for a year's reading, else the pillar year of the day.

        The pillar year turns at the instant of 입춘; a day belongs to the year in which it ends in Korea.
        """
        on = self.about_day
        if self.year is not None or self.kind == "year":
            return self.year or on.year
        midnight_after = datetime.combine(on + timedelta(days=1), time(), KOREA)
        return saju_year(int(midnight_after.timestamp()) - 1)
