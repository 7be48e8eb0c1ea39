"""세운, 월운 and 일진 over any span."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from fortune.saju import cast, luck
from fortune.saju.calendar.solar_terms import instant_of
from tests.golden.births import birth

CHART = cast(birth("1990-05-15 12:00"))


def test_years_run_from_ipchun_to_ipchun_with_age_and_decade() -> None:
    years = luck.years(CHART, 1996, 2008)
    assert [year.year for year in years] == list(range(1996, 2008))
    assert years[0].pillar.hanja == "丙子"
    assert [(year.since, year.until) for year in years] == [
        (instant_of(y, "입춘"), instant_of(y + 1, "입춘")) for y in range(1996, 2008)
    ]
    assert [year.age for year in years[:3]] == [6, 7, 8]
    assert [year.decade and year.decade.hanja for year in years] == [None] + ["壬午"] * 10 + ["癸未"]


def test_months_run_from_term_to_term() -> None:
    months = luck.months(CHART, 2024)
    assert [month.number for month in months] == list(range(1, 13))
    assert [months[n].term for n in (0, 1, 11)] == ["입춘", "경칩", "소한"]
    assert [month.pillar.hanja for month in months][:2] == ["丙寅", "丁卯"]
    assert months[0].since == instant_of(2024, "입춘")
    assert months[-1].until == instant_of(2025, "입춘")
    assert all(before.until == after.since for before, after in pairwise(months))


def test_days_are_those_of_the_calendar() -> None:
    days = luck.days(CHART, date(2023, 12, 31), date(2024, 1, 2))
    assert [(day.date.day, day.pillar.hanja) for day in days] == [(31, "癸亥"), (1, "甲子"), (2, "乙丑")]
    assert luck.days(CHART, date(2024, 1, 2), date(2024, 1, 1)) == ()


def test_the_month_of_a_span_is_the_month_of_a_birth_in_it() -> None:
    for month in luck.months(CHART, 2019):
        middle = datetime.fromtimestamp((month.since + month.until) // 2, UTC)
        born = cast(birth(f"{middle:%Y-%m-%d} 12:00"))
        assert born.pillars.month == month.pillar
        assert born.pillars.year == luck.years(CHART, 2019, 2020)[0].pillar


@pytest.mark.parametrize(("start", "stop"), [(1899, 1901), (2100, 2102), (-5, 3)])
def test_a_span_outside_the_table_is_refused(start: int, stop: int) -> None:
    with pytest.raises(ValueError, match="years from 1900 to 2100"):
        luck.years(CHART, start, stop)
    with pytest.raises(ValueError, match="years from"):
        luck.months(CHART, 2101)
