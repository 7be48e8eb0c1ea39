"""Prompts hold the chart and nothing about the person."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fortune.author import prompt_for
from fortune.models import Reading
from fortune.readings.inputs import Person, ReadingInput
from fortune.readings.prompts import PROMPT_VERSION, prompt_of
from fortune.readings.sections import titles
from fortune.saju import Birth, cast
from tests.unit.readings.charts import READINGS

TODAY = date(2026, 11, 23)
CHART = cast(Birth("solar", 1990, 5, 15, 12, 34, gender="female", longitude=129.075))
OTHER = cast(Birth("lunar", 1988, 1, 1, None, None, gender="male"))
ALL = pytest.mark.parametrize(("kind", "mode", "topic"), READINGS)


def _build(kind: str = "full", mode: str = "general", topic: str = "", **more: object):  # type: ignore[no-untyped-def]
    other = Person.of(OTHER) if kind == "match" else None
    inputs = ReadingInput(kind, Person.of(CHART), TODAY, mode=mode, topic=topic, other=other, **more)  # type: ignore[arg-type]
    return prompt_of(inputs)


def _words(prompt) -> str:  # type: ignore[no-untyped-def]
    return prompt.system + "\n".join(message.text for message in prompt.messages)


@ALL
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_prompt_holds_a_birth_date_time_or_place(kind: str, mode: str, topic: str, language: str) -> None:
    words = _words(_build(kind, mode, topic, language=language, question="언제 쉬면 좋을까요?"))
    for secret in ("1990", "1988", "05-15", "5월 15일", "12:34", "129.0", "126.9", "Asia", "부산", "서울"):
        assert secret not in words


@ALL
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_prompt_gives_the_titles_in_order(kind: str, mode: str, topic: str, language: str) -> None:
    words = _words(_build(kind, mode, topic, language=language))
    places = [words.index(f"## {title}") for title in titles(kind, mode=mode, topic=topic, language=language)]
    assert places == sorted(places)
    assert "{" not in words


def test_the_chart_is_the_only_truth_and_the_rules_are_there() -> None:
    words = _words(_build())
    for needed in (
        "pillar.day: ",
        "ilgan: ",
        "luck.year: 2026년: 병오(丙午)",
        "useful.eokbu",
        "[[ilgan",
        "겁을 주지",
    ):
        assert needed in words


def test_the_year_is_the_one_in_seoul() -> None:
    new_year = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    words = _words(prompt_for(Reading(kind="year"), CHART, None, now=new_year))
    assert "2027-01-01" in words
    assert "2027년: 정미(丁未)" in words
    assert "2026" not in words.replace("2026–", "").replace("–2026", "")


def test_a_day_brings_its_own_pillar() -> None:
    words = _words(_build("daily", day=date(2024, 1, 1)))
    assert "갑자(甲子)" in words
    assert "2024-01-01" in words


def test_a_conversation_goes_along_bounded() -> None:
    turns = (("첫 물음", "첫 답" * 2_000), ("둘째 물음", ""))
    prompt = _build("question", question="셋째 물음" * 500, turns=turns)
    roles = [message.role for message in prompt.messages]
    assert roles == ["user", "assistant", "user", "assistant", "user", "assistant", "user"]
    assert len(_words(prompt)) < 15_000
    assert prompt.messages[2].text == "첫 물음"
    assert "셋째 물음" in prompt.messages[-1].text


def test_the_interpreter_finds_its_inputs() -> None:
    late = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # the 23rd in Seoul
    prompt = prompt_for(Reading(kind="full", language="en"), CHART, None, now=late)
    assert prompt.inputs.language == "en"
    assert prompt.inputs.today == TODAY


def test_an_unknown_language_is_answered_in_korean() -> None:
    prompt = prompt_for(
        Reading(kind="full", language="fr"), CHART, None, now=datetime(2026, 11, 22, tzinfo=UTC)
    )
    assert prompt.inputs.language == "ko"


def test_prompts_are_bounded() -> None:
    for kind, mode, topic in READINGS:
        assert len(_words(_build(kind, mode, topic))) < 14_000


def test_the_version_is_a_word() -> None:
    assert PROMPT_VERSION.isalnum()
