"""The text of a reading as blocks of sanitised HTML: the same on the page and in the stream."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.limits.days import korean_day
from fortune import author
from fortune.models import Reading
from fortune.readings import render, sections
from fortune.readings.evidence import Evidence
from fortune.readings.inputs import ReadingInput
from fortune.saju import cast

# The number of texts whose blocks a worker caches, about 40 KB each.
KEPT = 256

_kept: dict[tuple[UUID, str, str | None], SafeString] = {}


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
    """Return an annotator that turns the text of ``reading`` into blocks as it arrives, for one stream."""
    return render.Blocks(Evidence.of(inputs_of(reading)))


def blocks_html(reading: Reading, text: str) -> SafeString:
    """Return all blocks of a finished text, each as the stream sends it.

    They are cached, because neither a reading nor a finished text ever changes, and a conversation shows twenty.
    """
    key = reading.pk, text, get_language()
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= KEPT:
            _kept.clear()
        found = _kept[key] = _blocks_html(reading, text)
    return found


def unfinished_html(reading: Reading, text: str) -> tuple[SafeString, str]:
    """Return the closed blocks of a text that is being written, and its open part, as the stream has sent them."""
    if not text:
        return mark_safe(""), ""
    reader = blocks_of(reading)
    return _html(reader.add(text)), reader.tail.strip()


def _blocks_html(reading: Reading, text: str) -> SafeString:
    return _html(render.blocks(text, Evidence.of(inputs_of(reading))))


def _html(rows: Iterable[render.Block]) -> SafeString:
    return mark_safe("".join(f'<div class="block">{row.html}</div>' for row in rows))  # noqa: S308 - by nh3
