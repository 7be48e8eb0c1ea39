"""One request a line, one answer a line: ``manage.py saju --jsonl``.

``answer`` never raises: for any line it returns one JSON object without a line break, with the request's
``id`` if that could be read.
"""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import Any

from fortune.saju.birth import (
    CALENDARS,
    CLOCKS,
    DAY_CHANGES,
    GENDERS,
    SEOUL_LONGITUDE,
    SEOUL_ZONE,
    Birth,
    Options,
    SajuError,
)
from fortune.saju.calendar.zones import resolve
from fortune.saju.chart import Chart, cast, luck_json
from fortune.saju.cycle import Pillar, Pillars, read_pillar
from fortune.saju.derive.facts import facts
from fortune.saju.luck import is_forward, luck_pillars
from fortune.saju.moments import Moment, is_possible, moments
from fortune.saju.notes.notices import clock_text, pillars_json
from fortune.saju.terminal.judged import judgement_json

MAX_LINE = 65536
"""Bytes of the longest line that is read."""
_PARTED = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_TIME = re.compile(r"(\d{2}):(\d{2})", re.ASCII)


def answer(line: bytes) -> bytes:
    """Return the answer to one line, without a line break at its end."""
    found: dict[str, Any] = {}
    try:
        request = _request(line)
        if "id" in request and _echoes(request["id"]):
            found["id"] = request["id"]
        found.update(_given(request) if request.get("pillars") is not None else _charted(*_read(request)))
    except SajuError as error:
        found["error"] = {"code": error.code, "message": error.message}
        if error.alternatives:
            found["error"]["alternatives"] = list(error.alternatives)
    # A lone surrogate in an id is no UTF-8, so it is written as its JSON escape.
    return json.dumps(found, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")


def _request(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise SajuError("too_long", f"한 줄은 {MAX_LINE}바이트까지 읽을 수 있어요.")
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        raise SajuError(
            "bad_json", "JSON으로 읽을 수 없는 줄이에요. 한 줄에 JSON 객체 하나를 적어 주세요."
        ) from None
    if not isinstance(request, dict):
        raise SajuError("bad_json", "JSON 객체({…})로 적어 주세요.")
    return request


def _echoes(value: object) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    return value is None or isinstance(value, str | int)


def _read(request: dict[str, Any]) -> tuple[Birth, Options]:
    for name in ("calendar", "date", "gender"):
        if request.get(name) is None:
            raise SajuError("missing", f"{name} 항목이 빠졌어요. 넣어서 다시 보내 주세요.")
    day = _date_of(_text(request, "date", ""))
    if day is None:
        raise SajuError("date", "date 항목은 1990-05-15처럼 적어 주세요.")
    hour, minute = _time(request)
    birth = Birth(
        _choice(request, "calendar", CALENDARS),
        *day,
        hour,
        minute,
        _choice(request, "gender", GENDERS),
        _longitude(request),
        _text(request, "timezone", SEOUL_ZONE),
        _fold(request),
    )
    return birth, _options(request)


def _options(request: dict[str, Any]) -> Options:
    clock = _choice(request, "clock", CLOCKS)
    return Options(clock=clock, day_change=_choice(request, "day_change", DAY_CHANGES))


def _time(request: dict[str, Any]) -> tuple[int, int] | tuple[None, None]:
    if request.get("time") is None:
        return None, None
    match = _TIME.fullmatch(_text(request, "time", ""))
    if match is None:
        raise SajuError("time", "time 항목은 HH:MM 꼴로 적어 주세요. 모르면 null로 적어 주세요.")
    return int(match[1]), int(match[2])


def _choice(request: dict[str, Any], name: str, choices: tuple[str, ...]) -> str:
    value = _text(request, name, choices[0])
    if value not in choices:
        raise SajuError(name, f"{name} 항목은 {', '.join(choices)} 가운데 하나로 적어 주세요.", choices)
    return value


def _text(request: dict[str, Any], name: str, default: str) -> str:
    value = request.get(name)
    if value is None:
        return default
    if not isinstance(value, str):
        raise SajuError(name, f"{name} 항목은 글자로 적어 주세요.")
    return value


def _longitude(request: dict[str, Any]) -> float:
    value = request.get("longitude")
    if value is None:
        return SEOUL_LONGITUDE
    if isinstance(value, bool) or not isinstance(value, int | float) or not -180 <= value <= 180:
        raise SajuError("longitude", "longitude 항목은 −180에서 180 사이의 수로 적어 주세요.")
    return float(value)


def _fold(request: dict[str, Any]) -> int:
    value = request.get("fold")
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or value not in (0, 1):
        raise SajuError("fold", "fold 항목은 0이나 1로 적어 주세요.", ("0", "1"))
    return value


def _charted(birth: Birth, options: Options) -> dict[str, Any]:
    chart = cast(birth, options)
    found: dict[str, Any] = {"pillars": pillars_json(chart.pillars)}
    if chart.candidates or (chart.days and chart.days[0].pillar != chart.pillars.day):
        found["candidates"] = _candidates(chart)
    found["solar_date"] = chart.solar_date.isoformat()
    found["luck"] = luck_json(chart.luck)
    found["corrections"] = [correction.to_json() for correction in chart.corrections]
    found["warnings"] = [warning.to_json() for warning in chart.warnings]
    found["judgement"] = judgement_json(chart.facts)
    return found


def _given(request: dict[str, Any]) -> dict[str, Any]:
    """Answer a request that gives pillars instead of a birth; without a gender, luck has no direction and is null."""
    given = request["pillars"]
    if not isinstance(given, dict):
        raise SajuError("pillars", "pillars 항목은 year, month, day, hour를 담은 객체로 적어 주세요.")
    hour = None if given.get("hour") is None else _pillar(given, "hour")
    pillars = Pillars(_pillar(given, "year"), _pillar(given, "month"), _pillar(given, "day"), hour)
    gender = None if request.get("gender") is None else _choice(request, "gender", GENDERS)
    options = _options(request)
    warnings = []
    if not is_possible(pillars, options):
        message = "달력에 없는 네 기둥이에요. 월간은 년간을, 시간은 일간을 따라 정해져요. 글자를 다시 확인해 주세요."
        warnings.append({"code": "impossible_pillars", "message": message})
    return {
        "pillars": pillars_json(pillars),
        "luck": None if gender is None else _luck(pillars, is_forward(pillars.year, gender)),
        "corrections": [],
        "warnings": warnings,
        "judgement": judgement_json(facts(pillars, options)),
        "dates": [_moment(row) for row in moments(pillars, options)],
    }


def _luck(pillars: Pillars, forward: bool) -> dict[str, Any]:
    return {
        "direction": "forward" if forward else "backward",
        "pillars": [pillar.hanja for pillar in luck_pillars(pillars.month, forward)],
    }


def _pillar(given: dict[str, Any], name: str) -> Pillar:
    value = given.get(name)
    if not isinstance(value, str) or (found := read_pillar(value)) is None:
        raise SajuError("pillars", f"pillars의 {name} 항목은 庚午처럼 간지 두 글자로 적어 주세요.")
    return found


def _moment(row: Moment) -> dict[str, Any]:
    """Return a stretch: its ends, and a time in its middle that gives the same chart."""
    found = {
        "date": row.day.isoformat(),
        "time": "{:02}:{:02}".format(*row.middle),
        "since": "{:02}:{:02}".format(*divmod(row.since, 60)),
        "until": "{:02}:{:02}".format(*divmod(row.until, 60)),
    }
    return {**found, "fold": 1} if row.fold else found


def _candidates(chart: Chart) -> dict[str, Any]:
    """Return the pillars that an unknown hour leaves open, each list in the order of the day.

    ``at`` is when year and month change, ``day_at`` when the day does, on the civil clock of the day's beginning.
    A day that has the previous day's pillar at its beginning has candidates; that its last minutes, from 23:00 of the
    local clock on, belong to the next is so on nearly every day, and the warning ``hour_unknown`` tells it.
    """
    day = chart.solar_date
    offset = resolve(day.year, day.month, day.day, 0, 0, chart.birth.timezone).offset
    found: dict[str, Any] = {"year": [chart.pillars.year.hanja], "month": [chart.pillars.month.hanja]}
    if chart.candidates:
        found = {
            "year": [candidate.year.hanja for candidate in chart.candidates],
            "month": [candidate.month.hanja for candidate in chart.candidates],
            "at": clock_text(chart.candidates[1].since + offset),
            "luck": [luck_json(candidate.luck) for candidate in chart.candidates],
        }
    found["day"] = [span.pillar.hanja for span in chart.days]
    found["day_at"] = [clock_text(span.since + offset) for span in chart.days[1:]]
    return found


def _date_of(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day of ``1990-05-15``, ``1990-5-15``, ``1990.5.15``, ``1990/5/15`` or ``19900515``.

    None for anything else: a program that writes a date in another way has made a mistake, which a person has not
    (``calendar.written`` reads those). Whether there is such a day is for the calendar to say, lunar ones have a day 30
    in February.
    """
    if parted := _PARTED.fullmatch(text):
        return int(parted[1]), int(parted[3]), int(parted[4])
    if compact := _COMPACT.fullmatch(text):
        return int(compact[1]), int(compact[2]), int(compact[3])
    return None
