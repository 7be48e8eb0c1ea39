"""Mentions are found by their first letter, and are all that the words and patterns would find by themselves."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fortune.readings.classic import compose
from fortune.readings.grounding.names import lexicon
from fortune.readings.grounding.names.lexicon import mentions
from fortune.readings.grounding.names.words import NOT_AFTER, NOT_BEFORE, WORDS
from tests.corpora import figures
from tests.unit.readings.charts import READINGS, inputs


@cache
def _plain() -> re.Pattern[str]:
    """Return the same alternatives one after another, each with its own guards in front of it."""
    korean = sorted((word for word in WORDS if not word.isascii()), key=len, reverse=True)
    english = sorted((word for word in WORDS if word.isascii()), key=len, reverse=True)
    rows = "|".join(
        (f"(?<![{NOT_BEFORE[word]}])" if word in NOT_BEFORE else "")
        + re.escape(word)
        + (f"(?!{NOT_AFTER[word]})" if word in NOT_AFTER else "")
        for word in korean
    )
    return re.compile(
        rf"(?P<word>{rows})|{'|'.join(lexicon._GROUPS)}|(?P<english>\b(?ai:{'|'.join(map(re.escape, english))})\b)"
    )


def _found(pattern: re.Pattern[str], text: str) -> list[tuple[str | None, tuple[int, int]]]:
    return [(match.lastgroup, match.span()) for match in pattern.finditer(text)]


@pytest.mark.parametrize("corpus", ["grounding.txt", "grounding_said.txt"])
def test_sentences_of_the_corpus_name_what_the_plain_pattern_finds(corpus: str) -> None:
    text = "\n".join(figures.sentences(corpus))
    found = _found(lexicon._MASTER, text)
    assert len(found) > 100
    assert found == _found(_plain(), text)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_texts_of_every_kind_name_what_the_plain_pattern_finds(language: str) -> None:
    for kind, mode, topic in READINGS:
        text = compose(inputs(kind, mode, topic, language=language))
        assert _found(lexicon._MASTER, text) == _found(_plain(), text)


# Words and signs of every pattern, with the letters that guards look at.
_PIECES = st.sampled_from(
    [
        *WORDS, *(word.title() for word in WORDS if word.isascii()), *"갑을병정자축인묘甲乙子丑목화토금수木火합충형파해沖刑陰",
        *("자오", "갑기", "子午", "갑자", "甲子(갑자)", "갑목", "신금(辛)", "양의 나무", "음화", "yin Wood", "Bing-Zi", "gap ja", "FIRE"),
        *("2026년", "1990", "5월", "자월에 태어", "만 33세", "30대", "age of 30", "3–12", "٣월", "육합", " 합이 ", "에", "은", "의"),
        *(" ", ".", ", ", "(", ")", "가", "\n", "x", "ſ", "7"),
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=12).map("".join))
@example("상관없어요 무상관 일상 시상관")
def test_any_words_name_what_the_plain_pattern_finds(text: str) -> None:
    assert _found(lexicon._MASTER, text) == _found(_plain(), text)


@pytest.mark.parametrize("text", ["ſeal", "poſt horse", "Your Seal", "an officer's ſeal ſtar"])
def test_a_letter_that_only_looks_like_one_of_a_word_is_none(text: str) -> None:
    assert all(text[one.start : one.end].isascii() for one in mentions(text))
