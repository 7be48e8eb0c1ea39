"""The interpreter's texts read aloud: what fits a life, what is said twice, what the chart denies."""

from __future__ import annotations

import re
from datetime import date

import pytest

from fortune.readings.classic.answer.timing import When
from fortune.readings.classic.draft import memory
from fortune.readings.classic.question.asked import Asked
from fortune.readings.facts.evidence import Evidence
from fortune.readings.facts.pairs import pair_facts
from fortune.readings.facts.years import WORTH
from fortune.readings.inputs import Person, ReadingInput
from fortune.readings.rendering.render import blocks
from fortune.saju.calendar.pillars import date_pillar
from fortune.saju.cycle import BRANCH_ELEMENT, BRANCHES, BRANCHES_KO
from fortune.saju.derive.judgements.useful import role_of
from fortune.saju.derive.relations import between
from tests.unit.readings.charts import READINGS, at_random, compose, inputs, person

CHILD, TEEN, ADULT, OLD = (2020, 4, 11, 9), (2009, 9, 3, 22), (1986, 6, 25, 5), (1938, 4, 5, 18)
KINDS = ("full", "daily", "year")


def _people(first: int, last: int, count: int = 24) -> list[Person]:
    """Return people born in some years, spread over the months, days and hours."""
    span = last - first + 1
    return [
        person(first + at % span, at % 12 + 1, at * 7 % 28 + 1, at * 5 % 24, ("male", "female")[at % 2])
        for at in range(count)
    ]


def _texts(people: list[Person], kinds: tuple[str, ...] = KINDS, **more: object) -> str:
    return "\n".join(compose(inputs(kind, who=who, **more)) for kind in kinds for who in people)


# -- what fits a life --


def test_a_child_is_told_of_to_the_parent() -> None:
    for kind in ("full", "daily", "year", "question"):
        text = compose(
            inputs(kind, who=person(*CHILD), question="우리 아이는 언제 한글을 가르치면 좋을까요?")
        )
        assert "당신" not in text
        assert kind == "year" or re.search(r"아이(?:는|가|를|에게|의)", text)
    assert "당신" in compose(inputs(who=person(*TEEN)))


def test_particles_after_the_child_are_right() -> None:
    text = _texts(_people(2015, 2022), ("full", "daily", "year"))
    assert not re.search(r"아이(?:은|을|과)(?![가-힣])", text)


@pytest.mark.parametrize("kinds", [KINDS])
def test_a_child_and_a_teenager_read_nothing_of_money_work_or_drink(kinds: tuple[str, ...]) -> None:
    grown = re.compile(
        r"수입|지출|통장|계약|보증|승진|이력서|월급|(?<!기)회의|윗사람|동료|직장|일터|사회에서는|커피|재테크|배우자|연애|결혼|공과금|검진|밑천"
    )
    assert grown.findall(_texts(_people(2009, 2022, 60), kinds)) == []


def test_the_topics_of_a_minor_are_of_pocket_money_and_friends() -> None:
    made = [
        inputs("topic", topic=topic, who=who)
        for topic in ("wealth", "career", "love")
        for who in _people(2009, 2021)
    ]
    text = "\n".join(compose(one) for one in made)
    assert not re.search(r"보증|부업|승진|재테크|공과금|비상금|투자와 계약|연인|삼각관계", text)


def test_a_child_is_not_told_to_light_candles_or_go_out_alone() -> None:
    assert not re.search(r"촛불|혼자 나가|일 생각|십오 분 걷기|실전처럼", _texts(_people(2015, 2022, 60)))


def test_the_old_read_nothing_of_a_career_a_boss_or_their_mother() -> None:
    career = re.compile(
        r"승진|이력서|지원서|포트폴리오|윗사람|(?<!기)회의|보고는|동료에게|마감 하나|어머니나 스승|믿을 만한 어른|집안 어른|어른 한 분|부업|삼각관계"
        r"|공부를 미루지|좋은 스승이나|사회에서는"
    )
    assert career.findall(_texts(_people(1930, 1960, 60))) == []


def test_a_late_middle_age_is_not_sent_to_its_elders_or_to_an_exam() -> None:
    text = _texts(_people(1963, 1975, 48), ("daily", "year"))
    assert not re.search(
        r"믿을 만한 어른|어른 한 분|어머니나 스승|시험이든 절차|시험, 지원, 승진|삼각관계", text
    )


def test_after_retirement_work_is_a_pastime() -> None:
    question = "퇴직한 뒤에 무엇을 하면 좋을까요?"
    text = compose(inputs("question", who=person(1966, 12, 8, None), question=question))
    assert "소일" in text
    assert not re.search(r"윗사람|승진|지원과", text)


def test_grandchildren_are_not_brought_up() -> None:
    question = "손주들과 잘 지내려면 어떻게 할까요?"
    text = compose(inputs("question", who=person(*OLD, "male"), question=question))
    assert "아이를 키우는 일" not in text
    assert text.split("\n\n")[1].startswith("자녀, 손주와 지내는 일은")


def test_a_family_of_two_generations_apart_is_of_grandparents() -> None:
    old, child = person(*OLD), person(*CHILD)
    both = {
        compose(inputs("match", who=one, other=two, relation="family"))
        for one, two in ((old, child), (child, old))
    }
    assert all(re.search(r"조부모와 손주|할머니, 할아버지", text) for text in both)
    assert "조부모" not in compose(inputs("match", who=person(*ADULT), other=child, relation="family"))


@pytest.mark.parametrize("relation", ["lovers", "couple", ""])
def test_nothing_of_romance_is_told_of_a_minor(relation: str) -> None:
    for one, two in ((ADULT, TEEN), (TEEN, ADULT), (TEEN, TEEN)):
        text = compose(inputs("match", who=person(*one), other=person(*two), relation=relation))
        assert not re.search(r"연인|사랑|밀고 당기기|함께 사는 사이", text)


def test_a_teachers_reading_is_of_somebody_at_work() -> None:
    assert "아이의 일간" not in compose(inputs(mode="teacher", who=person(*CHILD)))


# -- what is said twice, or of nothing --


@pytest.mark.parametrize(("kind", "mode", "topic"), READINGS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_reading_says_a_sentence_twice(kind: str, mode: str, topic: str, language: str) -> None:
    for seed in range(40):
        text = compose(inputs(kind, mode, topic, who=at_random(seed), language=language))
        lines = [memory.core(piece).strip() for line in text.split("\n") for piece in memory.sentences(line)]
        assert [line for line in set(lines) if len(line) > 8 and lines.count(line) > 1] == []


def test_two_alike_are_told_of_together() -> None:
    who, other = person(2001, 2, 17, 14), person(2001, 2, 17, 6, "male")
    for relation in ("lovers", "family", "colleagues"):
        text = compose(inputs("match", who=who, other=other, relation=relation))
        assert "두 사람 모두 빛을 머금은 보석" in text
        assert text.count("빛을 머금은 보석과") == 1
        assert not re.search(r"서로를 서로", text)


def test_a_contact_of_the_day_is_always_explained() -> None:
    for seed in range(40):
        for kind in ("daily", "year"):
            for line in compose(inputs(kind, who=at_random(seed))).split("\n"):
                if "이루어서" in line:
                    assert re.search(r"움직여요\. \S", line), line
                assert not re.match(r"[^가-힣]*(?:변화가 생기기 쉬운|말이 잘 맞는|짝이 맞는) 흐름", line)


def test_names_that_read_as_other_words_come_with_their_signs() -> None:
    for seed in range(120):
        for kind in ("full", "topic"):
            text = compose(inputs(kind, topic="career" if kind == "topic" else "", who=at_random(seed)))
            assert not re.search(
                r"(?<![(가-힣])(?:병신|임신|정사)(?:합|월|일|년|시| 일주| 월주| 대운|이|예)", text
            )


def test_a_year_is_named_once_in_a_list_of_months() -> None:
    for seed in range(30):
        for line in compose(inputs("topic", topic="career", who=at_random(seed))).split("\n"):
            if line.startswith("열두 달을 미리 보면"):
                years = re.findall(r"(20\d\d)년", line)
                assert len(years) == len(set(years))


def test_the_last_month_of_a_year_is_the_next_january() -> None:
    text = compose(inputs("year", year=2027, today=date(2026, 11, 29)))
    assert "이듬해 1월 癸丑월" in text
    assert "- **1월" not in text
    english = compose(inputs("year", year=2027, today=date(2026, 11, 29), language="en"))
    assert "January of the next year" in english


def test_helpful_months_of_a_year_stand_in_order() -> None:
    for seed in range(60):
        text = compose(inputs("year", year=2027, who=at_random(seed)))
        for found in re.findall(r"(?:힘이 되는|쉬어 갈) 달은 (\d+)월과 (\d+)월", text):
            assert int(found[0]) < int(found[1])


def test_english_has_a_space_before_what_stands_in_parentheses() -> None:
    for kind in ("daily", "year", "topic", "full"):
        text = compose(inputs(kind, topic="career" if kind == "topic" else "", language="en"))
        assert not re.search(r"\w\(", text)


def test_of_ones_children_nothing_is_told_of_a_partner() -> None:
    for seed in range(20):
        text = compose(
            inputs("question", who=at_random(seed + 200), question="딸이 사춘기인데 어떻게 대하면 좋을까요?")
        )
        assert not re.search(
            r"사람과 편안해요|사람 곁에서 (?:가진|편안)|사람과 잘 맞아요|오래 편안해요", text
        )


def test_english_sentences_begin_with_a_capital() -> None:
    for seed in range(60):
        for kind in ("full", "match", "daily"):
            text = compose(inputs(kind, who=at_random(seed), language="en"))
            assert not re.search(r"(?<!\d)\. [a-z]", re.sub(r" \[\[.*?\]\]", "", text))


# -- what the chart denies --


def test_two_day_branches_that_half_unite_are_told_so() -> None:
    child, parent = person(*CHILD), person(*ADULT)  # 申 and 子, with 辰 beside them in one chart
    assert {row.kind for row in between(child.pillars.day, parent.pillars.day)} >= {"banhap"}
    assert "반합을 이뤄요" in compose(inputs("match", who=child, other=parent, relation="family"))
    told = {row.id: row.text_ko for row in pair_facts(child, parent)}
    assert "반합" in told["pair.days"]


def test_the_hours_of_a_day_do_what_is_said_of_them() -> None:
    for seed in range(60):
        made = inputs("daily", who=at_random(seed))
        useful = made.person.facts.useful
        first = date_pillar(made.about_day).stem % 5 * 12
        text = compose(made)

        def worth(branch: int, first: int = first, useful: object = useful) -> int:
            stem = (first + branch) % 10 // 2
            return sum(WORTH[role_of(useful, at)] for at in (stem, BRANCH_ELEMENT[branch]))  # type: ignore[arg-type]

        good = re.findall(r"\*\*(.*?)쯤부터 두 시간\*\* — (?!힘이 빠져나가기)", text)
        rest = re.search(r"\(.(.)시\)쯤부터 두 시간\*\* — 힘이 빠져나가기", text)
        helping = re.findall(r"\(.(.)시\)", " ".join(good))
        assert all(worth(_branch(sign)) > 0 for sign in helping), seed
        assert rest is None or worth(_branch(rest[1])) < 0, seed


def _branch(sign: str) -> int:
    """Return the branch that is written in Hangul or in Hanja."""
    return (BRANCHES_KO if sign in BRANCHES_KO else BRANCHES).index(sign)


def test_a_month_with_its_year_is_no_year_to_the_checks() -> None:
    made = inputs("topic", topic="career", language="en")

    def marked(sentence: str) -> bool:
        return "contradiction" in blocks(sentence, Evidence.of(made))[0].html

    assert not marked("June 2027 (Byeong-O (丙午)) supports your balance best.")
    assert marked("2027 (Byeong-O (丙午)) supports your balance best.")


def test_equal_groups_are_called_equal() -> None:
    text = compose(inputs(who=person(*CHILD)))  # three signs of 재성, three of 관성
    assert "관성과 재성이 같은 수로 많고" in text


def test_strength_that_a_triad_gathers_is_given_its_reason() -> None:
    assert "신자진 삼합이" in compose(inputs(who=person(*CHILD)))


def test_a_month_after_the_exam_is_no_month_for_it() -> None:
    question = "내년 수능 공부는 언제 힘을 내면 좋을까요?"
    for who in _people(2008, 2009):
        made = ReadingInput("question", who, date(2026, 11, 29), question=question)
        asked = Asked.of(made)
        assert asked.subject == "exam"
        assert all((row.year, row.number) <= (2027, 11) for row in When.of(made, asked).months)


def test_no_offer_of_three_where_there_are_two() -> None:
    assert not any(
        "셋 가운데" in compose(inputs("topic", topic="study", who=at_random(seed))) for seed in range(30)
    )
