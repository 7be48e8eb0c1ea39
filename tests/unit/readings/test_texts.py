"""The texts of both languages say the same things and ask for the same words."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any

import pytest

from fortune.readings.texts import TEXTS, Word, text


def _flat(table: dict[str, Any], at: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{at}{key}.")
        else:
            yield at + key, value


def _fields(value: Any) -> list[set[str]]:
    rows = value if isinstance(value, list) else [value]
    return [{name for _, name, _, _ in string.Formatter().parse(row) if name} for row in rows]


KOREAN, ENGLISH = dict(_flat(TEXTS["ko"])), dict(_flat(TEXTS["en"]))


def test_both_languages_have_the_same_texts() -> None:
    """But for those in which English alone needs another grammatical person."""
    ours = {key for key in ENGLISH if not key.startswith("lives.told_of.")}
    assert KOREAN.keys() == ours < ENGLISH.keys()


@pytest.mark.parametrize("key", sorted(KOREAN))
def test_both_languages_fill_in_the_same_words(key: str) -> None:
    assert _fields(KOREAN[key]) == _fields(ENGLISH[key])


def test_english_has_no_korean_left() -> None:
    left = [key for key, value in ENGLISH.items() if any("가" <= letter <= "힣" for letter in str(value))]
    assert left == []


def test_korean_texts_hold_no_hanja() -> None:
    left = [key for key, value in KOREAN.items() if any("一" <= letter <= "鿿" for letter in str(value))]
    assert left == []


@pytest.mark.parametrize(
    ("word", "spec", "spoken"),
    [
        ("경금", "은", "경금은"),
        ("계수", "은", "계수는"),
        ("병화", "이에요", "병화예요"),
        ("물", "으로", "물로"),
        ("신해해", "이라고", "신해해라고"),
        ("금", "으로", "금으로"),
        ("득지(일지의 도움)", "은", "득지(일지의 도움)는"),
        ("득령(달의 도움)과 득지(일지의 도움)", "이", "득령(달의 도움)과 득지(일지의 도움)가"),
        ("정유", "에서", "정유에서"),
    ],
)
def test_a_word_takes_the_particle_it_needs(word: str, spec: str, spoken: str) -> None:
    assert format(Word(word), spec) == spoken


def test_a_chart_always_gets_the_same_variant() -> None:
    chosen = {text("ko", "act.close", seed) for seed in range(12)}
    assert len(chosen) == len(KOREAN["act.close"])
    assert text("ko", "act.close", 5) == text("ko", "act.close", 5)
