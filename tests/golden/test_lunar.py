"""The Korean lunar calendar: KASI's own months, every day both ways, leap months, and refusals."""

from __future__ import annotations

from datetime import date

import pytest
from korean_lunar_calendar import KoreanLunarCalendar

from fortune.saju import Birth, SajuError, cast, lunar
from tests.golden import oracles

KNOWN = [
    ((2012, 3, 1, True), "2012-04-21"),
    ((2017, 5, 1, True), "2017-06-24"),
    ((2020, 4, 1, True), "2020-05-23"),
    ((2023, 2, 1, True), "2023-03-22"),
    ((2033, 11, 1, True), "2033-12-22"),
    ((1988, 1, 1, False), "1988-02-18"),
    ((1997, 1, 1, False), "1997-02-08"),
    ((2027, 1, 1, False), "2027-02-07"),
    ((2028, 1, 1, False), "2028-01-27"),
    ((1954, 1, 1, False), "1954-02-04"),
    ((2024, 8, 15, False), "2024-09-17"),
    ((2024, 2, 30, False), "2024-04-08"),
    ((1900, 1, 1, False), "1900-01-31"),
    ((2050, 11, 18, False), "2050-12-31"),
]
REFUSED = [
    ((2023, 3, 1, True), "no_leap_month", "2023년의 윤달은 윤2월이에요.", ("2023-윤02",)),
    ((2024, 2, 1, True), "no_leap_month", "2024년에는 윤달이 없어요.", ("2023-윤02", "2025-윤06")),
    ((2024, 1, 30, False), "no_such_day", "음력 2024년 1월은 29일까지 있어요.", ("2024-01-29",)),
    ((2023, 2, 30, True), "no_such_day", "음력 2023년 윤2월은 29일까지 있어요.", ("2023-윤02-29",)),
    ((2024, 1, 0, False), "no_such_day", "29일까지", ("2024-01-29",)),
    ((2024, 2, 31, False), "no_such_day", "30일까지", ("2024-02-30",)),
    ((2024, 13, 1, False), "no_such_month", "13월은 없어요.", ()),
    ((2024, 0, 1, False), "no_such_month", "0월은 없어요.", ()),
    ((2050, 11, 19, False), "out_of_range", "2050년 11월 18일", ()),
    ((2050, 12, 1, False), "out_of_range", "2050년 11월 18일", ()),
    ((1899, 12, 1, False), "out_of_range", "1900년 1월 1일", ()),
    ((2051, 1, 1, False), "out_of_range", "2050년 11월 18일", ()),
]


@pytest.mark.parametrize(("given", "expected"), KNOWN)
def test_a_known_date_converts_both_ways(given: tuple[int, int, int, bool], expected: str) -> None:
    day = date.fromisoformat(expected)
    assert lunar.to_solar(*given) == day
    assert lunar.from_solar(day) == lunar.LunarDate(*given)


@pytest.mark.parametrize(("given", "code", "words", "alternatives"), REFUSED)
def test_an_impossible_date_is_refused_with_what_exists(
    given: tuple[int, int, int, bool], code: str, words: str, alternatives: tuple[str, ...]
) -> None:
    with pytest.raises(SajuError) as refused:
        lunar.to_solar(*given)
    assert (refused.value.code, refused.value.alternatives) == (code, alternatives)
    assert words in refused.value.message


def test_every_month_begins_where_kasi_begins_it() -> None:
    months = list(oracles.kasi_month_starts())
    assert len(months) == 1867
    assert [m for m in months if lunar.to_solar(m[0], m[1], 1, m[2]) != m[3]] == []


def test_every_day_agrees_with_korean_lunar_calendar_and_comes_back() -> None:
    calendar = KoreanLunarCalendar()
    days = 0
    for ordinal in range(date(1900, 1, 31).toordinal(), date(2050, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        calendar.setSolarDate(day.year, day.month, day.day)
        theirs = (calendar.lunarYear, calendar.lunarMonth, calendar.lunarDay, bool(calendar.isIntercalation))
        assert lunar.from_solar(day) == lunar.LunarDate(*theirs)
        assert lunar.to_solar(*theirs) == day
        days += 1
    assert days == 55122


def test_every_short_month_refuses_day_thirty_and_every_absent_leap_month_is_refused() -> None:
    months = [(y, m, leap) for y, m, leap, _ in oracles.kasi_month_starts()]
    short = [month for month in months if lunar.month_days(*month) == 29]
    assert len(short) == 876
    for year, month, leap in short:
        with pytest.raises(SajuError, match="29일까지"):
            lunar.to_solar(year, month, 30, leap)
    present = {(year, month) for year, month, leap in months if leap}
    for year in range(1900, 2051):
        assert lunar.leap_month(year) == next((m for y, m in present if y == year), None)
        for month in range(1, 13):
            if (year, month) not in present:
                with pytest.raises(SajuError, match="윤"):
                    lunar.to_solar(year, month, 1, leap=True)


def test_every_alternative_offered_for_an_absent_leap_month_exists() -> None:
    for year in range(1900, 2051):
        absent = next(m for m in range(1, 13) if m != lunar.leap_month(year))
        with pytest.raises(SajuError) as refused:
            lunar.to_solar(year, absent, 1, leap=True)
        assert refused.value.alternatives
        for offered in refused.value.alternatives:
            other, month = offered.split("-윤")
            assert lunar.leap_month(int(other)) == int(month)


def test_solar_dates_outside_the_table_have_no_lunar_date() -> None:
    for day in (date(1899, 12, 31), date(2051, 1, 1)):
        with pytest.raises(SajuError):
            lunar.from_solar(day)
    assert cast(Birth("solar", 2070, 1, 1, 12, 0)).lunar_date is None
    assert str(cast(Birth("solar", 1900, 1, 1, 12, 0)).lunar_date) == "1899-12-01"


def test_a_birth_told_in_lunar_is_the_birth_of_its_solar_date() -> None:
    told = cast(Birth("lunar_leap", 2012, 3, 1, 9, 30, "female"))
    assert told.solar_date == date(2012, 4, 21)
    solar = cast(Birth("solar", 2012, 4, 21, 9, 30, "female"))
    assert told.pillars == solar.pillars
    assert told.luck == solar.luck
