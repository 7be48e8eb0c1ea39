"""Pillars of years, months and days by the calendar, held against charts and solar terms."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from fortune.saju import cast
from fortune.saju.calendar.pillars import date_pillar, month_pillars, months, year_pillar
from fortune.saju.calendar.solar_terms import instant_of, saju_year
from tests.golden.births import birth


def test_a_year_begins_at_ipchun() -> None:
    for year in range(1900, 2101):
        ipchun = instant_of(year, "입춘")
        assert (saju_year(ipchun - 1), saju_year(ipchun)) == (year - 1, year)
    assert [year_pillar(year).hanja for year in (1900, 1984, 1996, 2100)] == ["庚子", "甲子", "丙子", "庚申"]


def test_months_run_from_term_to_term() -> None:
    found = months(2024)
    assert [month.number for month in found] == list(range(1, 13))
    assert [found[n].term for n in (0, 1, 11)] == ["입춘", "경칩", "소한"]
    assert [month.pillar.hanja for month in found][:2] == ["丙寅", "丁卯"]
    assert found[0].since == instant_of(2024, "입춘")
    assert found[-1].until == instant_of(2025, "입춘")
    assert all(before.until == after.since for before, after in pairwise(found))


def test_a_month_begins_in_the_same_calendar_month_every_year() -> None:
    for year in range(1900, 2101):
        korean = [datetime.fromtimestamp(row.since, UTC) + timedelta(hours=9) for row in months(year)]
        assert month_pillars(year) == tuple(
            (day.month, row.pillar) for day, row in zip(korean, months(year), strict=True)
        )


def test_days_are_those_of_the_calendar() -> None:
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 2)]
    assert [date_pillar(day).hanja for day in days] == ["癸亥", "甲子", "乙丑"]


def test_the_month_of_a_span_is_the_month_of_a_birth_in_it() -> None:
    for month in months(2019):
        middle = datetime.fromtimestamp((month.since + month.until) // 2, UTC)
        born = cast(birth(f"{middle:%Y-%m-%d} 12:00"))
        assert born.pillars.month == month.pillar
        assert born.pillars.year == year_pillar(2019)
        assert born.pillars.day == date_pillar(born.solar_date)


@pytest.mark.parametrize("year", [1899, 2101, -5])
def test_months_outside_the_table_are_refused(year: int) -> None:
    with pytest.raises(ValueError, match="years from 1900 to 2100"):
        months(year)
