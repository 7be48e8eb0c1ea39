"""The text of a reading as blocks of sanitised HTML: the same on the page and in the stream."""

from __future__ import annotations

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from fortune.models import Reading
from fortune.readings import sections
from fortune.saju import Chart


def section_count(reading: Reading) -> int:
    """How many titled sections the reading will have."""
    return len(
        sections.titles(reading.kind, mode=reading.mode, topic=reading.topic, language=reading.language)
    )


def blocks_html(reading: Reading, chart: Chart, text: str) -> SafeString:
    """All blocks of a finished text."""
    return format_html_join("", '<div class="block"><p>{}</p></div>', ((escape(part),) for part in text.split("\n\n")))
