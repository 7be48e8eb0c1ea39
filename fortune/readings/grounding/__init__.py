"""Find the statements of a text that contradict the engine. ``check`` holds each claim against the chart.

- ``names`` finds what a sentence names of a chart.
- ``sentences`` cuts the text, and leaves out what is asked, supposed or said of somebody else.
- ``claims`` reads what is said of what ("the month branch is 편관").
- ``truths`` has the values that are true of each topic and place. A claim whose value is not among them is a finding, with
  a sentence that says what is there instead.

Precision comes before recall: what the engine leaves open is never marked, and an unmarked sentence is not proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims import Claim, claims_of
from fortune.readings.grounding.sentences.scope import Sentence
from fortune.readings.grounding.sentences.split import sentences
from fortune.readings.grounding.sentences.tables import cells
from fortune.readings.grounding.truths.natal import god_and_group
from fortune.readings.grounding.truths.table import fitting
from fortune.readings.grounding.truths.told import told
from fortune.readings.grounding.truths.truth import Finding, Truth
from fortune.readings.inputs import Person
from fortune.saju.derive.basics import GROUPS, TEN_GODS

__all__ = ["Finding", "Truth", "check"]


def check(text: str, truth: Truth) -> tuple[Finding, ...]:
    """Return the contradictions in ``text``, in order, none overlapping."""
    found: list[Finding] = []
    end = 0
    for row in sorted(_findings(text, truth), key=lambda row: (row.start, -row.end)):
        if row.start >= end:
            found.append(row)
            end = row.end
    return tuple(found)


def _findings(text: str, truth: Truth) -> Iterator[Finding]:
    for sentence in sentences(text):
        for one in claims_of(sentence):
            persons = _persons(one, truth)
            if persons and not any(_holds(one, person, truth) for person in persons):
                yield _finding(text, sentence, one, persons[0], truth)
    if "\t" in text:
        yield from _in_tables(text, truth)


def _in_tables(text: str, truth: Truth) -> Iterator[Finding]:
    for cell in cells(text):
        for one in claims_of(cell.sentence):
            persons = _persons(one, truth)
            if persons and not any(_holds(one, person, truth) for person in persons):
                ko, en = told(one.topic, one.where, persons[0], truth)
                yield Finding(cell.start, cell.end, text[cell.start : cell.end], ko, en)


def _persons(one: Claim, truth: Truth) -> tuple[Person, ...]:
    """Return whose chart a claim may be about; none when it is about somebody whose chart is not here."""
    if len(truth.persons) > 1 and one.topic in ("relation", "signs"):
        return ()  # between two people a contact joins cells of both charts
    if one.who == "self":
        return truth.persons[:1]
    is_either = truth.of_child and len(truth.persons) > 1
    return truth.persons[1:] if one.who == "other" and not is_either else truth.persons


def _holds(one: Claim, person: Person, truth: Truth) -> bool:
    if one.seen_by not in (None, person.pillars.day.stem):
        return True
    values = fitting(one.topic, one.where, person, truth)
    if values is None:
        return True
    return (_value(one, person) in values) == one.affirmed


def _value(one: Claim, person: Person) -> Any:
    """Return a claim's value as the table has it: a 용신 told as a group of ten gods is its element."""
    if one.topic != "useful":
        return one.value
    kind, value = one.value
    if kind == "element":
        return value
    group = value if value in GROUPS else god_and_group(value)[1]
    assert group in GROUPS or value in TEN_GODS
    return (person.pillars.day.stem // 2 + GROUPS.index(group)) % 5


def _finding(text: str, sentence: Sentence, one: Claim, person: Person, truth: Truth) -> Finding:
    start, end = sentence.at + one.start, sentence.at + one.end
    ko, en = told(one.topic, one.where, person, truth)
    return Finding(start, end, text[start:end].strip(), ko, en)
