"""Birth moments as people type them become what the engine takes, or an error beside the right field."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils.translation import override

from fortune.forms.birth import BirthForm
from fortune.forms.people import PersonForm
from fortune.forms.reading import ReadingForm
from fortune.models import Kind
from fortune.pages.births.form import blank_fields

GOOD = {"gender": "female", "birth_date": "1990-05-15", "birth_time": "14:30"}


def form(**changes: Any) -> BirthForm:
    return BirthForm({**GOOD, **changes})


@pytest.mark.parametrize(
    "typed",
    [
        "1990-05-15",
        "900515",
        "1990.5.15",
        "90년 5월 15일",
        " 1990 5 15 ",
        "1990년5월15일생",
        "1990-05-15T00:00",
    ],
)
def test_a_date_may_be_typed_in_many_ways(typed: str):
    birth = form(birth_date=typed)
    assert birth.is_valid(), birth.errors
    assert (birth.birth().year, birth.birth().month, birth.birth().day) == (1990, 5, 15)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("8:05", 485),
        ("0805", 485),
        ("8시 5분", 485),
        ("8시", 480),
        ("오전 8시 반", 510),
        ("정오", 720),
        ("축시", 152),
    ],
)
def test_a_time_may_be_typed_in_many_ways(typed: str, minutes: int):
    birth = form(birth_time=typed)
    assert birth.is_valid(), birth.errors
    found = birth.birth()
    assert found.hour is not None and found.minute is not None
    assert found.hour * 60 + found.minute == minutes


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"birth_date": "어제"}, "birth_date"),
        ({"birth_date": "1990-13-01"}, "birth_date"),
        ({"birth_date": "1990-02-30"}, "birth_date"),
        ({"birth_date": "1899-12-31"}, "birth_date"),
        ({"birth_date": ""}, "birth_date"),
        ({"calendar": "lunar_leap", "birth_date": "2023-03-01"}, "birth_date"),
        ({"calendar": "moon"}, "calendar"),
        ({"birth_time": "24:60"}, "birth_time"),
        ({"birth_time": "자정"}, "birth_time"),
        ({"birth_date": "2050-01-01"}, "birth_date"),
        ({"birth_place": "미국"}, "birth_place"),
        ({"birth_time": "한낮"}, "birth_time"),
        ({"gender": ""}, "gender"),
        ({"birth_place": "없는도시이름"}, "birth_place"),
        ({"birth_place": "", "longitude": "127"}, "timezone"),
        ({"birth_place": "", "longitude": "200", "timezone": "Asia/Seoul"}, "longitude"),
    ],
)
def test_an_error_stands_beside_its_field(changes: dict[str, str], field: str):
    birth = form(**changes)
    assert not birth.is_valid()
    assert list(birth.errors) == [field]


def test_an_absent_leap_month_is_refused_with_what_there_is():
    birth = form(calendar="lunar_leap", birth_date="2023-03-01")
    assert "윤2월" in str(birth.errors["birth_date"])


def test_what_is_left_out_has_the_documented_defaults():
    birth = form()
    assert birth.is_valid(), birth.errors
    found = birth.birth()
    assert (found.calendar, found.longitude, found.timezone, found.fold) == (
        "solar",
        126.978,
        "Asia/Seoul",
        0,
    )
    assert (birth.options().clock, birth.options().day_change) == ("mean", "23:00")


def test_the_end_of_a_day_is_the_beginning_of_the_next():
    birth = form(birth_time="24:00")
    assert birth.is_valid(), birth.errors
    found = birth.birth()
    assert (found.year, found.month, found.day, found.hour, found.minute) == (1990, 5, 16, 0, 0)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"birth_date": "1899-12-31"}, "between 1900 and 2100"),
        ({"birth_date": "1990-02-30"}, "February 1990 has 28 days"),
        ({"calendar": "lunar", "birth_date": "1990-01-30"}, "lunar month 1 of 1990 has 29 days"),
        ({"calendar": "lunar", "birth_date": "2051-01-30"}, "solar calendar"),
        ({"calendar": "lunar_leap", "birth_date": "1990-03-01"}, "leap month of 1990 is month 5"),
        ({"calendar": "lunar_leap", "birth_date": "1991-03-01"}, "1991 has no leap month"),
        ({"birth_place": "", "longitude": "127", "timezone": "Mars/X"}, "no time zone"),
        ({"gender": "x", "birth_date": "1990-05-15"}, "one of the choices"),
    ],
)
def test_an_english_page_says_in_english_what_is_wrong(changes: dict[str, str], told: str) -> None:
    with override("en"):
        (errors,) = form(**changes).errors.values()
        assert told in str(errors)
        assert not re.search("[가-힣]", str(errors))


@pytest.mark.parametrize("typed", ["2999-01-01", "0001-01-01", "1899-12-31"])
def test_a_day_that_no_calendar_here_has_is_refused(typed: str) -> None:
    assert list(ReadingForm({**GOOD, "date": typed}, kind=Kind.DAILY).errors) == ["date"]


def test_a_birth_to_come_is_told_so():
    assert "아직 오지 않은" in str(form(birth_date="2050-01-01").errors["birth_date"])


def test_a_summer_hour_by_its_name_has_that_hour():
    birth = form(birth_date="1988-07-01", birth_time="축시")
    assert birth.is_valid(), birth.errors
    assert birth.chart is not None and birth.chart.pillars.hour is not None
    assert birth.chart.pillars.hour.branch == 1


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("수원시 영통구", "suwon"),
        ("대구직할시", "daegu"),
        ("여주군", "yeoju"),
        ("화성군", "hwaseong"),
        ("용인군", "yongin"),
        ("당진군", "dangjin"),
        ("고양군", "goyang"),
    ],
)
def test_a_place_may_be_told_more_exactly_or_by_its_former_name(typed: str, slug: str):
    birth = form(birth_place=typed)
    assert birth.is_valid(), birth.errors
    assert birth.cleaned_data["birth_place"].slug == slug


def test_a_place_that_is_misspelt_is_guessed():
    assert "혹시 부산" in str(form(birth_place="부싼").errors["birth_place"])


def test_an_unknown_time_wins_over_one_that_was_typed():
    birth = form(time_unknown="on")
    assert birth.is_valid(), birth.errors
    assert birth.birth().hour is None
    assert birth.chart is not None and birth.chart.pillars.hour is None


@pytest.mark.parametrize("typed", ["busan", "부산", "Busan", "ㅂㅅ"])
def test_a_place_may_be_a_slug_or_a_name(typed: str):
    birth = form(birth_place=typed)
    assert birth.is_valid(), birth.errors
    assert birth.cleaned_data["birth_place"].slug == "busan"


def test_a_place_may_be_a_longitude_with_its_zone():
    birth = form(birth_place="", longitude="139.69", timezone="Asia/Tokyo")
    assert birth.is_valid(), birth.errors
    assert (birth.birth().longitude, birth.birth().timezone) == (139.69, "Asia/Tokyo")


def test_a_topic_is_needed_only_where_one_is_asked_for():
    assert ReadingForm(GOOD).is_valid()
    assert list(ReadingForm(GOOD, kind=Kind.TOPIC).errors) == ["topic"]


def test_every_press_without_a_token_is_a_press_of_its_own():
    one, two = ReadingForm(GOOD), ReadingForm(GOOD)
    assert one.is_valid() and two.is_valid()
    assert one.cleaned_data["token"] != two.cleaned_data["token"]


def test_what_one_form_asks_for_is_not_asked_by_the_next():
    """All forms of a class share their fields; a form that changes one has a copy of it."""
    asking = ReadingForm(GOOD, kind=Kind.TOPIC)
    naming = PersonForm({**GOOD, "relation": "self"})
    assert set(asking.errors) == {"topic"} and set(naming.errors) == {"name"}
    assert ReadingForm(GOOD).is_valid() and BirthForm(GOOD).is_valid()
    assert ReadingForm(GOOD, kind=Kind.TOPIC).errors == asking.errors


def test_what_is_typed_into_one_form_is_nowhere_in_another():
    full, blank = ReadingForm({**GOOD, "name": "지우", "birth_date": "어제"}), ReadingForm()
    assert "어제" in str(full["birth_date"]) and full.errors
    assert "어제" not in str(blank["birth_date"]) and "지우" not in str(blank["name"]) and not blank.errors


def test_shared_fields_speak_the_language_of_each_visitor():
    for language, label in (("ko", "여성"), ("en", "Female"), ("ko", "여성")):
        with override(language):
            assert label in dict(ReadingForm().fields["gender"].choices).values()  # type: ignore[attr-defined]
            assert label in blank_fields(ReadingForm())
            assert ReadingForm({}).errors["gender"]
