"""Texts by stage of life: what a child, somebody in midlife, or somebody of 80 reads instead of the common sentence.

``texts/<language>/lives/`` holds a file for each life, with sentences at the same paths as the common ones. Where a life
has none of its own, the common one is said.
"""

from __future__ import annotations

import re

from fortune.readings import kinship
from fortune.readings.inputs import Person, ReadingInput

# By stage of life (``life.STAGES``): the lives whose texts are looked for, the nearest first.
_LIVES = {
    "infant": ("child", "young"),
    "child": ("child", "young"),
    "teen": ("young",),
    "young": ("start",),
    "midlife": ("mid",),
    "mature": ("mature", "mid"),
    "senior": ("elder",),
    "elder": ("elder",),
}
_RETIRED = re.compile(r"퇴직|은퇴|정년|노후|\bretire", re.IGNORECASE)
_OTHER = re.compile(r"상대(는|가|를|와)?(?![가-힣])|상대(?=의|에게)")
_BESIDE = {"는": "은", "가": "이", "를": "을", "와": "과"}


def lives_of(inputs: ReadingInput) -> tuple[str, ...]:
    """Return the lives whose texts a reading prefers; none for a teacher's, because a teacher is at work."""
    if "teacher" in (inputs.mode, inputs.topic):
        return ()
    lives = _LIVES.get(inputs.stage, ())
    if "mid" in lives and inputs.kind == "question" and _RETIRED.search(inputs.question):
        return ("elder",)
    return lives


def lives_of_other(inputs: ReadingInput, other: Person) -> tuple[str, ...]:
    """Return the lives whose texts are told of the second person of a reading."""
    return _LIVES.get(other.life.stage(inputs.about_day), ()) if other.life is not None else ()


def for_a_parent(inputs: ReadingInput) -> bool:
    """Return whether a reading is of a small child, so that a parent reads it."""
    return "child" in lives_of(inputs) and inputs.language == "ko"


def addressed(text: str) -> str:
    """Return a Korean text as a parent reads it: of "아이", and not of "당신"."""
    return kinship.renamed(text, "아이")


def of_the_other(text: str) -> str:
    """Return a Korean text on love as it is told of the second of two: there 상대 would name that person."""
    return _OTHER.sub(lambda found: "곁에 있는 사람" + _BESIDE.get(found[1] or "", ""), text)
