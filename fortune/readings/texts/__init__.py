"""The texts of the interpreter, by language, and words that take their Korean particle by themselves.

Texts are in ``<language>/*.toml``, with the same keys in each language. A value is a sentence, a template with
``{word}`` or ``{word:은}`` fields, or a list of variants of which a chart always gets the same one.

``<language>/lives/*.toml`` holds what a stage of life is told instead, at the same paths. Where only some sentences of a
text don't suit that age, their numbers are given with the sentences in their place: ``ilju.im_sul = {2 = "…"}``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from fortune.saju.korean import josa

LANGUAGES = ("ko", "en")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s")
_PAIRS = {
    "은": "은/는",
    "이": "이/가",
    "을": "을/를",
    "과": "과/와",
    "으로": "으로/로",
    "이에요": "이에요/예요",
    "이라고": "이라고/라고",
}


class Word(str):
    """A word in a template: ``{word:은}`` appends 은 or 는, as the word requires; any other spec is appended."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if not spec:
            return str(self)
        if spec not in _PAIRS:
            return str(self) + spec
        return josa(str(self), _PAIRS[spec])


def _read(folder: Path) -> dict[str, Any]:
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}


def _load(language: str) -> dict[str, Any]:
    folder = Path(__file__).parent / language
    loaded = _read(folder)
    loaded = {**loaded, **loaded["phrases"]}
    return {**loaded, "lives": {name: _fitted(own, loaded) for name, own in _read(folder / "lives").items()}}


def _fitted(own: dict[str, Any], common: Any) -> dict[str, Any]:
    """Return the texts of a life, with whole texts where it names some sentences of a common one by their numbers."""
    found: dict[str, Any] = {}
    for key, value in own.items():
        here = common.get(key, {}) if isinstance(common, dict) else {}
        if isinstance(value, dict):
            value = _with_sentences(here, value) if isinstance(here, str) else _fitted(value, here)
        found[key] = value
    return found


def _with_sentences(text: str, own: dict[str, str]) -> str:
    """Return a text with some of its sentences, counted from 1, replaced."""
    pieces = _SENTENCE_END.split(text)
    for number, sentence in own.items():
        pieces[int(number) - 1] = sentence
    return " ".join(pieces)


# Read once when the process starts: nothing is parsed while visitors wait.
TEXTS: dict[str, dict[str, Any]] = {language: _load(language) for language in LANGUAGES}


def lookup(language: str, path: str) -> Any:
    """Return the value at a dotted path: a file, then its keys ("stems.gap.core"). KeyError when there is none.

    The tables of ``phrases.toml`` are found without naming the file ("luck.year").
    """
    value: Any = TEXTS[language]
    for part in path.split("."):
        value = value[part]
    return value


@cache
def known(language: str, path: str) -> bool:
    """Return whether there is a value at a dotted path."""
    value: Any = TEXTS[language]
    for part in path.split("."):
        if not isinstance(value, dict) or part not in value:
            return False
        value = value[part]
    return True


def text(language: str, path: str, seed: int = 0, **words: object) -> str:
    """Return the sentence at ``path`` with its fields filled; of variants the one that ``seed`` chooses."""
    value = lookup(language, path)
    if isinstance(value, list):
        value = value[(seed + crc32(path.encode())) % len(value)]
    return filled(str(value), words)


def filled(template: str, words: dict[str, object]) -> str:
    """Return a template with its fields filled; without any it is the text itself."""
    return template.format(**{name: Word(word) for name, word in words.items()}) if words else template
