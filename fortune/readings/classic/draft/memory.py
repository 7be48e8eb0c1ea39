"""The sentences that a reader knows already: a text that follows another never says one of its sentences again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from fortune.readings.inputs import MODES, ReadingInput

_MARKER = re.compile(r" ?\[\[[^\]\n]*\]\]")
_END = re.compile(r"(?<=[.?!…])(?=\s)|(?<=[.?!…]['’\"”])(?=\s)")
# A line of a list begins with its label; what it says follows the dash.
_LABEL = re.compile(r"^(?:- )?\*\*[^*]+\*\* — ")


def sentences(line: str) -> list[str]:
    """Return the sentences of one line, each with the space before it: joined, they are the line."""
    return [piece for piece in _END.split(line) if piece]


def core(sentence: str) -> str:
    """Return a sentence as it is compared: without its label and its marks."""
    return _LABEL.sub("", _MARKER.sub("", sentence).strip()).replace("**", "")


def told_in(text: str) -> frozenset[str]:
    """Return every sentence of a text, as they are compared."""
    return frozenset(core(piece) for line in text.splitlines() for piece in sentences(_MARKER.sub("", line)))


def parents_of(inputs: ReadingInput) -> tuple[ReadingInput, ...]:
    """Return the readings that come before this one.

    Before an answer that is the reading that was asked about; before a topic, a day or a year the full one of the same
    mode; before the others none. Before the topic "teacher" it may have been the teacher's reading or the general one.
    """
    if inputs.kind == "question":
        return (inputs.about,) if inputs.about is not None else ()
    if inputs.kind not in ("topic", "daily", "year"):
        return ()
    # The reading of a year is the same whenever it is asked for, so its parent is the full one of that year.
    today = date(inputs.about_year, 6, 1) if inputs.kind == "year" else inputs.today
    modes = MODES if inputs.topic == "teacher" else (inputs.mode,)
    return tuple(
        replace(inputs, kind="full", mode=mode, topic="", day=None, year=None, today=today) for mode in modes
    )
