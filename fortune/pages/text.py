"""The text of a reading as blocks of sanitised HTML: the same on the page and in the stream."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable, Hashable, Iterable
from copy import copy
from typing import Any, Final
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.limits.days import korean_day
from fortune import author
from fortune.casting import chart_of
from fortune.fragment_cache import fragment_cache
from fortune.models import Reading
from fortune.readings import sections
from fortune.readings.facts.evidence import Evidence
from fortune.readings.inputs import ReadingInput
from fortune.readings.rendering import render
from fortune.saju import Chart

# The first sections of a text are open, the others show their title and how they begin, in so many letters.
OPEN: Final = 2
LINE: Final = 60
BEGINS: Final = "<h3 data-section="


def inputs_of(reading: Reading, chart: Chart | None = None) -> ReadingInput:
    """Return the inputs of the reading, as far as its text is checked against them. ``chart``: its own, if it is cast already."""
    chart = chart or chart_of(reading.birth, reading.options)
    return author.inputs_of(reading, chart, author.other_of(reading), today=korean_day(reading.created_at))


def section_count(reading: Reading) -> int:
    """Return the number of titled sections that the reading will have."""
    return len(
        sections.titles(reading.kind, mode=reading.mode, topic=reading.topic, language=reading.language)
    )


def evidence_word(reading: Reading) -> str:
    """Return what opens to the facts that a block of the reading's text rests on."""
    return render.EVIDENCE.get(reading.language, render.EVIDENCE["ko"])


def annotators_of(reading: Reading) -> Callable[[], render.Blocks]:
    """Return what makes annotators that turn the text of ``reading`` into blocks as it arrives.

    Evidence is computed when the first is made: a page whose blocks are made already needs none.
    """
    return _Annotators(reading)


class _Annotators:
    """Makes the annotators of one page, which lives as long as its stream: it keeps the evidence, and no row."""

    __slots__ = ("_evidence", "_id", "_reading")

    def __init__(self, reading: Reading) -> None:
        self._id = reading.pk
        self._reading: Reading | None = _without_derived(reading)
        self._evidence: Evidence | None = None

    def __call__(self) -> render.Blocks:
        if self._evidence is None:
            assert self._reading is not None
            self._evidence = Evidence.of(inputs_of(self._reading)).packed()
            self._reading = None
        return _RememberedBlocks(self._id, self._evidence)


def _without_derived(reading: Reading) -> Reading:
    """Return a copy with what its charts are cast from alone: the rest is 50 KB, which a stream would keep to its end."""
    light = copy(reading)
    light.chart = _cast_from(reading.chart)
    light.other_chart = _cast_from(reading.other_chart) if reading.other_chart else None
    return light


def _cast_from(chart: dict[str, Any]) -> dict[str, Any]:
    return {name: chart[name] for name in ("birth", "options")}


class _RememberedBlocks(render.Blocks):
    """Keeps what it has made of a text once that has ended, for the page that is opened next."""

    def __init__(self, reading_id: UUID, evidence: Evidence) -> None:
        super().__init__(evidence)
        self._id = reading_id
        self._digest = _digest()
        self._made = _Parts()
        self._is_whole = True  # it has made all blocks of the text itself

    def skip(self, text: str) -> list[tuple[str, Any]]:
        self._is_whole = False
        return super().skip(text)

    def feed(self, text: str) -> dict[str, Any]:
        self._digest.update(text.encode())
        return super().feed(text)

    def finish(self) -> list[tuple[str, Any]]:
        events = super().finish()
        if self._is_whole:
            key = self._id, get_language(), self._digest.digest()
            fragment_cache().put(key, (self._made.html(),))
        return events

    def _block(self, source: render.Source) -> render.Block:
        made = super()._block(source)
        if self._is_whole:
            self._made.add(made)
        return made


def blocks_html(reading: Reading, text: str) -> SafeString:
    """Return all blocks of a finished text, each as the stream sends it.

    They are kept, because neither a reading nor a finished text ever changes, and a conversation shows twenty.
    """
    return fragment_cache().find(_key(reading, text), lambda: (_blocks_html(reading, text),))[0]


def paragraphs_of(reading: Reading, text: str) -> tuple[str, ...]:
    """Return the paragraphs of a finished text as plain words, without its titles."""
    rows = render.blocks(text, Evidence.of(inputs_of(reading)))
    return tuple(row.plain for row in rows if row.plain and not row.html.startswith("<h"))


def _key(reading: Reading, text: str) -> Hashable:
    return reading.pk, get_language(), _digest(text.encode()).digest()


def _digest(text: bytes = b"") -> hashlib.blake2b:
    return hashlib.blake2b(text, digest_size=16)


def unfinished_html(reading: Reading, text: str) -> tuple[SafeString, str]:
    """Return the closed blocks of a text that is being written, and its open part, as the stream has sent them."""
    if not text:
        return mark_safe(""), ""
    reader = annotators_of(reading)()
    return _html(reader.add(text)), reader.tail.strip()


def _blocks_html(reading: Reading, text: str) -> SafeString:
    return _html(render.blocks(text, Evidence.of(inputs_of(reading))))


def _html(rows: Iterable[render.Block]) -> SafeString:
    parts = _Parts()
    for row in rows:
        parts.add(row)
    return parts.html()


class _Parts:
    """The HTML of a text's blocks, each section in a part that opens and closes. static/js/parts.js does the same.

    It is written block by block into one buffer: a stream keeps it to its end, and UTF-8 takes a third less than strings.
    """

    __slots__ = ("_awaits_line", "_is_open", "_made")

    def __init__(self) -> None:
        self._made = bytearray()
        self._is_open = False
        self._awaits_line = False  # the last block was a title, beside which the next one's first words stand

    def add(self, row: render.Block) -> None:
        made = _line_of(row) if self._awaits_line else ""
        self._awaits_line = row.html.startswith(BEGINS)
        if self._awaits_line:
            made += "</details>" if self._is_open else ""
            made += f'<details class="part"{" open" if row.section <= OPEN else ""}><summary class="block">{row.html}'
            self._is_open = True
        else:
            made += f'<div class="block">{row.html}</div>'
        self._made += made.encode()

    def html(self) -> SafeString:
        """Return the HTML of a text that ends here."""
        end = _line_of(None) if self._awaits_line else ""
        end += "</details>" if self._is_open else ""
        return mark_safe(self._made.decode() + end)  # noqa: S308 - by nh3, escaped


def _line_of(row: render.Block | None) -> str:
    """Return the end of a title, which shows how the text below it begins."""
    return f' <span class="line">{html.escape(_beginning(row.plain)) if row else ""}</span></summary>'


def _beginning(text: str) -> str:
    """Return how a text begins: its whole words within ``LINE`` letters, and a mark where more follows."""
    if len(text) <= LINE:
        return text
    words, space, _ = text[: LINE + 1].rpartition(" ")
    return f"{words if space else text[:LINE]}…"


def all_open(text: SafeString) -> SafeString:
    """Return a text's blocks with all its parts open, as they are while it is written."""
    return mark_safe(text.replace('<details class="part">', '<details class="part" open>'))  # noqa: S308 - as before


def all_closed(text: SafeString) -> SafeString:
    """Return a text's blocks with each part showing its title and how it begins."""
    return mark_safe(text.replace('<details class="part" open>', '<details class="part">'))  # noqa: S308 - as before
