"""A chart besides its pillars: corrections, warnings, luck, unknown hours, refusals."""

from __future__ import annotations

import builtins
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fortune.saju import (
    ENGINE_VERSION,
    Birth,
    Chart,
    Options,
    SajuError,
    birth_of,
    cast,
    digest,
    options_of,
    pillars_of,
    places,
    snapshot_of,
)
from fortune.saju.calendar.zones import zone
from fortune.saju.luck import decade_on
from tests.golden.births import birth, written


def _codes(chart: Chart) -> list[str]:
    return [warning.code for warning in chart.warnings]


def _corrections(chart: Chart) -> dict[str, float]:
    return {correction.code: correction.minutes for correction in chart.corrections}


def test_local_mean_time_is_corrected_by_longitude() -> None:
    chart = cast(birth("1990-05-15 12:00"))
    assert _corrections(chart) == {"longitude": -32.08}
    assert chart.instant == datetime(1990, 5, 15, 3, tzinfo=UTC)
    assert chart.clock_time == datetime(1990, 5, 15, 11, 27, 55)  # noqa: DTZ001 -- a clock without a zone
    assert "−32.08분" in chart.corrections[0].message


@pytest.mark.parametrize(
    ("text", "clock", "expected"),
    [
        ("1987-07-10 13:20", "mean", {"dst": -60.0, "longitude": -32.08}),
        ("1987-07-10 13:20", "standard", {"dst": -60.0}),
        ("1955-06-10 01:15", "mean", {"dst": -60.0, "longitude": -2.08}),
        ("1961-03-01 10:45", "mean", {"longitude": -2.08}),
        ("1961-03-01 10:45", "standard", {}),
        ("2024-11-03 12:00", "apparent", {"longitude": -32.08, "equation_of_time": 16.4}),
    ],
)
def test_every_step_from_the_civil_clock_is_listed(text: str, clock: str, expected: dict[str, float]) -> None:
    found = _corrections(cast(birth(text), Options(clock=clock)))
    assert found == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("clock", ["mean", "standard", "apparent"])
@pytest.mark.parametrize(
    "text", ["1987-07-10 13:20", "1955-06-10 01:15", "1930-01-01 08:00", "2024-02-11 06:00"]
)
def test_the_steps_add_up_to_the_clock_that_was_used(text: str, clock: str) -> None:
    chart = cast(birth(text), Options(clock=clock))
    told = datetime.fromisoformat(text)
    assert chart.clock_time is not None
    shift = (chart.clock_time - told).total_seconds() / 60
    assert sum(_corrections(chart).values()) == pytest.approx(shift, abs=0.02)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("2024-02-04 17:17", False),
        ("2024-02-04 17:18", True),
        ("2024-02-04 17:27", True),
        ("2024-02-04 17:28", True),
        ("2024-02-04 17:37", True),
        ("2024-02-04 17:38", False),
    ],
)
def test_a_birth_within_ten_minutes_of_a_term_is_warned_about(text: str, near: bool) -> None:
    assert ("near_term" in _codes(cast(birth(text)))) is near


def test_the_warning_near_a_term_shows_the_chart_on_its_other_side() -> None:
    before, after = cast(birth("2024-02-04 17:27")), cast(birth("2024-02-04 17:28"))
    (warning,) = (w for w in before.warnings if w.code == "near_term")
    assert warning.pillars == after.pillars
    assert "입춘(2024-02-04 17:27:08)" in warning.message
    (warning,) = (w for w in after.warnings if w.code == "near_term")
    assert warning.pillars == before.pillars


@pytest.mark.parametrize(
    ("text", "change", "code", "other"),
    [
        ("2024-06-15 13:25", "23:00", "near_hour_edge", "甲辰 庚午 庚戌 癸未"),
        ("2024-06-15 13:40", "23:00", "near_hour_edge", "甲辰 庚午 庚戌 壬午"),
        ("2024-06-15 23:25", "23:00", "near_day_edge", "甲辰 庚午 辛亥 戊子"),
        ("2024-06-15 23:25", "00:00", "near_hour_edge", "甲辰 庚午 庚戌 戊子"),
        ("2024-06-16 00:30", "00:00", "near_day_edge", "甲辰 庚午 辛亥 戊子"),
        ("2024-06-16 00:40", "00:00", "near_day_edge", "甲辰 庚午 庚戌 戊子"),
    ],
)
def test_a_birth_near_an_edge_of_the_clock_shows_the_other_chart(
    text: str, change: str, code: str, other: str
) -> None:
    (warning,) = cast(birth(text), Options(day_change=change)).warnings
    assert warning.code == code
    assert warning.pillars is not None
    assert written(warning.pillars) == other


def test_a_longitude_far_from_its_zone_is_warned_about() -> None:
    far = replace(birth("1990-05-15 12:00"), longitude=-74.006)
    assert "far_from_zone" in _codes(cast(far))
    assert "far_from_zone" not in _codes(cast(far, Options(clock="standard")))
    for place in places.ALL:
        assert "far_from_zone" not in _codes(
            cast(replace(far, longitude=place.longitude, timezone=place.timezone))
        ), place.slug


@pytest.mark.parametrize(
    ("zone_name", "longitude"),
    [("Pacific/Apia", -171.77), ("Pacific/Kiritimati", -157.4), ("Pacific/Fiji", 178.4)],
)
def test_the_day_is_the_one_kept_on_this_side_of_the_date_line(zone_name: str, longitude: float) -> None:
    noon = Birth("solar", 2024, 1, 1, 12, 0, "male", longitude, zone_name)
    assert pillars_of(noon).day.hanja == "甲子"
    assert pillars_of(noon).day == pillars_of(noon, Options(clock="standard")).day


def test_midnight_is_no_edge_when_days_turn_at_23() -> None:
    assert cast(birth("2024-06-16 00:33")).warnings == ()


def test_an_unknown_hour_leaves_three_pillars_and_says_so() -> None:
    chart = cast(birth("1990-05-15"))
    assert written(chart.pillars) == "庚午 辛巳 庚辰"
    assert (chart.instant, chart.clock_time, chart.days_since_term) == (None, None, None)
    assert (chart.candidates, chart.corrections) == ((), ())
    assert _codes(chart) == ["hour_unknown"]
    assert "밤 11시" in chart.warnings[0].message
    midnight = cast(birth("1990-05-15"), Options(day_change="00:00"))
    assert "밤 12시" in midnight.warnings[0].message
    assert chart.facts.counted_over == 6


def test_a_day_that_is_no_whole_number_of_minutes_has_its_day_pillars() -> None:
    # Kyiv left its own time (2:02:04) for Eastern European Time (2:00) at the end of 1 May 1924.
    born = Birth("solar", 1924, 5, 1, longitude=30.523, timezone="Europe/Kyiv")
    first, second = cast(born, Options(day_change="00:00")).days
    assert (first.pillar.hanja, second.pillar.hanja) == ("庚辰", "辛巳")
    # Local mean midnight, at 21:57:54 UTC, lies within 23:57 of the new time: the day before has that minute, too.
    local = datetime.fromtimestamp(second.since, zone("Europe/Kyiv"))
    assert first.until == second.since and (local.day, local.hour, local.minute) == (1, 23, 58)


def test_luck_of_an_unknown_hour_is_a_range_over_the_day() -> None:
    luck = cast(birth("1990-05-15")).luck
    ends = [cast(birth(f"1990-05-15 {time}")).luck.start_age for time in ("00:00", "23:59")]
    assert luck.start_age_range == tuple(sorted(ends))
    # A day is a third of a year, so on every third day or so the two ends round apart.
    ranges = [cast(birth(f"2010-08-{day}")).luck.start_age_range for day in range(10, 31)]
    assert all(found is not None and 0 <= found[1] - found[0] <= 1 for found in ranges)
    assert any(found is not None and found[0] != found[1] for found in ranges)
    assert cast(birth("1990-05-15 12:00")).luck.start_age_range is None


def test_on_a_term_day_both_halves_are_candidates_and_the_longer_one_stands() -> None:
    evening = cast(birth("2024-02-04"))  # 입춘 at 17:27
    assert written(evening.pillars) == "癸卯 乙丑 戊戌"
    assert "term_in_day" in _codes(evening)
    early = cast(birth("1984-02-05"))  # 입춘 at 00:18
    assert written(early.pillars) == "甲子 丙寅 己巳"
    before, after = evening.candidates
    assert before.until == after.since
    assert before.luck.direction != after.luck.direction
    assert before.luck.start_age == cast(birth("2024-02-04 00:00")).luck.start_age
    assert after.luck.start_age == cast(birth("2024-02-04 17:28")).luck.start_age


def test_luck_begins_the_exact_age_after_birth() -> None:
    luck = cast(birth("1990-05-15 12:00")).luck
    assert (luck.start_age, luck.years, luck.months) == (7, 7, 3)
    assert luck.begins == date(1997, 8, 23)
    assert [decade.age for decade in luck.decades][:3] == [7, 17, 27]
    assert luck.decades[1].begins == luck.decades[0].ends == date(2007, 8, 23)
    asked = (date(1997, 8, 22), date(1997, 8, 23), date(2007, 8, 22), date(2007, 8, 23), date(2107, 1, 1))
    assert [decade_on(luck.decades, day) for day in asked] == [None, 0, 0, 1, 9]


def test_a_decade_that_begins_on_29_february_turns_on_the_28th_of_common_years() -> None:
    luck = replace(cast(birth("1990-05-15 12:00")).luck, begins=date(1996, 2, 29))
    assert [decade.begins for decade in luck.decades][:3] == [
        date(1996, 2, 29),
        date(2006, 2, 28),
        date(2016, 2, 29),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"calendar": "julian"}, "calendar"),
        ({"gender": "x"}, "gender"),
        ({"longitude": 180.5}, "longitude"),
        ({"longitude": float("nan")}, "longitude"),
        ({"fold": 2}, "fold"),
        ({"hour": 24}, "time"),
        ({"minute": 60}, "time"),
        ({"minute": None}, "time"),
        ({"hour": None}, "time"),
        ({"hour": -1}, "time"),
        ({"month": 13}, "date"),
        ({"month": 2, "day": 29}, "date"),
        ({"day": 0}, "date"),
        ({"year": 1899}, "out_of_range"),
        ({"year": 2101}, "out_of_range"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"calendar": "lunar_leap", "month": 6}, "no_leap_month"),
    ],
)
def test_a_birth_that_can_not_be_is_refused_in_korean(changes: dict[str, object], code: str) -> None:
    wrong = replace(birth("1990-05-15 12:00"), **changes)  # type: ignore[arg-type]
    for refuse in (cast, pillars_of):
        with pytest.raises(SajuError) as refused:
            refuse(wrong)
        assert refused.value.code == code
        assert refused.value.message.endswith(("요.", "요", "이에요."))


def test_options_refuse_what_no_school_teaches() -> None:
    with pytest.raises(ValueError, match="clock"):
        Options(clock="atomic")
    with pytest.raises(ValueError, match="day_change"):
        Options(day_change="01:00")
    with pytest.raises(ValueError, match="sinsal_base"):
        Options(sinsal_base="hour")


@pytest.mark.parametrize("text", ["1990-05-15 12:00", "2024-02-04", "1955-09-08 23:30"])
def test_a_snapshot_survives_json_and_casts_the_same_chart(text: str) -> None:
    chart = cast(birth(text, gender="female"), Options(clock="apparent", day_change="00:00"))
    snapshot = json.loads(json.dumps(chart.to_json(), ensure_ascii=False, allow_nan=False))
    assert birth_of(snapshot) == chart.birth
    assert options_of(snapshot) == chart.options
    assert cast(birth_of(snapshot), options_of(snapshot)) == chart
    assert snapshot["pillars"]["year"] == chart.pillars.year.hanja
    assert snapshot["facts"] == json.loads(json.dumps(chart.facts.to_json()))


@pytest.mark.parametrize("text", ["1990-05-15 12:00", "2024-02-04", "1955-09-08 23:30"])
def test_a_record_casts_the_snapshot_of_which_it_has_the_digest(text: str) -> None:
    chart = cast(birth(text, gender="female"), Options(clock="apparent", day_change="00:00"))
    record = json.loads(json.dumps(chart.to_record()))
    assert record["engine"] == ENGINE_VERSION
    assert snapshot_of(record) == chart.to_json()
    assert digest(json.loads(json.dumps(snapshot_of(record)))) == record["digest"]
    other = replace(chart.birth, longitude=chart.birth.longitude - 10)
    assert cast(other, chart.options).to_record()["digest"] != record["digest"]
    assert len(json.dumps(record)) < 800


def test_a_whole_snapshot_that_an_earlier_release_stored_is_shown_as_it_is() -> None:
    stored = cast(birth("1990-05-15 12:00")).to_json() | {"engine": "0.9"}
    assert snapshot_of(stored) is stored


def test_a_snapshot_with_an_option_of_another_version_is_still_read() -> None:
    snapshot = cast(birth("1990-05-15 12:00")).to_json()
    snapshot["options"]["forgotten"] = "yes"
    assert options_of(snapshot) == Options()


def test_casting_opens_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    zone("America/New_York")

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError(f"opened {args}")

    monkeypatch.setattr(builtins, "open", refuse)
    assert cast(birth("1990-05-15 12:00")).to_json()["engine"] == ENGINE_VERSION
    assert cast(birth("2024-02-04 03:00", place="뉴욕")).pillars.month.hanja == "乙丑"


def test_the_date_line_and_the_ends_of_the_range_are_charted() -> None:
    for edge in (Birth("solar", 1900, 1, 1), Birth("solar", 2100, 12, 31)):
        for longitude in (-180.0, 180.0):
            for hour in (None, 0, 23):
                minute = None if hour is None else 59
                chart = cast(replace(edge, hour=hour, minute=minute, longitude=longitude))
                assert len(chart.luck.pillars) == 10
                assert chart.to_json()["facts"]


def test_a_term_in_the_last_half_minute_of_a_day_makes_no_candidates() -> None:
    # 백로 was at 23:59:27; a birth of that day is told as 23:59 at the latest.
    chart = cast(birth("1964-09-07"))
    assert chart.candidates == ()
    assert chart.pillars.month == cast(birth("1964-09-07 23:59")).pillars.month
    assert cast(birth("1964-09-08")).pillars.month == chart.pillars.month.step(1)


def test_a_refusal_is_its_sentence_where_it_is_printed() -> None:
    refused = SajuError("date", "13월은 없어요.")
    assert (str(refused), refused.message, refused.alternatives) == ("13월은 없어요.", "13월은 없어요.", ())
