"""From material to the finished text. Pure and deterministic: the same material, the same bytes."""

from __future__ import annotations

from fortune.readings.classic import full
from fortune.readings.classic.page import Page
from fortune.readings.material import Material

_KINDS = {"full": full.write}


def compose(material: Material) -> str:
    """The whole reading as Markdown: `## ` titles, paragraphs that end with their facts in `[[…]]`."""
    page = Page.of(material)
    _KINDS[material.kind](page)
    return page.finished()
