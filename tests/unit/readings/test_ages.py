"""At every age one reads of one's own life, in every kind of reading: no word of another age, no sentence twice."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from fortune.readings.classic.draft import memory
from fortune.readings.inputs import TOPICS, Person, ReadingInput
from fortune.readings.texts import TEXTS
from tests.unit.readings.charts import compose, inputs, person

# Years of birth by age on TODAY (November 2026): 4 to 12, 13 to 17, 20 to 23, 36 to 62, 66 to 96.
AGES = {
    "child": (2014, 2022),
    "student": (2009, 2013),
    "starter": (2003, 2006),
    "middle": (1964, 1990),
    "elder": (1930, 1960),
}
PEOPLE = 32
QUESTIONS = {"ko": "올해 운세가 어때요?", "en": "What will this year be like?"}

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
    ("starter", "ko"): (
        "배우자|부부|자녀|남편|(?<![가-힣])아내|승진|부하(?:직원|들|를)|임원|은퇴|퇴직|노후|손주|자손|명함|연봉|투자|사업|보증|지분|부업|거래|고객|윗사람"
        "|결혼|대출|세금|보험|이직|검진|월급|보고서|동료|계약|살림|공과금|비상금|업무|포트폴리오|수입과|재테크|장난감|놀이터|유치원|선생님 말씀"
    ),
    (
        "middle",
        "ko",
    ): "유치원|장난감|놀이터|수능|반장|용돈을 받|첫 출근|첫사랑|군 복무|손주|학교생활|학교와 친구|우리 아이는|난간|지팡이",
    ("elder", "ko"): (
        "승진|사업|투자|부하(?:직원|들|를)|상사|윗사람|직장|직업|회사|부서|업무|출근|월급|연봉|경력|명함|이력서|취업|이직|창업|고객"
        "|보고서|포트폴리오|부업|재테크|마감|(?<![관재인능정식])성과|팀으로|동료|시험|성적|공부를 미루지|지분|배우자 자리를 고르|밀고 당기"
        "|연인|숨이 찰 만큼|땀이 날 만큼|기획하고|경쟁하는 곳"
    ),
    ("starter", "en"): (
        r"spouse|marri|wedding|promotion|your children|retire|grandchild|colleague|boss\b|superior|taxes|insurance|guarantee|side job|portfolio"
        r"|check-up|contract|mortgage|negotiat|household|calling card|playground|kindergarten|toys"
    ),
    (
        "middle",
        "en",
    ): r"kindergarten|playground|\btoys?\b|your allowance|first job|first love|military|grandchild|at school|school life",
    ("child", "en"): _MINOR_EN + r"|exam\b|exams\b|coffee",
    ("student", "en"): _MINOR_EN,
    ("elder", "en"): (
        r"promotion|career|boss|superior|colleague|salary|wage|income rises|employ|deadline|portfolio|certificate"
        r"|exam\b|exams\b|grades|side job|your team|until you sweat|breathe hard|resume|calling card"
    ),
}
# A title or a fixed name that is told of everybody, and says nothing of the reader.
_NAMES = re.compile(r"배우자 자리로도 보는|also read as the partner's place")


def _people(age: str, count: int = PEOPLE) -> list[Person]:
    """Return people at random, the same each time; one in eight doesn't know the hour."""
    draw, (first, last) = random.Random(age), AGES[age]
    return [
        person(
            draw.randint(first, last), draw.randint(1, 12), draw.randint(1, 28), None if draw.random() < 0.125 else draw.randrange(24),
            draw.choice(("male", "female")),
        )
        for _ in range(count)
    ]  # fmt: skip


def _readings(who: Person, other: Person, language: str) -> Iterator[ReadingInput]:
    """Yield the readings of every kind, those of two with somebody of the same age."""
    for kind in ("full", "daily", "year"):
        yield inputs(kind, who=who, language=language)
    for topic in TOPICS[:7]:
        yield inputs("topic", topic=topic, who=who, language=language)
    yield inputs("question", who=who, language=language, question=QUESTIONS[language])
    for relation in ("family", "friends"):
        yield inputs("match", who=who, other=other, relation=relation, language=language)


def _lines(age: str, language: str, count: int = PEOPLE) -> Iterator[list[str]]:
    """Yield the lines of every kind of reading of people of an age."""
    people = _people(age, count)
    for who, other in zip(people, people[1:] + people[:1], strict=True):
        for made in _readings(who, other, language):
            yield _NAMES.sub("", compose(made)).split("\n")


@pytest.mark.parametrize(("age", "language"), WORDS)
def test_nobody_reads_words_of_another_age(age: str, language: str) -> None:
    words = re.compile(WORDS[age, language], re.IGNORECASE)
    lines = {line for lines in _lines(age, language) for line in lines}
    found = {(match[0], line) for line in lines for match in words.finditer(line)}
    assert not found, sorted(found)[:5]


@pytest.mark.parametrize(("age", "language"), WORDS)
def test_nobody_reads_a_sentence_twice(age: str, language: str) -> None:
    for lines in _lines(age, language, 16):
        said = [memory.core(piece).strip() for line in lines for piece in memory.sentences(line)]
        assert [one for one in set(said) if len(one) > 8 and said.count(one) > 1] == []


_OWN = {"child": "child", "student": "young", "starter": "start", "middle": "mid", "elder": "elder"}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_stages_and_contacts_are_told_by_age(language: str) -> None:
    """None of the five ages reads a sentence of another on a stage, and mostly none on a contact; nor what adults between read."""
    texts = [TEXTS[language], *(TEXTS[language]["lives"][life] for life in _OWN.values())]
    stages = [set(text["stages"].values()) for text in texts]
    assert [len(one) for one in stages] == [12] * 6
    assert all(not one & other for one, other in combinations(stages, 2))
    kinds = [kind for kind, told in texts[0]["relations"].items() if "natal" in told]
    for part in ("natal", "day"):
        told = [[str(text["relations"][kind].get(part)) for kind in kinds] for text in texts]
        for one, other in combinations(told, 2):
            assert sum(a == b != "None" for a, b in zip(one, other, strict=True)) <= 2


@pytest.mark.parametrize("language", ["ko", "en"])
def test_readings_take_the_stages_and_contacts_of_the_age(language: str) -> None:
    for age, life in _OWN.items():
        own = TEXTS[language]["lives"][life]
        told = "\n".join("\n".join(lines) for lines in _lines(age, language, 6))
        wanted = [text for text in own["stages"].values() if text in told]
        other = [text for text in TEXTS[language]["stages"].values() if text in told]
        assert len(wanted) >= 3
        assert other == []
        touched = [
            rows
            for kind in own["relations"]
            if kind != "topics"
            for rows in own["relations"][kind].get("day", ())
        ]
        assert sum(text in told for text in touched) >= 3


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
        "start": ("wealth", "career", "love"),
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
    assert any("곁에 있는 사람" in said for said in seen)


def test_an_english_reading_of_a_child_speaks_of_the_child() -> None:
    """Only what is written to the parent says "you"."""
    of_the_child = re.compile(
        r"\b[Yy]our (?:day|month|year|hour|chart|birth|decade)\b|\bYou (?:have|are|were|tend|can)\b|for you\b"
    )
    for lines in _lines("child", "en", 12):
        assert not [line for line in lines if of_the_child.search(line) and not line.startswith("## ")]
    assert "They were born in" in compose(inputs(who=person(2020, 4, 11, 9), language="en"))
    assert "You were born in" in compose(inputs(who=person(2009, 9, 3, 22), language="en"))


def test_the_titles_of_a_childs_reading_speak_of_the_child() -> None:
    child, parent = person(2020, 4, 11, 9), person(1986, 6, 25, 5)
    for language, of_reader in (("ko", r"나(?![가-힣])|당신"), ("en", r"\b[Yy]ou\b|\b[Yy]our\b(?! child)")):
        for made in _readings(child, parent, language):
            if "teacher" not in (made.mode, made.topic):
                titles = re.findall(r"(?m)^## (.+)", compose(made))
                assert titles
                assert not [title for title in titles if re.search(of_reader, title)]
