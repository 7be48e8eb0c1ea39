"""A statement: one thing a chart supports, with a stable id and the cells it rests on."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from fortune.saju.glossary import TERMS

Weight = Literal["fact", "derived", "candidate", "reference"]


class Statement(NamedTuple):
    """One thing the chart supports.

    ``strength``: "fact" follows from the signs by a table (under the chart's options), "derived" from
    counts, weights and edges that are stated, "candidate" is one school's judgement, "reference" an old
    symbol.
    """

    id: str
    text_ko: str
    text_en: str
    cells: tuple[str, ...]
    strength: Weight


@cache
def with_hanja(key: str) -> str:
    """ "천을귀인(天乙貴人)", or the name alone where there are no Hanja."""
    term = TERMS[key]
    return f"{term.ko}({term.hanja})" if term.hanja else term.ko
