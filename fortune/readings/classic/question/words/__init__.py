"""A plain dictionary for questions: the words of each matter and each person, as visitors write them.

``vocabulary`` has the phrases that need grammar; here are the names of things (occupations, examinations, shops, illnesses,
places, shares, kin) and the words of everyday and chat language. A word is a stem that begins a Korean word ("모솔" is found
in 모솔탈출); "_" is a space that may be left out, "~" before a stem lets it stand within a word, "$" or "_" after it ends
it, and English words stand alone. ``pattern`` makes the expression of a list of them.

- ``livelihood``, ``life``: the words of matters, a matter's key as in ``vocabulary.SUBJECTS``.
- ``scenes``: phrases that tell a matter though its name is not said.
- ``things``: the names of things that belong to a matter, and those that do so only where nothing else is named.
- ``people``: the words for people, as in ``vocabulary.PEOPLE``.
"""

from __future__ import annotations

import re
from typing import Final

from fortune.readings.classic.question.words import life, livelihood, people, scenes, things

_LISTS = (livelihood.WORDS, life.WORDS, scenes.WORDS, things.WORDS)
MATTERS: Final = {key: " ".join(row.get(key, "") for row in _LISTS) for keys in _LISTS for key in keys}
PEOPLE: Final = people.WORDS


def pattern(words: str, *, loose: bool = False) -> str:
    """Return an expression that finds any of the words; ``loose``: only Korean ones of two syllables, anywhere."""
    begun: list[str] = []
    within: list[str] = []
    english: list[str] = []
    for word in words.split():
        if loose and not _is_long(word):
            continue
        stem = word.lstrip("~").removesuffix("$").removesuffix("_")
        if stem.isascii() and not stem.startswith("\\d"):
            english.append(stem.replace("_", " "))
            continue
        ends = "(?![가-힣])" if word.endswith(("$", "_")) else ""
        (within if loose or word.startswith("~") else begun).append(stem.replace("_", " ?") + ends)
    # Stems that begin a word are looked for at the beginnings of words only: one look for all of them.
    parts = (
        f"(?<![가-힣])(?:{'|'.join(begun)})" if begun else "",
        "|".join(within),
        rf"\b(?:{'|'.join(english)})\b" if english else "",
    )
    return "|".join(filter(None, parts))


def _is_long(word: str) -> bool:
    return len(re.sub(r"[^가-힣]", "", word)) > 1
