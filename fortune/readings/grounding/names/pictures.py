"""Pillars told as a picture, a colour or an element with an animal: 푸른 소, 하얀 닭, Fire Horse."""

from __future__ import annotations

import re

from fortune.readings.grounding.names.words import ANIMAL_BRANCHES, ANIMALS, ANIMALS_EN, COLOURS
from fortune.saju.cycle import pillar

_ANIMAL = re.compile(
    rf" ?(?P<animal>{'|'.join(ANIMALS)})(?=의 (?:날|해|일주|기운)|[날해]|(?:에|로) 비유|처럼|같은|[년월일시]?주|\)|[ ,'’]|[이가은는을를][ ])"
)
_ANIMAL_EN = re.compile(rf"[- ](?P<animal>{'|'.join(ANIMALS_EN)})\b", re.IGNORECASE)


def coloured(colour: str, sentence: str, end: int) -> tuple[int, int] | None:
    """Return the pillar that a colour and the animal behind it name, and where it ends."""
    found = _ANIMAL.match(sentence, end)
    if found is None or (colour == "황금" and found["animal"] == "돼지"):
        return None  # 황금돼지 is said of 丁亥 as well
    return _index(COLOURS[colour], ANIMAL_BRANCHES[found["animal"]]), found.end()


def elemental(element: int, sentence: str, end: int) -> tuple[int, int] | None:
    """Return the pillar of "Fire Horse", whose element ends at ``end``, and where it ends."""
    found = _ANIMAL_EN.match(sentence, end)
    return found and (_index(element, ANIMALS_EN.index(found["animal"].lower())), found.end())


def _index(element: int, branch: int) -> int:
    return pillar(2 * element + branch % 2, branch).index
