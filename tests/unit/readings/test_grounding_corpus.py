"""The grounding corpus: of decidable sentences at least 95 % of the false ones are marked and at most 3 % of the true."""

from __future__ import annotations

import itertools
import re
import time

import pytest

from fortune.readings.grounding import Truth, check
from fortune.readings.grounding.claims import english
from fortune.readings.grounding.claims.english.clauses import clauses
from fortune.readings.grounding.sentences.split import sentences
from tests.corpora import figures
from tests.unit.readings.charts import at_random, inputs


@pytest.mark.parametrize("half", ["tuned", "kept back"])
def test_false_sentences_are_marked_and_true_ones_left_alone(half: str) -> None:
    found = figures.grounding(half)
    assert found.recall >= 0.95, found.missed
    assert found.alarms <= 0.03, found.alarmed


@pytest.mark.parametrize("part", ["first", "second", "third"])
def test_sentences_as_models_say_them_are_read(part: str) -> None:
    found = figures.said(part)
    assert found.recall == 1, found.missed
    assert found.alarms == 0, found.alarmed


@pytest.mark.parametrize("part", figures.FILLED)
def test_facts_that_the_engine_filled_in_are_read(part: str) -> None:
    found = figures.filled(part)
    assert found.recall >= 0.97, found.missed
    assert found.alarms <= 0.01, found.alarmed


@pytest.mark.parametrize("part", figures.FRESH)
def test_every_kind_of_claim_is_read_in_other_words(part: str) -> None:
    found = figures.fresh(part)
    assert found.recall >= 0.95, found.missed
    assert found.alarms <= 0.03, found.alarmed


@pytest.mark.parametrize(
    ("part", "marked"), [*zip(figures.LATER, (0.93, 0.95, 0.86, 0.93, 0.95, 0.9), strict=True)]
)
def test_claims_as_language_models_write_them_are_read(part: str, marked: float) -> None:
    found = figures.later(part)
    assert found.recall >= marked, found.missed
    assert found.alarms <= 0.01, found.alarmed


@pytest.mark.parametrize("part", figures.LATEST)
def test_whole_korean_readings_of_language_models_are_read(part: str) -> None:
    found = figures.latest(part)
    assert found.recall >= {"ninth": 0.85, "fifteenth": 0.93}.get(part, 0.96), found.missed
    assert found.alarms == 0, found.alarmed


@pytest.mark.parametrize("part", figures.ENGLISH)
def test_english_is_read_in_words_that_no_pattern_lists(part: str) -> None:
    found = figures.english(part)
    assert found.recall >= 0.95, found.missed
    assert found.alarms <= 0.01, found.alarmed


@pytest.mark.parametrize("part", ["harmless", "harmless, second"])
def test_nothing_is_marked_that_is_true_or_said_of_nobody(part: str) -> None:
    assert figures.later(part).alarmed == ()


def test_nothing_near_the_latest_claims_is_marked_that_is_true_or_said_of_nobody() -> None:
    assert figures.latest("harmless").alarmed == ()


def test_readers_of_english_find_nothing_in_a_clause_without_what_they_need() -> None:
    """They are not asked then: what each needs is listed beside it, and its patterns could come to need less."""
    said = (s for text in figures.sentences("grounding_english.txt") for s in sentences(text) if s.is_english)
    for clause in itertools.chain.from_iterable(map(clauses, said)):
        kinds, words = {m.kind for m in clause.mentions}, set(re.findall("[a-z]+", clause.lower))
        for reader, needed, hints in english.READERS:
            if kinds.isdisjoint(needed) and words.isdisjoint(hints):
                assert list(reader(clause)) == [], clause.text


@pytest.mark.usefixtures("read_once")
def test_every_finding_is_told_whoever_the_chart_belongs_to() -> None:
    texts = (
        *figures.sentences(),
        *figures.sentences("grounding_said.txt"),
        *figures.sentences("grounding_fresh.txt"),
        *figures.sentences("grounding_later.txt"),
        *figures.sentences("grounding_latest.txt"),
        *figures.sentences("grounding_english.txt"),
    )
    for seed in range(3):
        who, other = at_random(seed), at_random(seed + 90)
        readings = inputs(who=who), inputs("daily", who=who), inputs("match", who=who, other=other)
        for truth in map(Truth.of, readings):
            found = [row for text in texts for row in check(text, truth)]
            assert found
            assert all(row.truth_ko and row.truth_en and row.claim for row in found)


@pytest.mark.parametrize(
    "piece",
    [
        "편재가 3개 ",
        "월지와 일지가 ",
        "庚辰",
        "목 화 토 금 수 ",
        "wood fire ",
        "자오충 ",
        "당신의 일주는 경진이고 ",
    ],
)
def test_the_longest_block_never_keeps_a_worker_from_switching(piece: str) -> None:
    block = (piece * 3_000)[:3_000]
    before = time.process_time()
    check(block, Truth.of(inputs()))
    assert time.process_time() - before < 0.5  # some milliseconds; what this catches are seconds
