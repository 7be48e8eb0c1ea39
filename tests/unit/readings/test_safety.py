"""Signs of crisis are found in real phrasing, and ordinary saju talk raises no alarm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fortune.readings.safety import cautions, crisis_in, crisis_text, disclaimer
from tests.corpora import figures

CORPUS = Path(__file__).parents[2] / "corpora" / "crisis.txt"


def corpus() -> dict[str, list[tuple[str, str]]]:
    """Return the sentences of each half as (sign or "none", words)."""
    halves: dict[str, list[tuple[str, str]]] = {}
    for line in CORPUS.read_text().splitlines():
        if line.startswith("=="):
            half = halves.setdefault(line.strip("= "), [])
        elif line and not line.startswith("#"):
            sign, _, words = line.partition(" | ")
            half.append((sign, words))
    return halves


@pytest.mark.parametrize(("sign", "words"), corpus()["looked at"])
def test_a_cry_for_help_is_heard_and_ordinary_talk_raises_no_alarm(sign: str, words: str) -> None:
    found = crisis_in(words)
    assert (sign in found) if sign != "none" else not found
    assert crisis_in("민지", words) == found


def test_of_sentences_that_no_pattern_was_written_for_most_are_heard() -> None:
    kept = figures.crisis("kept")
    assert kept.recall == 1, kept.missed
    assert kept.alarms <= 0.05, kept.alarmed


@pytest.mark.parametrize("part", ["first", "second", "third", "fourth", "fifth"])
def test_signs_are_heard_in_the_many_ways_people_write_them(part: str) -> None:
    found = figures.crisis(part, "crisis_typed.txt")
    assert found.recall == 1, found.missed
    assert found.alarms == 0, found.alarmed


@pytest.mark.parametrize(("part", "heard"), [("first", 0.98), ("second", 0.98), ("third", 0.95)])
def test_signs_in_fresh_words_are_heard_and_idioms_are_not(part: str, heard: float) -> None:
    found = figures.crisis(part, "crisis_fresh.txt")
    assert found.recall >= heard, found.missed
    assert found.alarms <= 0.04, found.alarmed


@pytest.mark.parametrize("part", ["fourth", "fifth", "sixth", "seventh", "eighth"])
def test_signs_in_later_words_are_heard_and_idioms_are_not(part: str) -> None:
    found = figures.crisis(part, "crisis_later.txt")
    assert found.recall >= 0.96, found.missed
    assert found.alarms == 0, found.alarmed


@pytest.mark.parametrize(("part", "heard"), [("sixth", 0.85), ("seventh", 0.55)])
def test_of_what_is_only_hinted_at_most_is_heard(part: str, heard: float) -> None:
    found = figures.crisis(part, "crisis_typed.txt")
    assert found.recall >= heard, found.missed
    assert found.alarms == 0, found.alarmed


@pytest.mark.parametrize(
    "name",
    [
        "questions.txt",
        "questions_kept.txt",
        "questions_typed.txt",
        "questions_fresh.txt",
        "questions_later.txt",
    ],
)
def test_no_question_of_the_corpora_raises_an_alarm(name: str) -> None:
    assert [row[-1] for row in figures.question_rows(name) if crisis_in(row[-1])] == []


@pytest.mark.parametrize(
    "words",
    ["죽.고.싶.다", "죽 고 싶 어 요", "죽고싶어어어어", "죽\u200b고 싶어", "죽고시퍼", "자1살", "ㅈㅏㅅㅏㄹ", "쥭고싶다", "ＳＵＩＣＩＤＥ", "죽고\n싶어"],
)  # fmt: skip
def test_a_spelling_hides_nothing(words: str) -> None:
    assert crisis_in(words) == {"self"}


def test_nothing_typed_is_no_alarm() -> None:
    assert not crisis_in()
    assert not crisis_in("", "")


def test_long_words_are_read_in_a_moment() -> None:
    for words in ("죽" * 5000, "제가 " * 2500, "자 " * 5000, "ㅈㅅ" * 2500, "a" * 10_000):
        began = time.process_time()
        crisis_in(words)
        assert time.process_time() - began < 2  # a pattern that backtracks without end takes minutes


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_lines_are_named(language: str) -> None:
    assert "109" in crisis_text(frozenset({"self"}), language)
    assert "1366" in crisis_text(frozenset({"violence"}), language)
    both = crisis_text(frozenset({"self", "violence"}), language)
    assert both.index("109") < both.index("112")


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("올해 주식에 투자해도 될까요?", ("money",)),
        ("수술 날짜를 잡아도 될까요?", ("health",)),
        ("소송에서 이길까요?", ("law",)),
        ("이혼하면 집 대출은 어떻게 하죠?", ("money", "law")),
        ("올해 시험 운이 궁금해요", ()),
        ("Should I invest in stocks?", ("money",)),
        ("Will my surgery go well?", ("health",)),
    ],
)
def test_questions_for_a_professional_are_told_apart(question: str, keys: tuple[str, ...]) -> None:
    assert cautions(question) == keys
    assert disclaimer(keys, "ko").count("주세요") == len(keys)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("이번 생은 여기까지인 것 같아요", {"self"}),
        ("이 생은 여기까지 할래요", {"self"}),
        ("이번 생은 여기까지만 고민하고 즐길래요", set()),
        ("이번 생은 망했어요ㅋㅋ 연애는 언제 하나요", set()),
    ],
)
def test_a_life_said_to_end_here_is_a_sign(words: str, found: set[str]) -> None:
    assert crisis_in(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "회사에서 버티는 게 너무 힘들어서 그만두고 싶은데 이직운 있나요",
        "말리지 마세요, 저 유학 갈 거예요",
        "내일 안 늦었으면 좋겠는데 면접운 어때요",
        "아침은 다시 안 먹으려고 하는데 괜찮을까요",
        "학생이 중도 하차하고 싶다는데 어떻게 할까요",
        "베란다 난간이 낮아서 아이가 걱정인데 이사할까요",
        "몇 년을 더 살아야 이 집을 팔 수 있을까요",
        "제 인생을 정리해 주세요",
        "What do I want out of life?",
        "The trip was out of this world!",
        "Is Busan the best way to go, or Seoul?",
        "I don't see the point of staying with him",
        "I won't be here next year since we are moving to Canada",
        "so tired of being here, this office drains me",
        "이만 갈게요 고마워요",
        "먼저 갈게요 고마워요",
        "엄마가 제 방에 들어와서 청소를 해요",
        "아빠가 새벽에 제 방에 들어와서 깨워요",
        "엄마가 제 이불을 다 빨아버렸어요",
        "I can't do this anymore, should I change my job?",
        "I can't take this anymore. Should I quit and move to Busan?",
        "The band would be better without me in it",
        "Will my dog be okay without me when I travel?",
        "한강 다리에서 고백할까 하는데 어때요",
        "어깨가 아파서 제 목을 눌러 주는 마사지를 받아요",
        "he came into my room at night to close the window",
    ],
)
def test_what_only_sounds_like_a_sign_is_none(words: str) -> None:
    assert not crisis_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "하루하루 버티는 게 힘들어서 이제 그만하고 싶어요",
        "말리지 마 나 오늘 한강 간다",
        "아침이 다시는 안 왔으면",
        "내일이 없었으면 좋겠어요",
        "i just want out of life",
        "what is the easiest way to go",
        "이만 떠날게요 고마워요",
        "엄마 이제 갈게요 고마워요",
        "이제 갈게요 고마웠어요",
        "I can't do this anymore",
        "I can't do this anymore. My job is gone and so is my wife.",
        "My team would be better off without me",
    ],
)
def test_the_same_words_said_of_ones_life_are_a_sign(words: str) -> None:
    assert "self" in crisis_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "오빠가 새벽에 제 방에 들어와요",
        "아빠가 술 마시고 제 방에 들어와요",
        "새아빠가 자꾸 제 방에 들어와요",
        "아빠가 제 방에 들어와서 옆에 누워요",
        "삼촌이 제 침대에 올라와요",
    ],
)
def test_who_comes_into_the_room_by_night_or_is_feared_is_a_sign(words: str) -> None:
    assert crisis_in(words) == {"violence"}
