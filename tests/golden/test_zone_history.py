"""Every change of Korea's clocks, from the tz database's account of Asia/Seoul, and a few abroad."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from fortune.saju import Birth, Options, SajuError, cast, pillars_of
from fortune.saju.calendar.zones import Civil, resolve, zone
from fortune.saju.data.summer_time import SAVINGS
from tests.golden.births import birth, charted
from tools.tables import summer_time

LMT = 8 * 3600 + 27 * 60 + 52
H830, H9, H930, H10 = (int(hours * 3600) for hours in (8.5, 9, 9.5, 10))

# The last minute under the old offset, the first minute under the new one, the two offsets.
STANDARD = [
    ("1908-03-31 23:59", "1908-04-01 00:03", LMT, H830),
    ("1911-12-31 23:59", "1912-01-01 00:30", H830, H9),
    ("1954-03-20 23:29", "1954-03-21 00:00", H9, H830),
    ("1961-08-09 23:59", "1961-08-10 00:30", H830, H9),
]
# First and last date of twelve summers, and the winter offset around them.
SUMMERS = [
    ("1948-06-01", "1948-09-12", H9),
    ("1949-04-03", "1949-09-10", H9),
    ("1950-04-01", "1950-09-09", H9),
    ("1951-05-06", "1951-09-08", H9),
    ("1955-05-05", "1955-09-08", H830),
    ("1956-05-20", "1956-09-29", H830),
    ("1957-05-05", "1957-09-21", H830),
    ("1958-05-04", "1958-09-20", H830),
    ("1959-05-03", "1959-09-19", H830),
    ("1960-05-01", "1960-09-17", H830),
]
GAPS = ["1908-04-01 00:02", "1912-01-01 00:00", "1912-01-01 00:29", "1961-08-10 00:00", "1961-08-10 00:29"]
FOLDS = ["1954-03-20 23:30", "1954-03-20 23:59"]


def _resolved(text: str, zone_name: str, fold: int = 0) -> Civil:
    year, month, day, hour, minute = (int(part) for part in re.split("[- :]", text))
    return resolve(year, month, day, hour, minute, zone_name, fold)


def _civil(text: str, fold: int = 0) -> tuple[int, int, str]:
    civil = _resolved(text, "Asia/Seoul", fold)
    return civil.offset, civil.dst, civil.kind


@pytest.mark.parametrize(("last", "first", "old", "new"), STANDARD)
def test_standard_time_changed(last: str, first: str, old: int, new: int) -> None:
    assert _civil(last) == (old, 0, "plain")
    assert _civil(first) == (new, 0, "plain")


@pytest.mark.parametrize(("first", "last", "winter"), SUMMERS)
def test_a_summer_began_and_ended_at_midnight(first: str, last: str, winter: int) -> None:
    eve = (date.fromisoformat(first) - timedelta(days=1)).isoformat()
    morrow = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    summer = (winter + 3600, 3600)
    assert _civil(f"{eve} 23:59") == (winter, 0, "plain")
    assert _civil(f"{first} 00:00")[2] == _civil(f"{first} 00:59")[2] == "gap"
    assert _civil(f"{first} 01:00") == (*summer, "plain")
    assert _civil(f"{last} 22:59") == (*summer, "plain")
    assert _civil(f"{last} 23:00") == _civil(f"{last} 23:59") == (*summer, "fold")
    assert _civil(f"{last} 23:30", fold=1) == (winter, 0, "fold")
    assert _civil(f"{morrow} 00:00") == (winter, 0, "plain")


@pytest.mark.parametrize(("first", "last"), [("1987-05-10", "1987-10-11"), ("1988-05-08", "1988-10-09")])
def test_the_olympic_summers_began_at_two_and_ended_at_three(first: str, last: str) -> None:
    assert _civil(f"{first} 01:59") == (H9, 0, "plain")
    assert _civil(f"{first} 02:00")[2] == _civil(f"{first} 02:59")[2] == "gap"
    assert _civil(f"{first} 03:00") == (H10, 3600, "plain")
    assert _civil(f"{last} 01:59") == (H10, 3600, "plain")
    assert _civil(f"{last} 02:00") == _civil(f"{last} 02:59") == (H10, 3600, "fold")
    assert _civil(f"{last} 02:30", fold=1) == (H9, 0, "fold")
    assert _civil(f"{last} 03:00") == (H9, 0, "plain")


def test_no_other_summer_had_daylight_saving() -> None:
    summers = {int(first[:4]) for first, _, _ in SUMMERS} | {1987, 1988}
    kept = {year for year in range(1900, 2101) if _civil(f"{year}-07-15 12:00")[1]}
    assert kept == summers
    winters = {year for year in range(1900, 2101) if _civil(f"{year}-01-15 12:00")[1]}
    assert winters == set()


@pytest.mark.parametrize("text", GAPS)
def test_a_skipped_time_is_reported_but_charted(text: str) -> None:
    chart = cast(birth(text))
    warning = next(w for w in chart.warnings if w.code == "nonexistent_time")
    assert warning.pillars is not None
    assert chart.pillars.hour is not None


@pytest.mark.parametrize("text", FOLDS)
def test_a_repeated_time_is_reported_with_the_other_chart(text: str) -> None:
    first, second = cast(birth(text)), cast(birth(text, fold=1))
    assert first.instant is not None and second.instant is not None
    assert second.instant - first.instant == timedelta(minutes=30)
    warning = next(w for w in first.warnings if w.code == "ambiguous_time")
    assert warning.pillars == second.pillars


@pytest.mark.parametrize("clock", ["mean", "standard", "apparent"])
@pytest.mark.parametrize("text", ["1955-09-08 23:30", "1988-10-09 02:20", "1988-05-08 02:30"])
def test_the_other_chart_is_the_chart_of_the_other_fold(text: str, clock: str) -> None:
    options = Options(clock=clock)
    warning = cast(birth(text), options).warnings[0]
    assert warning.pillars == pillars_of(birth(text, fold=1), options)


def test_before_standard_time_the_clock_is_unknowable() -> None:
    codes = [w.code for w in cast(birth("1908-03-31 12:00")).warnings]
    assert codes == ["before_standard_time"]
    assert "before_standard_time" in [w.code for w in cast(birth("1905-06-01")).warnings]
    assert cast(birth("1908-04-02 12:00")).warnings == ()


def test_the_standard_clock_keeps_the_offset_of_its_era() -> None:
    # Re-expressed as UTC+9 this birth would be at 11:15, in the hour of 午.
    assert charted("1961-03-01 10:45", clock="standard").endswith("丁巳")


@pytest.mark.parametrize(
    ("text", "zone_name", "saved"),
    [
        ("2019-12-31 12:00", "Australia/Sydney", 3600),
        ("1943-01-01 12:00", "America/New_York", 3600),
        ("1970-01-01 12:00", "Europe/London", 0),
        ("2000-07-01 12:00", "Europe/Dublin", 3600),
        ("2000-01-01 12:00", "Europe/Dublin", 0),
        ("1989-07-01 12:00", "Asia/Shanghai", 3600),
        ("1949-07-01 12:00", "Asia/Tokyo", 3600),
        ("2024-03-20 12:00", "Africa/Casablanca", 0),
        # zoneinfo's own guess is wrong for these: two hours of summer time, or standard time changed with it.
        ("1944-07-15 12:00", "Europe/London", 7200),
        ("1943-01-15 12:00", "Europe/London", 3600),
        ("1947-09-15 12:00", "GB", 3600),
        ("1945-06-15 12:00", "Europe/Berlin", 7200),
        ("1943-07-15 12:00", "Europe/Lisbon", 7200),
        ("1944-08-01 12:00", "Europe/Paris", 3600),
        ("1944-09-15 12:00", "Europe/Paris", 7200),
        ("1942-07-15 12:00", "Europe/Kyiv", 3600),
        ("2015-07-15 12:00", "America/Bahia_Banderas", 3600),
        ("2015-01-15 12:00", "America/Bahia_Banderas", 0),
        ("1990-07-15 12:00", "Asia/Ust-Nera", 3600),
    ],
)
def test_daylight_saving_abroad(text: str, zone_name: str, saved: int) -> None:
    assert _resolved(text, zone_name).dst == saved


def test_double_summer_time_leaves_the_standard_clock() -> None:
    # 1944-07-15 13:30 in London was 11:30 by Greenwich, in the hour of 午.
    london = Birth("solar", 1944, 7, 15, 13, 30, longitude=-0.126, timezone="Europe/London")
    chart = cast(london, Options(clock="standard"))
    assert chart.pillars.hour is not None and chart.pillars.hour.hanja.endswith("午")
    assert [(c.code, c.minutes) for c in chart.corrections] == [("dst", -120)]
    # Local mean time is the same whatever is called summer time; its steps must add up.
    assert sum(c.minutes for c in cast(london).corrections) == pytest.approx(-120.5, abs=0.01)


def test_the_hours_of_summer_time_are_those_the_tz_database_states() -> None:
    assert {name: tuple(rows) for name, rows in summer_time.misjudged().items()} == SAVINGS


def test_a_date_that_a_place_skipped_is_refused_when_the_hour_is_unknown() -> None:
    samoa = Birth("solar", 2011, 12, 30, gender="male", longitude=-171.8, timezone="Pacific/Apia")
    with pytest.raises(SajuError) as refused:
        cast(samoa)
    assert refused.value.code == "date"


def test_no_chart_reads_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("io.open", refuse)
    monkeypatch.setattr("pathlib.Path.open", refuse)
    for name in ("Asia/Urumqi", "America/Argentina/Ushuaia", "Pacific/Chatham"):
        assert cast(Birth("solar", 1990, 5, 15, 12, 0, longitude=0, timezone=name)).facts


@pytest.mark.parametrize(
    "name", ["", "Seoul", "Asia/Nowhere", "../etc/passwd", "/etc/localtime", "Asia", "a//b"]
)
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(SajuError) as refused:
        zone(name)
    assert refused.value.code == "timezone"
