"""One fact of one chart is told alike by timeline, fact sheet, prompt, text and grounding."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.limits.days import KOREA
from fortune.pages.charts.details import details
from fortune.pages.charts.luck import luck_view
from fortune.readings.classic import compose
from fortune.readings.facts.fact_sheet import fact_sheet
from fortune.readings.grounding.truths.truth import Truth
from fortune.readings.inputs import Person, ReadingInput
from fortune.readings.prompts import prompt_of
from fortune.saju import Birth, cast
from fortune.saju.calendar.pillars import ipchun_on
from fortune.saju.cycle import ELEMENTS_KO
from fortune.saju.derive.judgements.open_hour import open_hour
from fortune.saju.terminal.judged import judgement_json

NOW = date(2026, 11, 28)
births = st.builds(
    lambda day, minute, gender: Birth(
        "solar", day.year, day.month, day.day,
        None if minute is None else minute // 60, None if minute is None else minute % 60, gender,
    ),
    st.dates(date(1930, 1, 1), date(2026, 11, 1)),
    st.none() | st.integers(0, 1439),
    st.sampled_from(["male", "female"]),
)  # fmt: skip
days = st.dates(date(2026, 1, 1), date(2031, 12, 31))
# Its first 대운 began on 2017-01-09, in a year before which the 대운수 would have it.
PARTED = Birth("solar", 2006, 8, 7, 21, 27, "female")


def facts_of(birth: Birth, day: date, kind: str = "full") -> tuple[ReadingInput, dict[str, str]]:
    inputs = ReadingInput(kind, Person.of(cast(birth)), day, year=day.year if kind == "year" else None)
    return inputs, {row.id: row.text_ko for row in fact_sheet(inputs)}


@given(births, days)
@example(PARTED, NOW)
def test_the_present_decade_is_the_same_everywhere(birth: Birth, day: date) -> None:
    inputs, facts = facts_of(birth, day)
    view = luck_view(cast(birth), now=datetime.combine(day, time(9), KOREA))
    marked = [step for step in view.decades if step.is_now]
    assert len(marked) <= 1
    written = compose(inputs)
    if not marked:
        assert "luck.now" not in facts
        assert inputs.decade_at is None
        assert "아직 첫 대운이 시작되기 전" in written
        return
    (now,) = marked
    _god, _hanja, sign, *_ = re.sub("<[^>]*>", "", now.letters).split("\n")
    assert f": {sign}(" in facts["luck.now"]
    assert facts["luck.now"] in prompt_of(inputs).messages[0].text
    assert re.search(rf"지금은 (?:[丙壬丁][申巳]\()?{sign}\)? 대운을", written)
    truth = Truth.of(inputs)
    assert truth.now is not None
    assert truth.persons[0].luck[truth.now].hangul == sign


@given(births, days)
@example(PARTED, NOW)
def test_the_years_of_a_decade_are_the_same_everywhere(birth: Birth, day: date) -> None:
    inputs, facts = facts_of(birth, day)
    view = luck_view(cast(birth), now=datetime.combine(day, time(9), KOREA))
    if "luck.now" not in facts:
        assert view.decade == 0
        return
    told = [int(year) for year in re.findall(r"(\d{4})년", facts["luck.now"].split(":")[0])]
    shown = [step.value for step in view.years]
    assert shown[-1] == min(max(told[1], inputs.about_year), 2100)
    assert shown[0] == min(told[0], inputs.about_year)
    assert f"이 흐름은 {told[1]}년 무렵까지" in compose(inputs)
    assert view.year in shown


@given(births, days)
@example(PARTED, NOW)
@example(PARTED, date(2026, 2, 4))
@example(Birth("solar", 1930, 1, 4, None, None, "female"), date(2031, 3, 1))  # older than ten decades
def test_the_year_and_its_month_are_the_same_everywhere(birth: Birth, day: date) -> None:
    inputs, facts = facts_of(birth, day)
    view = luck_view(cast(birth), now=datetime.combine(day, time(0, 1), KOREA))
    assert facts["luck.year"].startswith(f"{view.year}년: ")
    (year,) = [step for step in view.years if step.is_now]
    assert year.value == inputs.about_year
    assert sum(step.is_now for step in view.months) == 1


@given(births, days)
@example(Birth("solar", 1990, 12, 31, 23, 50, "male"), NOW)
def test_the_present_year_is_not_said_to_be_an_age_that_is_yet_to_come(birth: Birth, day: date) -> None:
    _inputs, facts = facts_of(birth, day)
    view = luck_view(cast(birth), now=datetime.combine(day, time(9), KOREA))
    (year,) = [step for step in view.years if step.is_now]
    (own,) = map(int, re.findall(r"만 (\d+)세", facts["life.age"]))
    turning = [int(age) for age in re.findall(r"^(\d+)세 되는 해", year.note)]
    own -= day.year - year.value  # before 입춘 the last year is still the present one
    assert turning in ([], [own], [own + 1])
    assert bool(turning) == (year.value > birth.year)


@given(births.filter(lambda birth: birth.hour is None))
@example(Birth("solar", 1990, 5, 15, None, None, "male"))
def test_an_unknown_hour_leaves_the_beginning_of_luck_open(birth: Birth) -> None:
    luck = cast(birth).luck
    how = luck_view(cast(birth), now=datetime.combine(NOW, time(9), KOREA)).how
    assert luck.start_age_range is not None
    low, high = luck.start_age_range
    assert f"(대운수 {low})" in how if low == high else f"(대운수 {low}–{high})" in how
    assert "다를 수 있어요" in how and "만 " not in how


@given(births, st.integers(2026, 2031))
def test_the_reading_of_a_year_is_the_same_whenever_it_is_asked_for(birth: Birth, year: int) -> None:
    one = ReadingInput("year", Person.of(cast(birth)), date(year, 1, 1), year=year)
    other = ReadingInput("year", Person.of(cast(birth)), date(year, 12, 31), year=year)
    assert compose(one) == compose(other)
    assert fact_sheet(one) == fact_sheet(other)


@pytest.mark.parametrize(
    ("day", "sign"), [(NOW, "갑오"), (date(2027, 1, 8), "갑오"), (date(2027, 1, 9), "계사")]
)
def test_the_case_that_had_two_truths_on_one_page(day: date, sign: str) -> None:
    _, facts = facts_of(PARTED, day)
    assert f": {sign}(" in facts["luck.now"]


def test_a_year_begins_on_the_day_of_its_first_term() -> None:
    assert ipchun_on(2026) == date(2026, 2, 4)


@given(births)
def test_the_useful_element_is_the_same_everywhere(birth: Birth) -> None:
    inputs, facts = facts_of(birth, NOW)
    chart = cast(birth)
    element = ELEMENTS_KO[chart.facts.useful.chosen.element]
    assert f"본 {element}(" in facts["yongsin"]
    (told,) = re.findall(r"^(.+) \[\[yongsin,useful", compose(inputs), re.MULTILINE)
    assert f"{element}의 기운" in told.split(".")[0]
    assert judgement_json(chart.facts)["useful"]["chosen"] == element
    assert chart.facts.useful.roles[0] == chart.facts.useful.chosen.element
    assert any(row.text == facts["yongsin"] for row in details(chart.facts).summary)


@given(births.filter(lambda birth: birth.hour is None))
def test_an_unknown_hour_leaves_strength_open_everywhere(birth: Birth) -> None:
    inputs, facts = facts_of(birth, NOW)
    f = cast(birth).facts
    hours = dict(open_hour(f.pillars, f.schools).levels)
    assert sum(hours.values()) == 12
    counted = hours.get(f.strength.level, 0)
    if counted == 12:
        assert "어느 시에 태어났어도 같아요" in facts["strength"]
    else:
        assert "열려 있어요" in facts["strength"]
    (told,) = re.findall(r"^(.+) \[\[strength,strength\.", compose(inputs), re.MULTILINE)
    assert f"열두 시진 가운데 {counted}개" in told or counted in (0, 12)
