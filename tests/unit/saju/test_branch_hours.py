"""A 시 by its name is a time in the middle of that 시, whatever clock was kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fortune.saju import Birth, Options, cast, compare, places
from fortune.saju.branch_hours import with_time
from fortune.saju.calendar.written import ReadTime, read_time

CITIES = [place for slug in ("seoul", "busan", "jeju") if (place := places.find(slug))]
# (longitude, zone) as people give them: Korea, half-hour and 45-minute zones, the ends of wide zones, the date line.
ANYWHERE = [
    *((place.longitude, place.timezone) for place in CITIES),
    *((row.longitude, row.timezone) for row in places.ALL if row.timezone != "Asia/Seoul"),
    (-8.72, "Europe/Madrid"), (87.6, "Asia/Shanghai"), (85.3, "Asia/Kathmandu"), (-171.8, "Pacific/Apia"),
    (124.6, "Asia/Seoul"), (130.9, "Asia/Seoul"),
]  # fmt: skip
# Sums of time zones and clocks: pre-standard time, +8:30, twelve summers, 1987 and 1988, today.
ERAS = st.one_of(
    st.dates(date(1948, 5, 20), date(1961, 9, 1)),
    st.dates(date(1987, 5, 1), date(1988, 10, 20)),
    st.dates(date(1912, 1, 2), date(2050, 12, 30)),
)
BUTTONS = ["자시", *(f"{name}시" for name in "축인묘진사오미신유술해"), "야자시"]


def born(day: date, longitude: float = 126.978, zone: str = "Asia/Seoul") -> Birth:
    return Birth("solar", day.year, day.month, day.day, None, None, "female", longitude, zone)


@pytest.mark.parametrize(
    ("day", "branch", "time"),
    [
        (date(1990, 5, 15), 1, (2, 32)),
        (date(1988, 7, 1), 1, (3, 32)),  # summer time
        (date(1955, 1, 10), 1, (2, 2)),  # the clock of 127.5 degrees
        (date(1990, 5, 15), 0, (0, 32)),
        (date(1990, 5, 15), 11, (22, 32)),
    ],
)
def test_the_middle_follows_the_clock_of_the_day(day: date, branch: int, time: tuple[int, int]) -> None:
    found = with_time(born(day), button(BUTTONS[branch]), Options())
    assert (found.hour, found.minute) == time


def test_the_hour_of_the_ox_of_a_summer_with_daylight_saving() -> None:
    birth = with_time(born(date(1988, 7, 1)), button("축시"), Options())
    assert cast(birth).pillars.hour is not None
    assert cast(birth).pillars.hour.hanja == "辛丑"
    assert cast(replace(birth, hour=1, minute=30)).pillars.hour.hanja == "庚子"


def button(name: str) -> ReadTime:
    found = read_time(name)
    assert found is not None
    return found


@given(
    ERAS,
    st.sampled_from(BUTTONS),
    st.sampled_from(ANYWHERE),
    st.sampled_from(["mean", "standard", "apparent"]),
    st.sampled_from(["23:00", "00:00"]),
)
@example(
    date(1926, 1, 1), "자시", (116.072, "Asia/Kuching"), "standard", "23:00"
)  # an offset with odd seconds
@example(date(1988, 5, 1), "해시", (87.6, "Asia/Shanghai"), "mean", "23:00")
def test_every_button_gives_the_hour_that_it_names(
    day: date, name: str, place: tuple[float, str], clock: str, day_change: str
) -> None:
    options = Options(clock=clock, day_change=day_change)
    birth = with_time(born(day, *place), button(name), options)
    chart = cast(birth, options)
    assert chart.pillars.hour is not None
    assert chart.pillars.hour.branch == BUTTONS.index(name) % 12
    # The date is the one that was told, unless none of its minutes has that 시.
    if chart.solar_date != day:
        hours = {
            span.pillars.hour.branch
            for span in compare.hours(born(day, *place), options).spans
            if span.pillars.hour
        }
        assert name == "야자시" or chart.pillars.hour.branch not in hours


@given(st.dates(date(1912, 1, 2), date(2050, 12, 30)), st.sampled_from(["mean", "standard", "apparent"]))
def test_where_days_change_at_midnight_the_two_halves_of_the_first_hour_are_a_day_apart(
    day: date, clock: str
) -> None:
    options = Options(clock=clock, day_change="00:00")
    early, late = (
        cast(with_time(born(day), button(name), options), options).pillars for name in ("조자시", "야자시")
    )
    assert early.day == late.day
    assert late.hour == early.hour.step(12)
