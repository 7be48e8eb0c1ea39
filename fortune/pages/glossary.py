"""The glossary in the order of its language, under the letter that each word begins with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from fortune.pages.charts.labels import anchor, english, meaning_of, name_of
from fortune.saju.glossary import TERMS

# The nineteen initial consonants in Unicode's order, the tense ones under their plain ones.
INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
FIRST, BLOCK = ord("가"), 21 * 28


@dataclass(frozen=True, slots=True)
class TermView:
    """``other``: the Hanja, or the Korean name for readers of English."""

    id: str
    name: str
    other: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Group:
    letter: str
    terms: tuple[TermView, ...]


def glossary_groups() -> tuple[Group, ...]:
    rows = sorted(
        (
            TermView(anchor(key), name_of(key), term.ko if english() else term.hanja, meaning_of(key))
            for key, term in TERMS.items()
        ),
        key=lambda row: (_letter(row.name), row.name),
    )
    return tuple(
        Group(letter, tuple(found)) for letter, found in groupby(rows, lambda row: _letter(row.name))
    )


def _letter(name: str) -> str:
    """ㄱ … ㅎ, A … Z, or 1–9 for a name that begins with a figure."""
    first = name[0].upper()
    if "가" <= first <= "힣":
        return INITIALS[(ord(first) - FIRST) // BLOCK]
    return first if first.isalpha() else "1–9"
