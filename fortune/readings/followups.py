"""Questions a visitor may want to ask next, chosen from the chart's facts and the reading just read.

A suggestion fills the input; it is never sent by itself.
"""

from __future__ import annotations

from fortune.readings.classic.paragraphs.portrait import group_counts, main_group
from fortune.readings.inputs import ReadingInput
from fortune.readings.texts import lookup, text
from fortune.saju.calendar.pillars import year_pillar
from fortune.saju.derive.basics import GROUPS, TEN_GODS, ten_god

COUNT = 3


def suggestions(inputs: ReadingInput, count: int = COUNT) -> tuple[str, ...]:
    """Return up to ``count`` questions, none that was asked already in this conversation."""
    asked = {inputs.question.strip(), *(question.strip() for question, _ in inputs.turns)}
    rows = (row for row in dict.fromkeys(_candidates(inputs)) if row not in asked)
    return tuple(row for row, _ in zip(rows, range(count), strict=False))


def _candidates(m: ReadingInput) -> list[str]:
    """Return every fitting question, the most fitting first."""
    if m.other is not None:
        return _about_the_pair(m)
    f, year = m.person.facts, m.about_year
    god = ten_god(f.pillars.day.stem, year_pillar(year).stem)
    keys = [f"year.{GROUPS[TEN_GODS.index(god) // 2]}", f"main.{GROUPS[main_group(f)]}"]
    if f.pillars.hour is not None:
        keys += [f"none.{GROUPS[at]}" for at, n in enumerate(group_counts(f)) if n == 0][:1]
    at = m.decade_at
    if at is not None and m.person.decades[at].ends.year - year <= 3:
        keys.insert(1, "turn")
    if any(row.kind == "chung" and "day" in row.places for row in f.relations):
        keys.append("chung")
    kind = m.topic or m.kind
    if kind in lookup(m.language, "followups.kind"):
        keys.insert(1, f"kind.{kind}")
    keys.append("useful")
    keys += ["kind.full", "kind.career", "kind.love"]
    return [text(m.language, f"followups.{key}", m.person.seed, year=year) for key in keys]


def _about_the_pair(m: ReadingInput) -> list[str]:
    """Return the questions that fit what the two are to each other."""
    return [
        *lookup(m.language, f"followups.pair.{m.relation or 'none'}"),
        *lookup(m.language, "followups.pair.none"),
    ]
