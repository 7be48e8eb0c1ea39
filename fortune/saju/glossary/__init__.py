"""The glossary: every saju term, romanised once.

A term's key is its romanisation, syllable by syllable, and is the name used in code, in stored charts and
in the ids of statements. ``TERMS[key]`` gives how it is written and what it means in a plain sentence.
"""

from __future__ import annotations

from typing import NamedTuple

from fortune.saju.glossary import core, judgement, options, stars


class Term(NamedTuple):
    """``ko`` is the name in Hangul, ``hanja`` may be empty; ``meaning`` and ``meaning_en`` are sentences."""

    key: str
    ko: str
    hanja: str
    en: str
    meaning: str
    meaning_en: str


def _read(*texts: str) -> dict[str, Term]:
    terms: dict[str, Term] = {}
    for text in texts:
        for line in text.splitlines():
            term = Term(*line.split("|"))
            if term.key in terms:
                raise ValueError(f"the glossary has two entries for {term.key}")
            terms[term.key] = term
    return terms


TERMS = _read(core.ENTRIES, stars.ENTRIES, judgement.ENTRIES, options.ENTRIES)


def ko(key: str) -> str:
    """Return the Korean name of a term."""
    return TERMS[key].ko


def en(key: str) -> str:
    """Return the English name of a term."""
    return TERMS[key].en
