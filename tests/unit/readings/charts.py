"""Charts and inputs for tests, plain and at random, and the interpreter's texts of them.

People and texts are values, and the same ones are asked for in many tests: each is made once in a module.
"""

from __future__ import annotations

import random
from datetime import date
from functools import cache

from fortune.readings import classic
from fortune.readings.inputs import TOPICS, Person, ReadingInput
from fortune.saju import Birth, cast

TODAY = date(2026, 11, 23)

# (kind, mode, topic) of every kind of reading.
READINGS = (
    ("full", "general", ""),
    ("full", "teacher", ""),
    *(("topic", "general", topic) for topic in TOPICS),
    ("daily", "general", ""),
    ("year", "general", ""),
    ("match", "general", ""),
    ("question", "general", ""),
)


@cache
def person(
    year: int = 1990, month: int = 5, day: int = 15, hour: int | None = 12, gender: str = "female"
) -> Person:
    """庚午 辛巳 庚辰 壬午 unless told otherwise."""
    minute = None if hour is None else 0
    return Person.of(cast(Birth("solar", year, month, day, hour, minute, gender=gender)))


def inputs(
    kind: str = "full", mode: str = "general", topic: str = "", *, who: Person | None = None, **more: object
) -> ReadingInput:
    """Return the inputs of a reading; the second person of a match is 己卯 丙子 戊午 戊午."""
    if kind == "match":
        more.setdefault("other", person(2000, 1, 1, 12, "male"))
    if kind == "question":
        more.setdefault("question", "이직해도 될까요?")
    more.setdefault("today", TODAY)
    return ReadingInput(kind=kind, mode=mode, topic=topic, person=who or person(), **more)  # type: ignore[arg-type]


def at_random(seed: int) -> Person:
    """Return a person; one in four doesn't know the hour."""
    draw = random.Random(seed)
    hour = None if draw.random() < 0.25 else draw.randrange(24)
    return person(
        draw.randrange(1930, 2020), draw.randrange(1, 13), draw.randrange(1, 29), hour,
        draw.choice(("male", "female")),
    )  # fmt: skip


@cache
def compose(made: ReadingInput) -> str:
    """Return the text of the interpreter, which composes the same inputs to the same bytes (see ``test_classic``)."""
    return classic.compose(made)
