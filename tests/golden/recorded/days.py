"""Beyond one chart: the hours of a day, days with given pillars, 시 by name, two schools, one more pillar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from fortune.saju import Birth, Chart, Options, compare
from fortune.saju.branch_hours import with_time
from fortune.saju.calendar.written import ReadTime, read_time
from fortune.saju.calendar.written.times import BRANCH_HOURS
from fortune.saju.derive.judgements.useful import role_of
from fortune.saju.derive.relations import relations_with
from fortune.saju.luck import decade_on
from fortune.saju.moments import is_possible, moments

from .births import charts
from .charts import described, numbered
from .writing import checksum, plain


def _some(every: int) -> Iterator[tuple[str, Chart]]:
    return (row for row in numbered() if int(row[0]) % every == 0)


def _spans(rows: tuple[compare.HourSpan, ...]) -> str:
    return " ".join(f"{row.since}–{row.until} {plain(row.pillars)}" for row in rows)


def record_hours() -> Iterator[str]:
    yield "# spans | again | always, mostly: how many, checksum | varying"
    for number, chart in _some(6):
        found = compare.hours(chart.birth, chart.options)
        yield (
            f"{number} {_spans(found.spans)} | {_spans(found.again)} | {len(found.always)} {checksum(found.always)} "
            f"{len(found.mostly)} {checksum(found.mostly)} | {len(found.varying)} {checksum(found.varying)}"
        )
    for day in (
        (1917, 5, 6),
        (1921, 3, 6),
        (1953, 2, 4),
    ):  # a 절 so near the middle of the day that minutes decide
        found = compare.hours(Birth("solar", *day))
        yield f"{plain(day)} {len(found.spans)} {len(found.mostly)} {checksum(found.mostly)}"


def record_repeated_minutes() -> Iterator[str]:
    for number, chart in numbered():
        if found := compare.repeated_minutes(chart.solar_date, chart.birth.timezone):
            yield f"{number} {chart.solar_date} {found[0]} {found[-1]} {len(found)}"


def record_schools() -> Iterator[str]:
    yield "# a birth by its own options and by those of the next: options | differing statements | shared ones"
    for (number, chart), (_, other) in pairwise(_some(5)):
        found = compare.schools(chart.birth, chart.options, other.options)
        sides = (
            f"{row.id}{'' if row.a and row.b else '<' if row.a else '>'}:{checksum((row.a, row.b))}"
            for row in found.differences
        )
        yield f"{number} {plain(found.options)} | {' '.join(sides)} | {found.shared}"


def record_moments() -> Iterator[str]:
    yield "# days with a birth's pillars, there and under its options: whether they can be | minutes, whether the second time"
    for number, chart in _some(16):
        rows = moments(chart.pillars, chart.options, chart.birth.longitude, chart.birth.timezone)
        shown = " ".join(f"{row.day} {row.since}–{row.until}{'+' * row.fold}" for row in rows)
        yield f"{number} {plain(is_possible(chart.pillars, chart.options))} {shown}"


DAYS_OF_BRANCHES = (
    (Birth("solar", 1990, 5, 15), Options()),
    (Birth("solar", 1990, 5, 15), Options(day_change="00:00")),
    (Birth("solar", 1990, 5, 15), Options(clock="standard")),
    (Birth("solar", 1988, 7, 15), Options(clock="apparent")),
    (Birth("solar", 1988, 7, 15, longitude=129.075), Options(clock="standard", day_change="00:00")),
    (Birth("solar", 1955, 9, 9), Options()),
    (Birth("lunar_leap", 2023, 2, 10), Options()),
    (Birth("solar", 1985, 12, 31, longitude=73.5, timezone="Asia/Shanghai"), Options(clock="apparent")),
    (Birth("solar", 1985, 12, 31, longitude=75.99, timezone="Asia/Shanghai"), Options()),
    (Birth("solar", 1985, 6, 1, longitude=75.99, timezone="Asia/Shanghai"), Options(day_change="00:00")),
    (Birth("solar", 1990, 10, 28, longitude=-74.006, timezone="America/New_York", fold=1), Options()),
    (Birth("solar", 1990, 4, 1, longitude=-74.006, timezone="America/New_York"), Options(clock="standard")),
    (Birth("solar", 2012, 3, 3, longitude=-171.76, timezone="Pacific/Apia"), Options(clock="apparent")),
)  # fmt: skip


def record_branch_hours() -> Iterator[str]:
    """Yield the clock time that is taken for each 시, and for the end of the day."""
    named = (*(f"{name}시" for name in BRANCH_HOURS), "야자시", "조자시")
    for birth, options in DAYS_OF_BRANCHES:
        times = [time for name in named if (time := read_time(name)) is not None]
        found = [with_time(birth, time, options) for time in (*times, ReadTime(24, 10), ReadTime(7, 5))]
        told = (f"{b.calendar[0]}{b.month}-{b.day} {b.hour:02}:{b.minute:02}{'+' * b.fold}" for b in found)
        yield f"{described(birth, options)} | {', '.join(told)}"


def record_years() -> Iterator[str]:
    yield "# a birth beside the day of 1 March: place of the 대운 | relations of the pillar of the 25th birth after it, roles"
    every = charts()
    for n, (number, chart) in enumerate(numbered()):
        other = every[(n + 25) % len(every)].pillars.day
        days = (
            date(1950 + 2 * n % 140, 3, 1),
            chart.luck.begins,
            date.fromordinal(chart.luck.begins.toordinal() - 1),
        )
        places = " ".join(plain(decade_on(chart.luck.decades, day)) for day in days)
        rows = relations_with(chart.pillars, other, "luck")
        found = (f"{r.id}@{','.join(r.cells)}: {r.signs} {plain(r[-3:])}" for r in rows)
        roles = " ".join(role_of(chart.facts.useful, element) for element in range(5))
        yield f"{number} {places} | {other.hanja} {' ; '.join(found)} | {roles}"
