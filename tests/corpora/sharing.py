"""How many sentences the interpreter's readings share: between people, days, years, and kinds.

The share of two texts is twice the number of common sentences by the sum of both, headings and sentences of up to
eight characters left out; of several texts it is the mean over all pairs.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

from fortune.readings.classic.draft import memory
from fortune.readings.inputs import ReadingInput
from tests.unit.readings.charts import READINGS, TODAY, at_random, compose, inputs

PEOPLE = 40
FEW = 8


def sentences(made: ReadingInput) -> set[str]:
    """Return the sentences of a reading, without the short ones."""
    return {said for said in memory.told_in(compose(made)) if len(said) > 8 and not said.startswith("##")}


def share(one: set[str], other: set[str]) -> float:
    """Return the share of two texts."""
    return 2 * len(one & other) / (len(one) + len(other))


def mean_share(texts: list[set[str]]) -> float:
    """Return the mean share of all pairs."""
    pairs = list(combinations(texts, 2))
    return sum(share(a, b) for a, b in pairs) / len(pairs)


def people(language: str = "ko", mode: str = "general") -> float:
    """Return the share between full readings of ``PEOPLE`` random people."""
    return mean_share(
        [sentences(inputs(mode=mode, who=at_random(seed), language=language)) for seed in range(PEOPLE)]
    )


def modes(language: str = "ko") -> float:
    """Return the share between the general and the teacher's reading of the same person."""
    rows = [
        (
            sentences(inputs(who=who, language=language)),
            sentences(inputs(mode="teacher", who=who, language=language)),
        )
        for who in map(at_random, range(PEOPLE))
    ]
    return sum(share(a, b) for a, b in rows) / len(rows)


def days(seed: int, language: str = "ko") -> float:
    """Return the share between two days of a fortnight."""
    who = at_random(seed)
    return mean_share(
        [
            sentences(inputs("daily", who=who, today=TODAY + timedelta(days=n), language=language))
            for n in range(14)
        ]
    )


def years(seed: int, language: str = "ko") -> float:
    """Return the share between two of seven years."""
    who = at_random(seed)
    return mean_share(
        [sentences(inputs("year", who=who, year=2024 + n, language=language)) for n in range(7)]
    )


def repeated(mode: str, language: str = "ko") -> float:
    """Return the share of a topic's, a day's, a year's and an answer's sentences that the full reading says too."""
    again = told = 0
    for who in map(at_random, range(FEW)):
        before = inputs(mode=mode, who=who, language=language)
        full = sentences(before)
        for kind, _, topic in READINGS[2:]:
            if kind != "match":
                text = sentences(inputs(kind, mode, topic, who=who, language=language, about=before))
                again, told = again + len(text & full), told + len(text)
    return again / told
