"""``manage.py saju``: one line in, one line out, whatever the line holds."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fortune.management.commands.saju import Command, serve
from fortune.saju.terminal.jsonl import MAX_LINE, answer

ROOT = Path(__file__).parent.parent.parent.parent
FULL = {
    "id": "a-1",
    "calendar": "solar",
    "date": "1990-05-15",
    "time": "12:00",
    "gender": "male",
    "longitude": 126.978,
    "timezone": "Asia/Seoul",
    "clock": "mean",
    "day_change": "23:00",
}


def ask(**changes: Any) -> dict[str, Any]:
    return sent({**FULL, **changes})


def sent(request: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer(json.dumps(request).encode()))
    return found


def test_a_full_request_is_answered_in_full() -> None:
    found = ask()
    assert list(found) == ["id", "pillars", "solar_date", "luck", "corrections", "warnings", "judgement"]
    assert found["id"] == "a-1"
    assert found["pillars"] == {"year": "庚午", "month": "辛巳", "day": "庚辰", "hour": "壬午"}
    assert found["solar_date"] == "1990-05-15"
    assert (found["luck"]["direction"], found["luck"]["start_age"]) == ("forward", 7)
    assert found["luck"]["pillars"][:3] == ["壬午", "癸未", "甲申"]
    assert len(found["luck"]["pillars"]) == 10
    assert [(c["code"], c["minutes"]) for c in found["corrections"]] == [("longitude", -32.08)]
    assert found["warnings"] == []


def test_place_clock_and_day_rule_have_defaults() -> None:
    short = {name: FULL[name] for name in ("id", "calendar", "date", "time", "gender")}
    assert sent(short) == ask()
    assert sent({**short, "longitude": None, "timezone": None, "clock": None, "fold": None}) == ask()


def test_options_are_heard() -> None:
    night = {"date": "1995-08-20", "time": "23:20"}
    assert ask(**night)["pillars"]["hour"] == "癸亥"
    assert ask(**night, clock="standard")["pillars"]["hour"] == "甲子"
    assert ask(**night, clock="standard", day_change="00:00")["pillars"]["day"] == "癸未"
    assert ask(date="1988-10-09", time="02:20", fold=1)["pillars"]["hour"] == "辛丑"
    assert ask(date="1992-11-11", time="13:25", longitude=129.075)["pillars"]["hour"] == "乙未"


def test_an_unknown_hour_has_null_and_candidates_on_a_term_day() -> None:
    plain = ask(time=None)
    assert plain["pillars"]["hour"] is None
    assert "candidates" not in plain
    low, high = plain["luck"]["start_age_range"]
    assert low <= plain["luck"]["start_age"] <= high
    found = ask(date="2024-02-04", time=None)
    assert found["pillars"]["day"] == "戊戌"
    assert found["candidates"]["year"] == ["癸卯", "甲辰"]
    assert found["candidates"]["month"] == ["乙丑", "丙寅"]
    assert found["candidates"]["at"] == "2024-02-04 17:27:08"


def test_an_unknown_hour_has_both_days_where_the_local_clock_crosses_into_the_date() -> None:
    found = ask(
        date="1950-06-25", time=None
    )  # summer time on a clock that ran half an hour ahead of the sun's
    assert found["candidates"]["day"] == ["庚寅", "辛卯"]
    assert (found["candidates"]["year"], found["candidates"]["month"]) == (["庚寅"], ["壬午"])
    assert found["pillars"]["day"] == "辛卯"
    before, after = (ask(date="1950-06-25", time=time) for time in ("00:32", "00:33"))
    assert (before["pillars"]["day"], after["pillars"]["day"]) == ("庚寅", "辛卯")
    told = {warning["code"]: warning for warning in found["warnings"]}
    assert "다음 날" not in told["hour_unknown"]["message"]
    assert told["day_in_day"]["pillars"]["day"] == "庚寅"
    ordinary = {warning["code"]: warning for warning in ask(time=None)["warnings"]}
    assert ordinary["hour_unknown"]["pillars"]["day"] == "辛巳"


def test_every_answer_is_judged_in_korean_words() -> None:
    found = ask()["judgement"]
    assert set(found["strength"]) == {"level", "percent"}
    assert set(found["useful"]) >= {"chosen", "eokbu", "johu", "tonggwan", "reason"}
    assert found["structure"]["name"].endswith("격")
    assert "hours" not in found
    open_hour = ask(time=None)["judgement"]["hours"]
    assert all(sum(counts.values()) == 12 for counts in open_hour.values())


def test_pillars_may_be_given_instead_of_a_birth() -> None:
    given = {"year": "庚午", "month": "辛巳", "day": "庚辰", "hour": "壬午"}
    found = json.loads(answer(json.dumps({"id": 3, "pillars": given, "gender": "female"}).encode()))
    assert (found["id"], found["pillars"]) == (3, given)
    assert found["luck"]["direction"] == "backward"
    assert found["luck"]["pillars"][:3] == ["庚辰", "己卯", "戊寅"]
    assert [(row["date"], row["since"], row["until"]) for row in found["dates"]] == [
        ("1930-05-30", "11:33", "13:32"),
        ("1990-05-15", "11:33", "13:32"),
    ]
    born = ask(date="1990-05-15", time=found["dates"][1]["time"])
    assert born["pillars"] == given
    assert born["judgement"] == found["judgement"]


def test_pillars_without_a_gender_have_no_direction_of_luck() -> None:
    given = {"year": "庚午", "month": "辛巳", "day": "庚辰", "hour": "壬午"}
    with_gender, without = (
        json.loads(answer(json.dumps({"id": 1, "pillars": given, "gender": gender}).encode()))
        for gender in ("male", None)
    )
    assert without == {**with_gender, "luck": None}


def test_pillars_that_no_calendar_has_are_judged_with_a_warning() -> None:
    given = {"year": "庚午", "month": "庚辰", "day": "庚辰", "hour": "甲子"}
    found = json.loads(answer(json.dumps({"pillars": given, "gender": "male"}).encode()))
    assert [warning["code"] for warning in found["warnings"]] == ["impossible_pillars"]
    assert found["dates"] == []
    assert found["judgement"]["strength"]["level"]


@pytest.mark.parametrize(
    ("pillars", "code"),
    [
        ("庚午", "pillars"),
        ({"year": "庚午"}, "pillars"),
        ({"year": "庚巳", "month": "辛巳", "day": "庚辰"}, "pillars"),
        ({"year": "庚午", "month": "辛巳", "day": 3}, "pillars"),
    ],
)
def test_pillars_that_can_not_be_read_are_refused(pillars: object, code: str) -> None:
    assert json.loads(answer(json.dumps({"pillars": pillars}).encode()))["error"]["code"] == code


def test_a_lunar_birth_is_given_its_solar_date() -> None:
    found = ask(calendar="lunar_leap", date="2012-03-01")
    assert found["solar_date"] == "2012-04-21"
    refused = ask(calendar="lunar_leap", date="2023-03-01")["error"]
    assert refused["code"] == "no_leap_month"
    assert refused["message"] == "2023년의 윤달은 윤2월이에요."
    assert ask(calendar="lunar", date="2024-01-30")["error"]["code"] == "no_such_day"
    assert ask(calendar="lunar", date="2024-02-30")["solar_date"] == "2024-04-08"


def test_a_warning_carries_the_other_chart() -> None:
    (warning,) = ask(date="2024-02-04", time="17:20")["warnings"]
    assert warning["code"] == "near_term"
    assert warning["message"]
    assert warning["pillars"] == {"year": "甲辰", "month": "丙寅", "day": "戊戌", "hour": "庚申"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"calendar": "moon"}, "calendar"),
        ({"calendar": None}, "missing"),
        ({"calendar": 3}, "calendar"),
        ({"date": None}, "missing"),
        ({"date": 19900515}, "date"),
        ({"date": "1990-05.15"}, "date"),
        ({"date": "1990515"}, "date"),
        ({"date": "90-05-15"}, "date"),
        ({"date": "1990-05-15\n"}, "date"),
        ({"date": "١٩٩٠-٠٥-١٥"}, "date"),
        ({"date": "1990-02-30"}, "date"),
        ({"date": "1990-13-01"}, "date"),
        ({"date": "0000-00-00"}, "out_of_range"),
        ({"date": "9999-12-31"}, "out_of_range"),
        ({"time": "24:00"}, "time"),
        ({"time": "12:60"}, "time"),
        ({"time": "9:00"}, "time"),
        ({"time": ""}, "time"),
        ({"time": 12}, "time"),
        ({"gender": None}, "missing"),
        ({"gender": "M"}, "gender"),
        ({"longitude": "126.978"}, "longitude"),
        ({"longitude": True}, "longitude"),
        ({"longitude": 1e400}, "longitude"),
        ({"longitude": float("nan")}, "longitude"),
        ({"longitude": 181}, "longitude"),
        ({"timezone": "Seoul"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
        ({"timezone": 9}, "timezone"),
        ({"clock": "raw"}, "clock"),
        ({"day_change": "22:00"}, "day_change"),
        ({"fold": 2}, "fold"),
        ({"fold": True}, "fold"),
        ({"fold": "1"}, "fold"),
    ],
)
def test_a_bad_field_is_refused_with_its_id(changes: dict[str, Any], code: str) -> None:
    found = ask(**changes)
    assert set(found) == {"id", "error"}
    assert found["id"] == "a-1"
    assert found["error"]["code"] == code
    assert found["error"]["message"]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"   ",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"12",
        b"{'id': 1}",
        b"\xff\xfe\x00",
        b'{"id": ' + b"9" * 5000 + b"}",
        b"[" * 30000,
        b'{"a":' * 10000,
        b"x" * (MAX_LINE + 1),
    ],
)
def test_a_line_that_is_no_request_is_answered_with_an_error(line: bytes) -> None:
    found = json.loads(answer(line))
    assert set(found) == {"error"}
    assert found["error"]["code"] in {"bad_json", "too_long", "missing"}


@pytest.mark.parametrize(
    ("calendar", "typed", "solar_date"),
    [
        ("solar", "1990-5-15", "1990-05-15"),
        ("solar", "1990.5.15", "1990-05-15"),
        ("solar", "1990.05.15", "1990-05-15"),
        ("solar", "1990/05/15", "1990-05-15"),
        ("solar", "19900515", "1990-05-15"),
        ("lunar", "2024.2.30", "2024-04-08"),
        ("lunar_leap", "20120301", "2012-04-21"),
    ],
)
def test_a_date_may_be_typed_as_on_the_form(calendar: str, typed: str, solar_date: str) -> None:
    assert ask(calendar=calendar, date=typed)["solar_date"] == solar_date


@pytest.mark.parametrize("value", [0, -3, 1.5, "", "한글", "\ud800", True, None])
def test_any_scalar_id_comes_back(value: object) -> None:
    found = sent({**FULL, "id": value})
    assert found["id"] == value
    assert b"\n" not in answer(json.dumps({"id": "a\nb"}).encode())


def test_a_bad_line_does_not_keep_the_next_from_being_served() -> None:
    good = json.dumps(FULL).encode()
    lines = [b"{", good, b"", b"x" * (3 * MAX_LINE), good]
    out = io.BytesIO()
    serve(io.BytesIO(b"\n".join(lines)), out)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert ["pillars" in found for found in answers] == [False, True, False, False, True]
    assert answers[3]["error"]["code"] == "too_long"


def test_the_process_answers_each_line_before_the_next_is_sent() -> None:
    command = [sys.executable, "manage.py", "saju", "--jsonl"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        for n in range(3):
            process.stdin.write(json.dumps({**FULL, "id": n}).encode() + b"\n")
            process.stdin.flush()
            found = json.loads(process.stdout.readline())
            assert (found["id"], found["pillars"]["day"]) == (n, "庚辰")
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_a_reader_that_has_enough_ends_it_without_a_traceback() -> None:
    command = [sys.executable, "manage.py", "saju", "--jsonl"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        process.stdout.close()
        process.stdin.write(json.dumps(FULL).encode() + b"\n")
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_chart_is_drawn_in_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    call_command(Command(), "1990-05-15", "12:00", gender="male")
    shown = capsys.readouterr().out
    assert "壬" in shown and "대운 순행, 7세부터 (교운 7년 3개월)" in shown
    assert "양력 1990-05-15 (음력 1990년 4월 21일)" in shown
    assert "\x1b" not in shown
    call_command(Command(), "1990-05-15", "12:00", gender="male", force_color=True)
    coloured = capsys.readouterr().out
    assert "\x1b[1;34m壬\x1b[0m" in coloured and "\x1b[1;31m午\x1b[0m" in coloured


def test_the_terminal_names_both_candidates_of_a_term_day(capsys: pytest.CaptureFixture[str]) -> None:
    call_command(Command(), "2024-02-04", gender="female", place="부산")
    shown = capsys.readouterr().out
    assert "후보: 癸卯 乙丑" in shown and "후보: 甲辰 丙寅" in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["1990-05-15", "--gender", "male", "--place", "아틀란티스"], "모르는 곳"),
        (["--gender", "male"], "1990-05-15 12:00"),
        (["1990-05-15"], "--gender"),
        (["1990-02-30", "--gender", "male"], "28일까지"),
        (["1990-05-15", "한낮쯤", "--gender", "male"], "1990-05-15 12:00"),
    ],
)
def test_the_terminal_says_what_is_missing(arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command(Command(), *arguments)


def test_a_stretch_of_a_repeated_hour_says_which_one_and_gives_the_same_chart() -> None:
    pillars = ask(date="1988-10-09", time="02:20", fold=1)["pillars"]
    dates = [
        row
        for row in sent({"id": 1, "pillars": pillars, "gender": "male"})["dates"]
        if row["date"] == "1988-10-09"
    ]
    assert [(row["time"], row["since"], row["until"], row.get("fold")) for row in dates] == [
        ("03:02", "02:33", "03:32", None),
        ("02:29", "02:00", "02:59", 1),
    ]
    for row in dates:
        assert (
            ask(**{name: row[name] for name in ("date", "time", "fold") if name in row})["pillars"] == pillars
        )
