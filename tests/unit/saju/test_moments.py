"""The days and hours of given pillars are exactly those whose chart has them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fortune.saju import Birth, Options, pillars_of
from fortune.saju.cycle import read_pillar
from fortune.saju.moments import is_possible, moments

from .charts import any_chart, chart


@given(
    st.dates(date(1900, 1, 2), date(2100, 12, 30)) | st.dates(date(1948, 5, 1), date(1961, 9, 1)),
    st.integers(0, 1439),
    st.sampled_from([Options(), Options(clock="standard", day_change="00:00"), Options(clock="apparent")]),
)
@example(date(1988, 7, 1), 212, Options())
@example(date(1958, 5, 4), 0, Options(clock="apparent"))  # the clock skipped this minute
@settings(max_examples=40)
def test_a_birth_is_among_the_moments_of_its_pillars(day: date, minute: int, options: Options) -> None:
    pillars = pillars_of(Birth("solar", day.year, day.month, day.day, *divmod(minute, 60)), options)
    assert is_possible(pillars, options)
    found = moments(pillars, options)
    assert any(row.day == day and row.fold == 0 and row.since <= minute <= row.until for row in found)
    for row in found:
        for at in (row.since, row.until, (row.since + row.until) // 2):
            birth = Birth("solar", row.day.year, row.day.month, row.day.day, *divmod(at, 60), fold=row.fold)
            assert pillars_of(birth, options) == pillars


@given(any_chart)
def test_pillars_that_no_calendar_has_are_never_found(pillars) -> None:
    found = moments(pillars)
    assert is_possible(pillars) or not found


def test_without_an_hour_the_whole_stretch_of_the_day_is_one() -> None:
    found = moments(chart("庚午 辛巳 庚辰"))
    assert [(row.day.isoformat(), row.since, row.until) for row in found] == [
        ("1930-05-29", 1413, 1439),
        ("1930-05-30", 0, 1412),
        ("1990-05-14", 1413, 1439),
        ("1990-05-15", 0, 1412),
    ]


def test_late_midnight_has_the_next_days_hour_where_days_change_at_midnight() -> None:
    late = chart("甲辰 庚午 庚戌 戊子")
    assert not is_possible(late)
    assert is_possible(late, Options(day_change="00:00"))
    assert any(row.day == date(2024, 6, 15) for row in moments(late, Options(day_change="00:00")))


def test_a_repeated_hour_has_a_stretch_of_its_own_each_time() -> None:
    late = pillars_of(Birth("solar", 1988, 10, 9, 2, 20, fold=1))
    found = [(row.since, row.until, row.fold) for row in moments(late) if row.day == date(1988, 10, 9)]
    assert found == [(153, 212, 0), (120, 179, 1)]


@pytest.mark.parametrize("text", ["甲丑", "甲", "甲子子", "", "가자", "AB"])
def test_signs_that_make_no_pillar_are_refused(text: str) -> None:
    assert read_pillar(text) is None


def test_a_pillar_is_read_in_hanja_and_hangul() -> None:
    assert read_pillar("癸亥") == read_pillar("계해") == chart("癸亥 癸亥 癸亥").year


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2100, 12, 31)])
def test_the_first_and_the_last_day_are_found(day):
    born = Birth("solar", day.year, day.month, day.day, 12, 0)
    assert day in {row.day for row in moments(pillars_of(born))}
