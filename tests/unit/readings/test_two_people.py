"""Two people of any ages and relation: each is told of by their own age, called by what they are, and nothing is false."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

from fortune.readings import kinship
from fortune.readings.classic.draft import memory
from fortune.readings.facts.evidence import Evidence
from fortune.readings.inputs import RELATIONS, Person, ReadingInput
from fortune.readings.rendering.render import blocks, plain_text
from tests.unit.readings.charts import compose, inputs, person

# Years of birth by age on TODAY (November 2026).
BORN = {"child": 2019, "teen": 2010, "starter": 2004, "adult": 1988, "mature": 1968, "old": 1940}
_ROMANCE = r"연인|배우자|남편|(?<![가-힣])아내|사랑하는 방식|밀고 당기|스킨십|함께 사는 사이|romance|lover|husband|wife|How \w+ loves"
_WORK = r"일하는 방식|상사|승진|동료|회사|직장|colleague|career|How \w+ works"


def _person(age: str, turn: int) -> Person:
    at = 37 * turn + len(age)
    return person(
        BORN[age] + at % 3, at % 12 + 1, at * 7 % 28 + 1, at * 5 % 24, ("male", "female")[at // 2 % 2]
    )


def _pairs(language: str, turns: int = 2) -> Iterator[ReadingInput]:
    """Yield readings of two: every relation between all ages, with other charts each time."""
    for number, (one, two, relation) in enumerate(product(BORN, BORN, ("", *RELATIONS))):
        for turn in range(turns):
            who, other = _person(one, number + turn), _person(two, 5 * number + 3 * turn + 1)
            yield inputs("match", who=who, other=other, relation=relation, language=language)


def _name(made: ReadingInput) -> str:
    return kinship.name_of_other(made)


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_engine_contradicts_no_reading_of_two(language: str) -> None:
    for made in _pairs(language):
        rows = blocks(compose(made), Evidence.of(made))
        assert [row.html for row in rows if "contradiction" in row.html] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_reading_of_two_says_a_sentence_twice(language: str) -> None:
    for made in _pairs(language):
        said = [
            memory.core(piece).strip() for row in compose(made).split("\n") for piece in memory.sentences(row)
        ]
        assert [row for row in set(said) if len(row) > 8 and said.count(row) > 1] == []


def test_a_child_is_never_addressed_and_everybody_else_is() -> None:
    for made in _pairs("ko", 1):
        text = compose(made)
        assert ("당신" in text) is (made.stage not in ("infant", "child"))
        assert _name(made) in text


def test_an_english_reading_of_a_child_speaks_of_the_child() -> None:
    for made in _pairs("en", 1):
        told = re.sub(r"“[^”]*”|\"[^\"]*\"|## .*", "", compose(made))  # what is quoted speaks for itself
        small = made.stage in ("infant", "child")
        assert ("your child" in told.lower() and "You were born" not in told) or not small
        if small:
            assert not re.search(r"\b[Yy]our (?!child)|\bYou\b", told), told


def test_the_other_is_called_by_what_they_are() -> None:
    child, mother, man, old = (
        person(2020, 4, 11, 9),
        person(1986, 6, 25, 5),
        person(1984, 2, 3, 9, "male"),
        person(1958, 4, 5, 18),
    )
    teen, girl = person(2010, 9, 3, 22, "male"), person(2008, 5, 5, 12)
    called = [
        _name(inputs("match", who=one, other=two, relation=relation, language=language))
        for one, two, relation, language in (
            (child, mother, "family", "ko"), (mother, child, "family", "ko"), (person(1950, 4, 5), child, "family", "ko"),
            (child, person(1950, 4, 5), "family", "ko"), (mother, old, "family", "ko"), (old, mother, "family", "ko"),
            (teen, mother, "family", "ko"), (teen, girl, "family", "ko"), (girl, teen, "family", "ko"),
            (mother, man, "couple", "ko"), (man, mother, "colleagues", "ko"), (teen, girl, "friends", "ko"),
            (teen, mother, "friends", "ko"), (man, child, "friends", "ko"), (man, mother, "lovers", "ko"),
            (child, mother, "family", "en"), (mother, child, "family", "en"), (mother, man, "couple", "en"),
        )
    ]  # fmt: skip
    assert called == [
        "엄마", "아이", "손주", "할머니", "어머니", "딸", "엄마", "누나", "동생", "남편", "동료", "친구", "어른", "아이", "상대",
        "the mother", "your child", "your husband",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "gender", "called"),
    [
        ("우리 둘은 잘 맞나요?", "female", "언니"),
        ("새엄마와 잘 지낼 수 있을까요?", "female", "새어머니"),
        ("시어머니가 자꾸 간섭하세요", "female", "시어머니"),
        ("이모랑 저는 왜 자꾸 부딪칠까요?", "female", "이모"),
        ("시어머니와 이모 가운데 누가 저와 맞나요?", "female", "언니"),
        ("우리 아들이 저를 이해할까요?", "female", "언니"),
        ("사촌과 동업해도 될까요?", "male", "사촌"),
        ("장인어른이 저를 좋아하실까요?", "male", "장인어른"),
    ],
)
def test_somebody_of_nearly_the_same_age_is_called_what_the_question_calls_them(
    question: str, gender: str, called: str
) -> None:
    me, other = person(1990, 4, 11, 9), person(1978, 6, 25, 5, gender)
    made = inputs("question", who=me, other=other, relation="family", question=question)
    assert _name(made) == called
    assert called in compose(made)


def test_particles_fit_the_names() -> None:
    """은, 이, 을 and 과 after a name that ends in a consonant, 는, 가, 를 and 와 after one that doesn't."""
    for made in _pairs("ko", 1):
        name, text = _name(made), plain_text(compose(made))
        closed = (ord(name[-1]) - 0xAC00) % 28 > 0
        wrong = ("는", "가", "를", "와") if closed else ("은", "이", "을", "과")
        assert not [slip for slip in wrong if re.search(rf"(?<![가-힣]){name}{slip}(?![가-힣])", text)]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_of_romance_or_work_is_told_with_a_minor(language: str) -> None:
    for made in _pairs(language):
        if any(kinship.minors(made)):
            assert not re.search(f"{_ROMANCE}|{_WORK}", compose(made))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_child_and_a_grown_up_are_told_of_as_such(language: str) -> None:
    """Between them a contact or a ten god means something else than between two adults, or two children."""
    child, friend, mother, father = (
        _person("child", 1),
        _person("child", 4),
        person(1986, 6, 25, 5),
        person(1984, 2, 3, 9, "male"),
    )
    texts = [
        set(plain_text(compose(inputs("match", who=one, other=two, relation="family", language=language))).split("\n")[8:14])
        for one, two in ((child, mother), (child, friend), (father, mother))
    ]  # fmt: skip
    assert not (texts[0] & texts[1] | texts[0] & texts[2]) - {""}


def test_english_of_somebody_else_has_its_pronouns() -> None:
    told = {
        "You head for your goal, and people lean on you.": "They head for their goal, and people lean on them.",
        "What you have taken on you keep, and you're calm.": "What they have taken on they keep, and they're calm.",
        "Nothing restores you faster; be the first to say thank you.": "Nothing restores them faster; be the first to say thank you.",
        "You've found it yourself: this suits you.": "They've found it themselves: this suits them.",
    }
    assert {text: kinship.as_they(text) for text in told} == told
