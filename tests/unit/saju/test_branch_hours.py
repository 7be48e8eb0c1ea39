"""A 시 by its name is a time in the middle of that 시, whatever clock was kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fortune.saju import Birth, Options, cast, places
from fortune.saju.branch_hours import middle_of
from fortune.saju.cycle import BRANCHES

CITIES = [places.find(slug) for slug in ("seoul", "busan", "jeju")]


def born(day: dt.date, place: places.Place | None = None) -> Birth:
    place = place or CITIES[0]
    assert place is not None
    return Birth("solar", day.year, day.month, day.day, None, None, "female", place.longitude, place.timezone)


@pytest.mark.parametrize(
    ("day", "branch", "time"),
    [
        (dt.date(1990, 5, 15), 1, (2, 32)),
        (dt.date(1988, 7, 1), 1, (3, 32)),  # summer time
        (dt.date(1955, 1, 10), 1, (2, 2)),  # the clock of 127.5 degrees
        (dt.date(1990, 5, 15), 0, (0, 32)),
        (dt.date(1990, 5, 15), 11, (22, 32)),
    ],
)
def test_the_middle_follows_the_clock_of_the_day(day: dt.date, branch: int, time: tuple[int, int]) -> None:
    assert middle_of(branch, born(day), Options()) == time


@given(
    st.dates(dt.date(1912, 1, 1), dt.date(2050, 12, 30)),
    st.integers(0, 11),
    st.sampled_from(CITIES),
    st.sampled_from(["mean", "standard", "apparent"]),
)
def test_the_chart_of_a_named_hour_has_that_hour(
    day: dt.date, branch: int, place: places.Place, clock: str
) -> None:
    birth, options = born(day, place), Options(clock=clock)
    hour, minute = middle_of(branch, birth, options)
    chart = cast(replace(birth, hour=hour, minute=minute), options)
    assert chart.pillars.hour is not None
    assert chart.pillars.hour.branch == branch, BRANCHES[branch]
    assert chart.solar_date == day
