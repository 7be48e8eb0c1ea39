"""``manage.py saju``: a chart in the terminal, or one answer a line with ``--jsonl``."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from fortune.saju import CHOICES, Birth, Options, SajuError, cast, places
from fortune.saju.birth import CALENDARS, CLOCKS, DAY_CHANGES, GENDERS, SEOUL_ZONE
from fortune.saju.branch_hours import with_time
from fortune.saju.calendar.written import Ambiguous, is_unknown, named_calendar, read_date, read_time
from fortune.saju.terminal.jsonl import MAX_LINE, answer
from fortune.saju.terminal.report import report


class Command(BaseCommand):
    help = "사주 원국을 세워요. --jsonl은 표준 입력의 한 줄에 한 줄로 답해요."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("date", nargs="?", help="생년월일, 1990-05-15")
        parser.add_argument("time", nargs="?", help="태어난 시각, HH:MM (모르면 비워 두세요)")
        parser.add_argument("--gender", choices=GENDERS, help="대운의 방향을 정해요")
        parser.add_argument("--calendar", choices=CALENDARS, default="solar")
        parser.add_argument("--place", default="seoul", help="태어난 곳: 서울, 부산, new-york …")
        parser.add_argument("--longitude", type=float, help="태어난 곳 대신 경도 (동경이 +)")
        parser.add_argument("--timezone", help="경도와 함께 적는 시간대, Asia/Seoul …")
        parser.add_argument("--clock", choices=CLOCKS, default="mean")
        parser.add_argument("--day-change", choices=DAY_CHANGES, default="23:00")
        parser.add_argument("--fold", type=int, choices=(0, 1), default=0)
        parser.add_argument(
            "--school",
            action="append",
            default=[],
            metavar="이름=값",
            help="학파의 선택. sinsal_base=day, goegang=six … (docs/decisions/020-schools.md)",
        )
        parser.add_argument("--jsonl", action="store_true", help="JSON 한 줄을 받아 JSON 한 줄로 답해요")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["jsonl"]:
                serve(sys.stdin.buffer, sys.stdout.buffer)
            else:
                self.stdout.write(self._chart(options))
                sys.stdout.flush()
        except BrokenPipeError:
            # The reader (`head`, say) has enough. Python flushes once more at its exit, which must not fail either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _chart(self, options: dict[str, Any]) -> str:
        try:
            birth = _birth(options)
            schools = _schools(options["school"])
            chart = cast(birth, Options(clock=options["clock"], day_change=options["day_change"], **schools))
        except SajuError as error:
            offered = f" ({', '.join(error.alternatives)})" if error.alternatives else ""
            raise CommandError(error.message + offered) from None
        colours = options["force_color"] or (self.stdout.isatty() and not options["no_color"])
        return report(chart, colours=colours)


def serve(lines: BinaryIO, answers: BinaryIO) -> None:
    """Answer every line until the end of input; each answer is flushed before the next line is read."""
    while line := lines.readline(MAX_LINE + 1):
        while not line.endswith(b"\n") and (rest := lines.readline(MAX_LINE)):
            # Too long: read to the end of the line, but keep only enough of it to be refused as too long.
            line = line[: MAX_LINE + 1] + rest[-1:]
        answers.write(answer(line) + b"\n")
        answers.flush()


def _birth(options: dict[str, Any]) -> Birth:
    if options["gender"] is None:
        raise CommandError("--gender male 또는 --gender female을 함께 적어 주세요. 대운의 방향이 달라져요.")
    try:
        day = read_date(options["date"] or "", latest_year=datetime.now(UTC).year)
        asks_hour = bool(options["time"]) and not is_unknown(options["time"])
        time = read_time(options["time"]) if asks_hour else None
    except Ambiguous as error:
        raise CommandError(f"두 가지로 읽혀요: {error}. 하나를 골라 적어 주세요.") from None
    if day is None or (asks_hour and time is None):
        raise CommandError("manage.py saju 1990-05-15 12:00 처럼 날짜와 시각을 적어 주세요.")
    named = named_calendar(options["date"])
    if not options["calendar"].startswith(named):
        raise CommandError(f"적은 날짜에 다른 달력이 적혀 있어요. --calendar {named}을 함께 적어 주세요.")
    longitude, timezone = _where(options)
    birth = Birth(
        options["calendar"], *day, None, None, options["gender"], longitude, timezone, options["fold"]
    )
    chosen = Options(clock=options["clock"], day_change=options["day_change"])
    return birth if time is None else with_time(birth, time, chosen)


def _schools(given: list[str]) -> dict[str, str]:
    chosen = dict(item.partition("=")[::2] for item in given)
    for name, value in chosen.items():
        if value not in CHOICES.get(name, ()):
            known = CHOICES.get(name)
            offered = f"{name}={'|'.join(known)}" if known else ", ".join(CHOICES)
            raise CommandError(f"--school {name}={value}은 모르는 선택이에요. 고를 수 있는 것: {offered}")
    return chosen


def _where(options: dict[str, Any]) -> tuple[float, str]:
    """Return longitude and time zone: the given ones, or those of the place."""
    if options["longitude"] is not None:
        return options["longitude"], options["timezone"] or SEOUL_ZONE
    try:
        found = places.read(options["place"])
    except places.Unplaced as error:
        near = f" ({', '.join(place.ko for place in error.near[:4])})" if error.near else ""
        known = "은 아직 모르는 곳이에요" if error.code == "unknown" else "만으로는 어디인지 알 수 없어요"
        message = f"'{options['place']}'{known}{near}. 도시나 군의 이름으로 적어 주세요."
        raise CommandError(message) from None
    return found.longitude, options["timezone"] or found.timezone
