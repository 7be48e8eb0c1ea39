"""The paragraphs of a finished text, each with the verdict that was given on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.streams import Run
from fortune.models import Reading
from fortune.pages.text import paragraphs_of


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``number`` counts from 1. ``verdict``: "right", "wrong" or ""."""

    number: int
    text: str
    verdict: str


def paragraphs(reading: Reading, run: Run, given: Mapping[int, bool]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a version, titles left out."""
    words = {True: "right", False: "wrong"}
    return tuple(
        Paragraph(number, text, words[given[number]] if number in given else "")
        for number, text in enumerate(paragraphs_of(reading, run.text), 1)
    )
