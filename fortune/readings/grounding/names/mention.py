"""One named thing of a sentence, and how signs are spelt in Latin letters."""

from __future__ import annotations

from typing import Any, NamedTuple


class Mention(NamedTuple):
    """One named thing: its kind, its value, and where it stands in the sentence."""

    kind: str
    value: Any
    start: int
    end: int


ROMAN_STEMS = (
    ["gap", "eul", "byeong", "jeong", "mu", "gi", "gyeong", "sin", "im", "gye"],
    ["jia", "yi", "bing", "ding", "wu", "ji", "geng", "xin", "ren", "gui"],
)
ROMAN_BRANCHES = (
    ["ja", "chuk", "in", "myo", "jin", "sa", "o", "mi", "sin", "yu", "sul", "hae"],
    ["zi", "chou", "yin", "mao", "chen", "si", "wu", "wei", "shen", "you", "xu", "hai"],
)
"""Each in the Korean and in the Chinese spelling."""
