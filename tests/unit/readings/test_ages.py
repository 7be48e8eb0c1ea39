"""A child, a student and somebody of great age read of their own lives: no word of another age, no sentence twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from fortune.readings.classic import compose
from fortune.readings.classic.draft import memory
from fortune.readings.inputs import TOPICS, Person, ReadingInput
from fortune.readings.texts import TEXTS
from tests.unit.readings.charts import inputs, person

# Years of birth by age on TODAY (November 2026): 4 to 12, 13 to 17, 66 to 96.
AGES = {"child": (2014, 2022), "student": (2009, 2013), "elder": (1930, 1960)}
PEOPLE = 60

_WORK = (
    "승진|사업|투자|부하(?:직원|들|를)|상사|윗사람|퇴직|은퇴|직장|직업|회사|부서|업무|출근|월급|연봉|수입|지출|경력|명함|이력서|취업|이직"
    "|창업|고객|거래|계약|대출|보증|보험|세금|재테크|부업|포트폴리오|자격증|팀으로|동료|마감|(?<![관재인능정식])성과"
)
_ROMANCE = "배우자|결혼|연인|연애|애인|사랑을 해요|사랑하는 방식|밀고 당기|짝사랑|부부"
_MINOR_EN = (
    r"spouse|marri|wedding|promot|career|business|invest|boss|superior|colleague|salary|wage|retire|income|employ"
    r"|organisation|deadline|contract|insurance|tax(?:es)?\b|guarantee|surety|loan|certificate|romance|romantic|lover|partner's|in love|dating"
)
WORDS = {
    (
        "child",
        "ko",
    ): f"{_WORK}|{_ROMANCE}|시험|성적|발표하고|커피|통장|밑천|검진|살림|술자리|과목|점수가 올라|벼락치기|휴대전화|용돈을 받은 날 바로",
    ("student", "ko"): f"{_WORK}|{_ROMANCE}|커피|통장|밑천|검진|술자리|생활비",
    ("elder", "ko"): (
        "승진|사업|투자|부하(?:직원|들|를)|상사|윗사람|직장|직업|회사|부서|업무|출근|월급|연봉|경력|명함|이력서|취업|이직|창업|고객"
        "|보고서|포트폴리오|부업|재테크|마감|(?<![관재인능정식])성과|팀으로|동료|시험|성적|공부를 미루지|지분|배우자 자리를 고르|밀고 당기"
        "|연인|숨이 찰 만큼|땀이 날 만큼|기획하고|경쟁하는 곳"
    ),
    ("child", "en"): _MINOR_EN + r"|exam\b|exams\b|coffee",
    ("student", "en"): _MINOR_EN,
    ("elder", "en"): (
        r"promotion|career|boss|superior|colleague|salary|wage|income rises|employ|deadline|portfolio|certificate"
        r"|exam\b|exams\b|grades|side job|your team|until you sweat|breathe hard|resume|calling card"
    ),
}
# A title or a fixed name that is told of everybody, and says nothing of the reader.
_NAMES = re.compile(r"배우자 자리로도 보는|also read as the partner's place")


def _people(age: str) -> list[Person]:
    first, last = AGES[age]
    return [
        person(first + at % (last - first + 1), at % 12 + 1, at * 7 % 28 + 1, at * 5 % 24, ("male", "female")[at % 2])
        for at in range(PEOPLE)
    ]  # fmt: skip


def _readings(who: Person, language: str) -> Iterator[ReadingInput]:
    """Yield the readings of every kind that ask for no words themselves."""
    for kind in ("full", "daily", "year"):
        yield inputs(kind, who=who, language=language)
    for topic in TOPICS[:7]:
        yield inputs("topic", topic=topic, who=who, language=language)


@pytest.mark.parametrize(("age", "language"), WORDS)
def test_nobody_reads_words_of_another_age(age: str, language: str) -> None:
    words = re.compile(WORDS[age, language], re.IGNORECASE)
    found = {
        (match[0], line)
        for who in _people(age)
        for made in _readings(who, language)
        for line in _NAMES.sub("", compose(made)).split("\n")
        for match in words.finditer(line)
    }
    assert not found, sorted(found)[:5]


@pytest.mark.parametrize(("age", "language"), WORDS)
def test_nobody_reads_a_sentence_twice(age: str, language: str) -> None:
    for who in _people(age)[:24]:
        for made in _readings(who, language):
            said = [
                memory.core(piece).strip()
                for line in compose(made).split("\n")
                for piece in memory.sentences(line)
            ]
            assert [one for one in set(said) if len(one) > 8 and said.count(one) > 1] == []


@pytest.mark.parametrize("age", ["child", "elder"])
def test_the_day_pillar_and_stem_are_told_by_age(age: str) -> None:
    """Somebody of 40 with the same day reads other sentences of the day stem, and mostly of the day pillar."""
    for language in ("ko", "en"):
        common, own = TEXTS[language], TEXTS[language]["lives"][age]
        for stem, texts in own["stems"].items():
            assert all(
                texts[name] != common["stems"][stem][name]
                for name in texts.keys() & common["stems"][stem].keys()
            )
        assert all(text != common["ilju"][pillar] for pillar, text in own["ilju"].items())
    assert len(TEXTS["ko"]["lives"]["child"]["ilju"]) == 60


def test_every_day_stem_has_a_text_of_each_topic_for_each_age() -> None:
    wanted = {
        "child": ("personality", "wealth", "career", "health", "compatibility"),
        "young": ("wealth", "career", "health", "compatibility"),
        "elder": ("wealth", "career", "love", "health"),
    }
    for language in ("ko", "en"):
        for life, topics in wanted.items():
            deep = TEXTS[language]["lives"][life]["deep"]
            assert {topic: len(deep[topic]) for topic in topics} == dict.fromkeys(topics, 10)


def test_the_second_of_two_is_told_of_by_their_own_age() -> None:
    child, parent, old = person(2020, 4, 11, 9), person(1986, 6, 25, 5), person(1938, 4, 5, 18)
    common, lives = TEXTS["ko"]["stems"], TEXTS["ko"]["lives"]

    def told(one: Person, other: Person) -> str:
        return compose(inputs("match", who=one, other=other, relation="family"))

    # 甲, 庚 and 丁 as day stems.
    assert lives["child"]["stems"]["gap"]["core"] in told(parent, child)
    assert common["gyeong"]["core"] in told(child, parent)
    assert lives["child"]["stems"]["gap"]["gift"] in told(child, old)
    assert lives["elder"]["stems"]["jeong"]["core"] in told(child, old)


def test_some_sentences_of_a_text_are_replaced_by_their_numbers() -> None:
    common, own = TEXTS["ko"]["ilju"]["im_sul"], TEXTS["ko"]["lives"]["young"]["ilju"]["im_sul"]
    before, after = memory.sentences(common), memory.sentences(own)
    assert len(before) == len(after) == 4
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, False, True]


def test_what_is_told_of_the_others_love_names_nobody_twice() -> None:
    """In "상대가 사랑하는 방식" the word 상대 would be the person told of."""
    mine, seen = person(1990, 5, 15), set()
    for day in range(1, 11):
        other = person(1988, 3, day, 9, "male")
        text = compose(inputs("match", who=mine, other=other, relation="lovers"))
        line = next((row for row in text.split("\n") if "상대가 사랑하는 방식" in row), "")
        said = line.partition(" — ")[2]
        assert "상대" not in said
        assert not re.search(r"사람(?:는|가|를|와)(?![가-힣])", said)
        seen.add(said)
    assert any("곁의 사람" in said for said in seen)
