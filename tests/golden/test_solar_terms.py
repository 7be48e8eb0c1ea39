"""The solar terms against published seconds, an independent series, and KASI's minutes; and the 절 as edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest

from fortune.saju import Birth, Options, Pillars, pillars_of
from fortune.saju.calendar.solar_terms import (
    ALL,
    FIRST_YEAR,
    JEOL,
    LAST_YEAR,
    NAMES,
    Jeol,
    instant_of,
    jeol_at,
)
from fortune.saju.cycle import BRANCHES
from tests.golden import oracles

KST = timezone(timedelta(hours=9))
DE440 = {
    (2024, "소한"): "01-06 05:49:22",
    (2024, "입춘"): "02-04 17:27:07",
    (2024, "경칩"): "03-05 11:22:46",
    (2024, "청명"): "04-04 16:02:17",
    (2024, "입하"): "05-05 09:10:05",
    (2024, "망종"): "06-05 13:09:53",
    (2024, "소서"): "07-06 23:20:03",
    (2024, "입추"): "08-07 09:09:16",
    (2024, "백로"): "09-07 12:11:20",
    (2024, "한로"): "10-08 03:59:57",
    (2024, "입동"): "11-07 07:20:04",
    (2024, "대설"): "12-07 00:17:02",
    (1920, "입춘"): "02-05 11:26:25",
    (1950, "입춘"): "02-04 18:20:45",
    (1984, "입춘"): "02-05 00:18:44",
    (2000, "입춘"): "02-04 21:40:23",
    (2010, "입춘"): "02-04 07:47:50",
}
YEARS_OF_EDGES = (1908, 1929, 1954, 1960, 1961, 1987, 1990, 2000, 2011, 2024, 2033, 2050)


@pytest.mark.parametrize(("year", "name"), DE440)
def test_a_term_is_where_de440_puts_it(year: int, name: str) -> None:
    expected = datetime.strptime(f"{year}-{DE440[year, name]}", "%Y-%m-%d %H:%M:%S").replace(tzinfo=KST)
    assert abs(instant_of(year, name) - expected.timestamp()) <= 1


def test_the_table_is_whole_and_in_order() -> None:
    assert len(ALL) == 24 * (LAST_YEAR - FIRST_YEAR + 1)
    gaps = [after - before for before, after in pairwise(ALL)]
    # The Sun takes between 14.7 days (January) and 15.8 days (July) for fifteen degrees.
    assert min(gaps) > 14.6 * 86400 and max(gaps) < 15.8 * 86400


def test_an_independent_series_agrees_within_four_seconds() -> None:
    errors = oracles.lunar_python_term_errors(1900, 2050)
    assert len(errors) > 3400
    assert max(abs(error.seconds) for error in errors) <= 4


def test_kasi_agrees_within_forty_seconds_but_for_its_three_wrong_rows() -> None:
    errors = oracles.kasi_term_errors()
    assert len(errors) == 672
    assert {(e.year, e.name) for e in errors if abs(e.seconds) > 40} == oracles.KASI_ERRATA


def test_a_term_outside_the_table_is_refused() -> None:
    with pytest.raises(IndexError):
        instant_of(LAST_YEAR + 1, "입춘")
    with pytest.raises(ValueError, match="설날"):
        instant_of(2024, "설날")


def _at(instant: int, **place: float) -> Birth:
    """Return a birth on the clock of UTC, which has no history of its own."""
    moment = datetime.fromtimestamp(instant, UTC)
    longitude = place.get("longitude", 126.978)
    return Birth(
        "solar", moment.year, moment.month, moment.day, moment.hour, moment.minute, "male", longitude, "UTC"
    )


def _around(edge: int) -> tuple[Pillars, Pillars]:
    """Return the charts of the last whole minute before ``edge`` and of the first one not before it."""
    last = (edge - 1) // 60 * 60
    return pillars_of(_at(last)), pillars_of(_at(last + 60))


@pytest.mark.parametrize("year", YEARS_OF_EDGES)
@pytest.mark.parametrize("name", NAMES[::2])
def test_the_month_turns_within_the_minute_of_its_term(year: int, name: str) -> None:
    before, after = _around(instant_of(year, name))
    assert after.month == before.month.step(1)
    month = (NAMES.index(name) // 2 - 1) % 12
    assert BRANCHES[after.month.branch] == "寅卯辰巳午未申酉戌亥子丑"[month]
    assert after.year == (before.year.step(1) if name == "입춘" else before.year)
    assert after.year.index == (year - 4 - (name == "소한")) % 60


@pytest.mark.parametrize("longitude", [-179.9, -74.0, 0.0, 126.978, 179.9])
@pytest.mark.parametrize("clock", ["mean", "standard", "apparent"])
@pytest.mark.parametrize("change", ["23:00", "00:00"])
def test_no_clock_longitude_or_day_rule_moves_the_year_or_month(
    longitude: float, clock: str, change: str
) -> None:
    options = Options(clock=clock, day_change=change)
    edge = instant_of(2024, "입춘")
    before = pillars_of(_at((edge - 1) // 60 * 60, longitude=longitude), options)
    after = pillars_of(_at((edge - 1) // 60 * 60 + 60, longitude=longitude), options)
    assert (before.year.hanja, before.month.hanja) == ("癸卯", "乙丑")
    assert (after.year.hanja, after.month.hanja) == ("甲辰", "丙寅")


def test_a_birth_at_the_very_instant_belongs_to_the_new_month() -> None:
    place = JEOL.index(instant_of(2024, "경칩"))
    assert jeol_at(JEOL[place]) == place
    assert jeol_at(JEOL[place] - 1) == place - 1
    assert (Jeol(place).name, Jeol(place).year, Jeol(place).month) == ("경칩", 2024, 1)
