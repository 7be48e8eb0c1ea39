"""The interpreter's texts: complete, true to the chart, different where charts differ."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from fortune.readings import classic
from fortune.readings.classic.draft import memory
from fortune.readings.classic.draft.memory import sentences
from fortune.readings.classic.draft.page import STEM_KEYS
from fortune.readings.facts.evidence import Evidence
from fortune.readings.rendering.render import blocks, plain_text
from fortune.readings.sections import titles
from fortune.readings.texts import TEXTS
from tests.corpora import sharing
from tests.unit.readings.charts import READINGS, at_random, compose, inputs, person

ALL = pytest.mark.parametrize(("kind", "mode", "topic"), READINGS)


@ALL
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_reading_is_long_enough_and_has_its_titles_in_order(
    kind: str, mode: str, topic: str, language: str
) -> None:
    for seed in range(40):
        made = inputs(kind, mode, topic, who=at_random(seed), language=language)
        text = compose(made)
        wanted = titles(kind, mode=mode, topic=topic, language=language, age=made.age)
        assert tuple(re.findall(r"^## (.+)$", text, re.MULTILINE)) == wanted
        assert len(plain_text(text)) >= 1_200
        assert not re.search(r"[{}]|None|  ", text)


@pytest.mark.usefixtures("read_once")
@ALL
def test_the_engine_contradicts_no_sentence(kind: str, mode: str, topic: str) -> None:
    for seed in range(25):
        for language in ("ko", "en"):
            made = inputs(kind, mode, topic, who=at_random(seed), language=language)
            rows = blocks(compose(made), Evidence.of(made))
            assert [row.html for row in rows if "contradiction" in row.html] == []


@ALL
def test_every_cited_fact_exists(kind: str, mode: str, topic: str) -> None:
    for seed in range(25):
        made = inputs(kind, mode, topic, who=at_random(seed))
        known = Evidence.of(made).citations
        cited = {name for row in re.findall(r"\[\[(.*?)\]\]", compose(made)) for name in row.split(",")}
        assert cited
        assert cited <= known.keys()


@ALL
def test_different_charts_get_different_readings(kind: str, mode: str, topic: str) -> None:
    people = [at_random(seed) for seed in range(30)]
    titled = {row for age in ("", "young", "old") for row in titles(kind, mode=mode, topic=topic, age=age)}
    texts = [
        {row for row in plain_text(compose(inputs(kind, mode, topic, who=who))).split("\n") if row} - titled
        for who in people
    ]
    for one, other in combinations(range(len(people)), 2):
        shared, together = texts[one] & texts[other], texts[one] | texts[other]
        alike = people[one].pillars.day.stem == people[other].pillars.day.stem
        assert len(shared) < (0.9 if alike else 0.4) * len(together)


def test_all_sixty_day_pillars_are_pictured_differently() -> None:
    pictures = set()
    for ordinal in range(date(1990, 1, 1).toordinal(), date(1990, 3, 2).toordinal()):
        day = date.fromordinal(ordinal)
        text = compose(inputs(who=person(day.year, day.month, day.day)))
        pictures.add(next(row for row in text.split("\n") if "pillar.day,stage.day" in row))
    assert len(pictures) == 60


@ALL
@pytest.mark.parametrize("language", ["ko", "en"])
def test_without_the_hour_nothing_is_said_of_it(kind: str, mode: str, topic: str, language: str) -> None:
    claims = (
        r"시주[는은가]|시지|hour branch|hour stem|[이가] 겉에 없|겉으로 보이지 않|No sign of|doesn't show"
    )
    for seed in range(60):
        who = at_random(seed)
        if who.pillars.hour is None:
            text = compose(inputs(kind, mode, topic, who=who, language=language, other=None) if kind != "match"
                           else inputs(kind, who=who, other=who, language=language))  # fmt: skip
            assert not re.search(claims, text)


def test_the_full_reading_says_that_the_hour_is_missing() -> None:
    assert "시각을 알 수 없어" in compose(inputs(who=person(hour=None)))
    assert "시각을 알 수 없어" not in compose(inputs())


@ALL
def test_no_birth_date_is_given_away(kind: str, mode: str, topic: str) -> None:
    text = compose(inputs(kind, mode, topic, who=person(1967, 8, 23, 7)))
    assert "1967" not in text
    assert "8월 23일" not in text
    assert "67년" not in text


def test_a_day_on_which_the_month_turns_is_named_when_the_hour_is_unknown() -> None:
    assert "절기가 바뀌어서" in compose(inputs(who=person(2024, 2, 4, None)))
    assert "절기가 바뀌어서" not in compose(inputs(who=person(2024, 2, 10, None)))


def test_nobody_is_frightened() -> None:
    fear = re.compile(r"죽음|죽을|이혼|사고가|파산|불행|흉하|흉한|대흉|액운|단명|요절")
    for kind, mode, topic in READINGS:
        for seed in range(20):
            assert not fear.search(compose(inputs(kind, mode, topic, who=at_random(seed))))


def test_the_year_comes_from_today() -> None:
    assert "2031년은 신해년이고" in compose(inputs(today=date(2031, 6, 1)))
    # Before 입춘 the pillar year is the one that is ending; a reading of the year means the calendar's.
    assert "2030년은 경술년이고" in compose(inputs(today=date(2031, 1, 10)))
    assert "2031년은 신해년이에요" in compose(inputs("year", today=date(2031, 1, 10)))


def test_a_day_is_told_by_its_own_pillar() -> None:
    assert "갑자" in compose(inputs("daily", day=date(2024, 1, 1)))


def test_the_same_material_gives_the_same_bytes() -> None:
    assert classic.compose(inputs()) == classic.compose(inputs())


AFTER_THE_FULL = sorted({(row[0], row[2]) for row in READINGS if row[0] in ("topic", "daily", "year")})
BEFORE_AN_ANSWER = sorted({(row[0], row[2]) for row in READINGS} - {("question", "")})
QUESTIONS = (
    "이직해도 될까요?", "언제 결혼할까요?", "왜 이렇게 외로울까요?", "요즘 몸이 안 좋은데 괜찮을까요?", "저는 어떤 사람이에요?",
    "교사로 계속 일해도 될까요?", "남편이 바람을 피우는 것 같아요", "내년은 어때요?", "우리 둘은 잘 맞나요?", "로또에 당첨될까요?",
)  # fmt: skip


@pytest.mark.parametrize(("kind", "topic"), AFTER_THE_FULL)
@pytest.mark.parametrize(("mode", "people"), [("general", 40), ("teacher", 10)])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_sentence_of_the_full_reading_is_said_again(
    kind: str, topic: str, mode: str, people: int, language: str
) -> None:
    # The topic of teachers is chosen in the general mode as well, by those who have read either.
    chosen = "general" if topic == "teacher" else mode
    for who in map(at_random, range(people)):
        full = sharing.sentences(inputs(mode=mode, who=who, language=language))
        after = compose(inputs(kind, chosen, topic, who=who, language=language))
        assert memory.told_in(after) & full == set()
        assert _is_whole(after)


@pytest.mark.parametrize(("kind", "topic"), BEFORE_AN_ANSWER)
@pytest.mark.parametrize("mode", ["general", "teacher"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_answer_says_a_sentence_of_what_was_asked_about(
    kind: str, topic: str, mode: str, language: str
) -> None:
    for who in map(at_random, range(2)):
        about = inputs(kind, mode, topic, who=who, language=language)
        told = sharing.sentences(about)
        for asked in QUESTIONS:
            answer = compose(replace(about, kind="question", topic="", question=asked, about=about))
            assert memory.told_in(answer) & told == set(), asked
            assert _is_whole(answer), asked


def _is_whole(text: str) -> bool:
    """Return whether a text is long enough and none of its sections is empty."""
    sections = text.removeprefix("## ").split("\n## ")
    return len(text) >= 600 and all(part.partition("\n")[2].strip() for part in sections)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_people_differ_and_so_do_the_general_and_the_teachers_reading(language: str) -> None:
    assert sharing.people(language) <= 0.10
    assert sharing.modes(language) <= 0.36


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_readings_of_teachers_differ(language: str) -> None:
    assert sharing.people(language, "teacher") <= 0.12


def test_days_and_years_differ() -> None:
    for seed in range(sharing.FEW):
        assert sharing.days(seed) <= 0.25
        assert sharing.years(seed) <= 0.25


def test_every_day_pillar_has_a_text_of_its_own() -> None:
    for language in ("ko", "en"):
        own = TEXTS[language]["ilju"]
        assert {key.split("_")[0] for key in own} == set(STEM_KEYS)
        said = [piece.strip() for text in own.values() for piece in sentences(text)]
        assert len(own) == 60
        assert len(set(said)) == len(said) >= 180
    assert TEXTS["ko"]["ilju"]["gyeong_jin"] in compose(inputs()).replace(" [[pillar.day]]", "")


def test_a_question_about_illness_is_sent_to_a_professional() -> None:
    assert "의사나 전문가" in compose(inputs("question", question="요즘 자꾸 아픈데 괜찮을까요?"))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_cry_for_help_gets_the_line_and_no_reading(language: str) -> None:
    text = compose(inputs("question", question="그냥 죽고 싶어요", language=language))
    assert "109" in text
    assert "##" not in text


def test_a_day_belongs_to_the_year_whose_ipchun_it_has_seen() -> None:
    # 입춘 2025 fell on 3 February at 23:10 in Korea, 입춘 2024 on 4 February, 입춘 2036 falls on the 4th.
    for day, year in (
        (date(2025, 2, 2), 2024),
        (date(2025, 2, 3), 2025),
        (date(2024, 2, 3), 2023),
        (date(2024, 2, 4), 2024),
        (date(2026, 12, 31), 2026),
    ):
        assert inputs("daily", today=day).about_year == year


def test_where_strength_and_season_differ_the_reading_says_which_leads_and_why() -> None:
    against = plain_text(compose(inputs(who=person(1954, 3, 16, 6))))
    assert "서로 누르는 사이라 부딪쳐요. 균형을 먼저 보는 적천수천미를 따라" in against
    assert "계절을 먼저 보는 궁통보감이라면" in against
    chosen = plain_text(compose(inputs(who=person(1971, 10, 6, 6))))
    assert "강한 기운을 덜어 낼 길이 여럿인데, 그 가운데 태어난 계절이 먼저 찾는" in chosen
    assert "계절의 치우침을 먼저 달래야" not in chosen
    pressing = plain_text(compose(inputs(who=person(1952, 6, 9, 20))))
    assert "계절의 치우침을 먼저 달래야" in pressing
