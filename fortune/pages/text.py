"""The text of a reading as blocks of sanitised HTML: the same on the page and in the stream."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable
from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.limits.days import korean_day
from fortune import author
from fortune.fragment_cache import fragment_cache
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


def annotators_of(reading: Reading) -> Callable[[], render.Blocks]:
    """Return what makes annotators that turn the text of ``reading`` into blocks as it arrives.

    Evidence is computed when the first is made: a page whose blocks are made already needs none.
    """
    evidence = cache(lambda: Evidence.of(inputs_of(reading)))
    return lambda: _RememberedBlocks(reading, evidence())


class _RememberedBlocks(render.Blocks):
    """Keeps what it has made of a text once that has ended, for the page that is opened next."""

    def __init__(self, reading: Reading, evidence: Evidence) -> None:
        super().__init__(evidence)
        self._reading = reading
        self._text: list[str] = []
        self._made: list[render.Block] = []
        self._is_whole = True  # it has made all blocks of the text itself

    def skip(self, text: str) -> list[tuple[str, Any]]:
        self._is_whole = False
        return super().skip(text)

    def feed(self, text: str) -> dict[str, Any]:
        self._text.append(text)
        return super().feed(text)

    def finish(self) -> list[tuple[str, Any]]:
        events = super().finish()
        if self._is_whole:
            fragment_cache().put(_key(self._reading, "".join(self._text)), (_html(self._made),))
        return events

    def _block(self, source: render.Source) -> render.Block:
        made = super()._block(source)
        self._made.append(made)
        return made


def blocks_html(reading: Reading, text: str) -> SafeString:
    """Return all blocks of a finished text, each as the stream sends it.

    They are kept, because neither a reading nor a finished text ever changes, and a conversation shows twenty.
    """
    return fragment_cache().find(_key(reading, text), lambda: (_blocks_html(reading, text),))[0]


def _key(reading: Reading, text: str) -> Hashable:
    return reading.pk, get_language(), hashlib.blake2b(text.encode(), digest_size=16).digest()


def unfinished_html(reading: Reading, text: str) -> tuple[SafeString, str]:
    """Return the closed blocks of a text that is being written, and its open part, as the stream has sent them."""
    if not text:
        return mark_safe(""), ""
    reader = annotators_of(reading)()
    return _html(reader.add(text)), reader.tail.strip()


def _blocks_html(reading: Reading, text: str) -> SafeString:
    return _html(render.blocks(text, Evidence.of(inputs_of(reading))))


def _html(rows: Iterable[render.Block]) -> SafeString:
    return mark_safe("".join(f'<div class="block">{row.html}</div>' for row in rows))  # noqa: S308 - by nh3
