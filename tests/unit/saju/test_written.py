"""Dates and times as people write them."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fortune.saju.calendar.written import (
    Ambiguous,
    ReadTime,
    is_unknown,
    named_calendar,
    read_date,
    read_time,
)

THIS_YEAR = 2026


@pytest.mark.parametrize(
    "text",
    [
        "19900515", "1990.5.15", "1990년 5월 15일", "1990-5-15", "1990/05/15", "1990 5 15", "１９９００５１５",
        "900515", "90.5.15", "90년 5월 15일", "'90.5.15", "1990년5월15일생", "1990. 5. 15.", "１９９０－０５－１５",
        "１９９０．５．１５", "1990–05–15", "1990−05−15", "1990\u00a05\u00a015", "\u200b1990-05-15\u200e", "1990-05-15T00:00",
        "1990-05-15T00:00:00Z", "1990-05-15 00:00", " 1990-05-15 ", "1990515", "1990년 05월 15일 출생", "1990‑05‑15",
        "1990ㆍ5ㆍ15", "1990.5.15 화", "1990 May 15", "May15 1990", "1990-May-15", "1990년 5월 15일(음력 4월 21일)",
        "1990년 음력 5월 15일", "90년 (음) 5월 15일", "1990년 윤달 5월 15일", "1990.5.15(양 6.7)",
    ],
)  # fmt: skip
def test_every_way_to_write_a_date_is_read(text: str) -> None:
    assert read_date(text, latest_year=THIS_YEAR) == (1990, 5, 15)


@pytest.mark.parametrize(
    ("text", "year"),
    [("260101", 2026), ("27.1.1", 1927), ("500101", 1950), ("05년 1월 1일", 2005), ("00.1.1", 2000)],
)
def test_a_year_of_two_digits_is_the_latest_that_has_come(text: str, year: int) -> None:
    assert read_date(text, latest_year=THIS_YEAR) == (year, 1, 1)


@pytest.mark.parametrize(
    ("text", "calendar"),
    [
        ("1990년 음력 5월 15일", "lunar"), ("90년 (음) 5월 15일", "lunar"), ("1990년 윤달 5월 15일", "lunar_leap"),
        ("1990년 5월 15일(음력 4월 21일)", "solar"), ("1990년 4월 21일(양력 5월 15일)", "lunar"),
        ("1990년 윤5월 1일(양력 6월 23일)", "lunar_leap"), ("1990.5.15 (음)", "lunar"), ("1990.5.15", ""),
    ],
)  # fmt: skip
def test_a_calendar_written_anywhere_beside_a_date_is_read(text: str, calendar: str) -> None:
    assert named_calendar(text) == calendar


@pytest.mark.parametrize("text", ["단기 4290년 5월 15일", "4290.5.15", "단기4290-05-15"])
def test_a_year_of_old_records_is_counted_from_tangun(text: str) -> None:
    assert read_date(text, latest_year=THIS_YEAR) == (1957, 5, 15)


@pytest.mark.parametrize(
    "text",
    [
        "모름",
        "모름ㅠㅠ",
        "정확히 모름",
        "기억이 안 나요",
        "-",
        "x",
        "n/a",
        "I don't know",
        "I don’t know",
        "not sure",
        "?",
    ],
)
def test_what_says_that_the_time_is_not_known_is_read(text: str) -> None:
    assert is_unknown(text)


@pytest.mark.parametrize(
    "text", ["", "어제", "1990", "1990-13-01", "1990-05-32", "19901301", "5/15", "1990-05-15-01", "199005150"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert read_date(text, latest_year=THIS_YEAR) is None


def test_a_date_with_two_meanings_is_asked_about() -> None:
    with pytest.raises(Ambiguous) as asked:
        read_date("1990111", latest_year=THIS_YEAR)
    assert asked.value.meanings == ("1990-01-11", "1990-11-01")


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("1430", 14, 30), ("14:30", 14, 30), ("14시 30분", 14, 30), ("09시", 9, 0), ("00:00", 0, 0), ("14시반", 14, 30),
        ("오후 2시 30분", 14, 30), ("오후2:30", 14, 30), ("오후 2시 반", 14, 30), ("2:30 PM", 14, 30), ("2:30pm", 14, 30),
        ("2 p.m.", 14, 0), ("14.30", 14, 30), ("14：３０", 14, 30), ("１４：３０", 14, 30), ("14:30:00", 14, 30), ("24:00", 24, 0),
        ("2400", 24, 0), ("새벽 2시", 2, 0), ("새벽 12시 30분", 0, 30), ("밤 11시", 23, 0), ("밤11시반", 23, 30), ("정오", 12, 0),
        ("낮 12시", 12, 0), ("낮 2시", 14, 0), ("저녁 7시", 19, 0), ("아침 8시", 8, 0), ("오전 12시 10분", 0, 10),
        ("오후 12시", 12, 0), ("오전 11시", 11, 0), ("오후 14시", 14, 0), ("AM 9:05", 9, 5), ("0905", 9, 5), ("143000", 14, 30),
        ("12시", 12, 0), ("0시", 0, 0), ("영시 30분", 0, 30), ("밤 1시", 1, 0), ("밤 3시 반", 3, 30), ("24:30", 24, 30), ("14h30m", 14, 30), ("14시 정각", 14, 0), ("14시30분경", 14, 30),
    ],
)  # fmt: skip
def test_every_way_to_write_a_time_is_read(text: str, hour: int, minute: int) -> None:
    assert read_time(text) == ReadTime(hour, minute)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [("2시", 2, 0), ("2시반", 2, 30), ("230", 2, 30), ("905", 9, 5), ("9", 9, 0), ("2:30", 2, 30)],
)
def test_an_hour_of_the_morning_may_be_one_of_the_afternoon(text: str, hour: int, minute: int) -> None:
    assert read_time(text) == ReadTime(hour, minute, or_hour=hour + 12)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("자시", ReadTime(0, 30, branch=0)), ("야자시", ReadTime(23, 30, branch=0)), ("조자시", ReadTime(0, 30, branch=0)),
        ("축시", ReadTime(2, 0, branch=1)), ("오시", ReadTime(12, 0, branch=6)), ("해시", ReadTime(22, 0, branch=11)),
    ],
)  # fmt: skip
def test_the_twelve_hours_are_read_by_name(text: str, found: ReadTime) -> None:
    assert read_time(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25:00",
        "14:60",
        "24:60",
        "한낮",
        "2시반분",
        "아침 3시",
        "새벽 9시",
        "오전 14시",
        "am 2:30 pm",
        "야축시",
        "-1",
        "14:3:0:0",
        "99999",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize("text", ["자정", "밤 12시", "밤 12시 30분"])
def test_a_time_at_the_turn_of_the_day_is_asked_about_with_two_that_are_read(text: str) -> None:
    with pytest.raises(Ambiguous) as asked:
        read_time(text)
    early, late = map(read_time, asked.value.meanings)
    assert early is not None and late is not None
    assert (early.hour, late.hour, early.minute) == (0, 24, late.minute)


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_the_readers(text: str) -> None:
    with contextlib.suppress(Ambiguous):
        read_date(text, latest_year=THIS_YEAR)
    with contextlib.suppress(Ambiguous):
        read_time(text)


FORMS = st.sampled_from(
    ["{0:04}-{1:02}-{2:02}", "{0:04}.{1}.{2}", "{0:04}년 {1}월 {2}일", "{0:04}{1:02}{2:02}"]
)


@given(st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31)), FORMS)
def test_a_date_reads_back(date: dt.date, form: str) -> None:
    parts = (date.year, date.month, date.day)
    assert read_date(form.format(*parts), latest_year=THIS_YEAR) == parts


@given(st.times(), st.sampled_from(["{0:02}:{1:02}", "{0:02}{1:02}", "{0:02}시 {1}분"]))
def test_a_time_reads_back(time: dt.time, form: str) -> None:
    found = read_time(form.format(time.hour, time.minute))
    assert found is not None
    assert (found.hour, found.minute) == (time.hour, time.minute)


@pytest.mark.parametrize(
    ("text", "hour", "or_hour"),
    [
        ("0시", 0, None),
        ("1시", 1, 13),
        ("11시", 11, 23),
        ("12시", 12, None),
        ("13시", 13, None),
        ("01:00", 1, None),
    ],
)
def test_an_hour_from_one_to_eleven_may_be_one_of_the_afternoon(
    text: str, hour: int, or_hour: int | None
) -> None:
    assert read_time(text) == ReadTime(hour, 0, or_hour=or_hour)
