"""The cells of a table as sentences: a row's label and a column's head say what a cell is of.

A table comes with a tab between two cells of a row. "시주" over "갑(甲)" in the row "천간" is read as "시주 천간은 갑(甲)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fortune.readings.grounding.names.lexicon import mentions
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence

LONGEST_CELL = 24
MOST_CELLS = 120
_BRACKET = re.compile(r"\s*\([^)]*\)")
_HEADS = {
    "year": "년주",
    "month": "월주",
    "day": "일주",
    "hour": "시주",
    "年": "년주",
    "月": "월주",
    "日": "일주",
    "時": "시주",
    "년": "년주",
    "연": "년주",
    "월": "월주",
    "일": "일주",
    "시": "시주",
    "year pillar": "년주",
    "month pillar": "월주",
    "day pillar": "일주",
    "hour pillar": "시주",
    "生年": "년주",
    "生月": "월주",
    "生日": "일주",
    "生時": "시주",
    "stem": "천간",
    "heavenly stem": "천간",
    "branch": "지지",
    "earthly branch": "지지",
    "ten god": "십성",
    "ten gods": "십성",
    "stem ten god": "천간 십성",
    "branch ten god": "지지 십성",
    "pillar": "간지",
    "hidden stems": "지장간",
    "count": "개수",
    "stage": "12운성",
    "life stage": "12운성",
    "age": "나이",
    "luck pillar": "대운",
    "decade": "대운",
}
_PLACE = ("place", "cell")


class Cell(NamedTuple):
    """A cell read as a sentence, and where it stands in the text."""

    sentence: Sentence
    start: int
    end: int


def cells(text: str) -> Iterator[Cell]:
    """Yield the cells of the tables in a text that a head or a label says something of."""
    heads: list[str] = []
    at = left = 0
    for line in text.split("\n"):
        if "\t" in line:
            row = line.split("\t")
            if not heads:
                heads = [_plain(head) for head in row]
            elif left < MOST_CELLS:
                left += len(row)
                yield from _cells(heads, row, at)
        elif heads and line.strip():
            heads = []
        at += len(line) + 1


def _cells(heads: list[str], row: list[str], at: int) -> Iterator[Cell]:
    label = _plain(row[0])
    at += len(row[0]) + 1
    for head, cell in zip(heads[1:], row[1:], strict=False):
        said = cell.strip()
        if said and len(said) <= LONGEST_CELL:
            is_place = bool(head) and _is_place(head)
            words = f"{head} {label}" if is_place else f"{label} {head}"
            if not (is_place or _named(label)):
                words = ""
            unit = "개" if said.isdigit() and head.endswith("수") else ""
            sentence = (
                f"{words}: {said}{unit}."
                if said[-1].isascii() and not said.isdigit()
                else f"{words}은 {said}{unit}이에요."
            )
            named = mentions(sentence) if words else ()
            if named:
                start = at + cell.index(said)
                yield Cell(Sentence(sentence, start, named, asked=False), start, start + len(said))
        at += len(cell) + 1


def _plain(label: str) -> str:
    word = _BRACKET.sub("", label).strip() or label.strip("() ")
    return _HEADS.get(word.lower(), word)


def _named(label: str) -> tuple[Mention, ...]:
    return mentions(label)


def _is_place(head: str) -> bool:
    return any(one.kind in _PLACE for one in mentions(head))
