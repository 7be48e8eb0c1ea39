"""Facts of life and time: age, stage, the coming year, a year's areas and its curve."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fortune.readings.facts.fact_sheet import fact_sheet
from fortune.readings.facts.years import bearings
from fortune.readings.inputs import Person
from fortune.readings.life import STAGES, Life
from fortune.readings.prompts import prompt_of
from fortune.saju import Birth, cast

from .charts import inputs


def facts(birth: Birth, kind: str = "full", *, today: date, **more: object) -> dict[str, str]:
    who = Person.of(cast(birth))
    return {row.id: row.text_ko for row in fact_sheet(inputs(kind, who=who, today=today, **more))}


@pytest.mark.parametrize(
    ("day", "full", "counted"),
    [(date(2026, 5, 14), 35, 37), (date(2026, 5, 15), 36, 37), (date(2027, 1, 1), 36, 38)],
)
def test_age_is_told_in_both_countings(day: date, full: int, counted: int) -> None:
    found = facts(Birth("solar", 1990, 5, 15, 12, 0), today=day)
    assert found["life.age"].startswith(f"나이는 만 {full}세, 세는 나이로 {counted}세예요.")


def test_a_lunar_birth_ages_on_its_solar_day() -> None:
    found = facts(Birth("lunar", 1990, 4, 21, 12, 0), today=date(2026, 5, 15))
    assert "만 36세" in found["life.age"]


def test_somebody_born_on_29_february_is_a_year_older_on_the_first_of_march() -> None:
    life = Life(date(2004, 2, 29), "female")
    assert [life.age(date(2026, *day)) for day in ((2, 28), (3, 1))] == [21, 22]


@pytest.mark.parametrize(
    ("born", "stage"),
    [(2020, "infant"), (2018, "child"), (2010, "teen"), (2004, "young"), (1986, "midlife"), (1966, "mature"), (1938, "elder")],
)  # fmt: skip
def test_lives_stand_in_their_stage(born: int, stage: str) -> None:
    assert Life(date(born, 1, 1), "male").stage(date(2026, 11, 28)) == stage


def test_every_age_has_a_stage() -> None:
    edges = [row[0] for row in STAGES]
    assert edges == sorted(edges)
    assert edges[-1] >= 200


@given(st.dates(date(1930, 1, 1), date(2026, 1, 1)))
def test_no_birth_date_is_told(born: date) -> None:
    who = Person.of(cast(Birth("solar", born.year, born.month, born.day, 12, 0)))
    sheet = " ".join(
        f"{row.text_ko} {row.text_en}" for row in fact_sheet(inputs(who=who)) if row.id.startswith("life.")
    )
    assert str(born.year) not in sheet
    assert born.isoformat() not in prompt_of(inputs(who=who)).messages[0].text


def test_gender_is_a_fact_and_the_other_person_has_a_life_too() -> None:
    found = facts(Birth("solar", 1990, 5, 15, 12, 0, "female"), "match", today=date(2026, 11, 28))
    assert found["life.gender"] == "여성이에요."
    assert found["b.life.gender"] == "남성이에요."
    assert "만 26세" in found["b.life.age"]


@pytest.mark.parametrize(("month", "told"), [(8, False), (9, True), (12, True), (1, False)])
def test_the_coming_year_is_a_fact_from_september(month: int, told: bool) -> None:
    for kind in ("full", "question"):
        found = facts(Birth("solar", 1990, 5, 15, 12, 0), kind, today=date(2026, month, 20))
        assert ("luck.year.next" in found) is told
    if told:
        assert found["luck.year.next"].startswith("2027년: 정미(丁未)")


def test_a_year_has_four_areas_twelve_months_and_ten_decades() -> None:
    found = facts(Birth("solar", 1990, 5, 15, 12, 0, "female"), "year", today=date(2026, 11, 28), year=2027)
    assert sum(name.startswith("luck.area.") for name in found) == 4
    assert sum(name.startswith("luck.month.") for name in found) == 12
    assert sum(name.startswith("luck.decade.") for name in found) == 10
    assert found["life.age"].startswith("그해에 만 37세가 되고, 세는 나이로는 38세예요.")
    # 庚 day, 丁未 year: 丁 is 정관, the spouse's star of a woman; 未 is 인성.
    assert "천간에 관성" in found["luck.area.love"]
    assert "지지에 인성" in found["luck.area.self"]


def test_the_spouse_is_another_star_for_a_man() -> None:
    year = {"today": date(2026, 11, 28), "year": 2024}  # 甲辰: for 庚, 甲 is 재성
    man, woman = (facts(Birth("solar", 1990, 5, 15, 12, 0, g), "year", **year) for g in ("male", "female"))
    assert "천간에 재성" in man["luck.area.love"]
    assert "천간" not in woman["luck.area.love"]


def test_the_curve_lies_between_its_ends_and_follows_the_balance() -> None:
    who = Person.of(cast(Birth("solar", 1990, 5, 15, 12, 0)))
    heights = bearings(who)
    assert len(heights) == 10
    assert all(-2 <= height <= 2 for height in heights)
    told = facts(Birth("solar", 1990, 5, 15, 12, 0), "year", today=date(2026, 11, 28), year=2026)
    assert [
        float(re.search(r"높이는 ([+-][\d.]*\d)", told[f"luck.decade.{n}"])[1]) for n in range(1, 11)
    ] == list(heights)  # type: ignore[index]
