"""The text of a reading as blocks of sanitised HTML: the same on the page and in the stream."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.limits.days import korean_day
from fortune import author
from fortune.kept import kept
from fortune.models import Reading
from fortune.readings import render, sections
from fortune.readings.evidence import Evidence
from fortune.readings.inputs import ReadingInput
from fortune.saju import cast


def inputs_of(reading: Reading) -> ReadingInput:
    """Return the inputs of the reading, as far as its text is checked against them."""
    chart = cast(reading.birth, reading.options)
    other = cast(reading.other_birth, reading.other_options) if reading.other_chart else None
    return author.inputs_of(reading, chart, other, today=korean_day(reading.created_at))


def section_count(reading: Reading) -> int:
    """Return the number of titled sections that the reading will have."""
    return len(
        sections.titles(reading.kind, mode=reading.mode, topic=reading.topic, language=reading.language)
    )


def blocks_of(reading: Reading) -> render.Blocks:
    """Return an annotator that turns the text of ``reading`` into blocks as it arrives."""
    return _RememberedBlocks(reading)


class _RememberedBlocks(render.Blocks):
    """Keeps what it has made of a text once that has ended, for the page that is opened next."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        super().__init__(Evidence.of(inputs_of(reading)))

    def reset(self) -> None:
        super().reset()
        self._text: list[str] = []
        self._made: list[render.Block] = []

    def feed(self, text: str) -> list[tuple[str, Any]]:
        self._text.append(text)
        return super().feed(text)

    def finish(self) -> list[tuple[str, Any]]:
        events = super().finish()
        kept().put(_key(self._reading, "".join(self._text)), (_html(self._made),))
        return events

    def _event(self, block: render.Block) -> tuple[str, Any]:
        self._made.append(block)
        return super()._event(block)


def blocks_html(reading: Reading, text: str) -> SafeString:
    """Return all blocks of a finished text, each as the stream sends it.

    They are kept, because neither a reading nor a finished text ever changes, and a conversation shows twenty.
    """
    return kept().find(_key(reading, text), lambda: (_blocks_html(reading, text),))[0]


def _key(reading: Reading, text: str) -> Hashable:
    return reading.pk, get_language(), hashlib.blake2b(text.encode(), digest_size=16).digest()


def unfinished_html(reading: Reading, text: str) -> tuple[SafeString, str]:
    """Return the closed blocks of a text that is being written, and its open part, as the stream has sent them."""
    if not text:
        return mark_safe(""), ""
    reader = render.Blocks(Evidence.of(inputs_of(reading)))
    return _html(reader.add(text)), reader.tail.strip()


def _blocks_html(reading: Reading, text: str) -> SafeString:
    return _html(render.blocks(text, Evidence.of(inputs_of(reading))))


def _html(rows: Iterable[render.Block]) -> SafeString:
    return mark_safe("".join(f'<div class="block">{row.html}</div>' for row in rows))  # noqa: S308 - by nh3
