"""Comparisons: all hours of a birth date, and one birth under two schools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from itertools import pairwise

from fortune.saju.birth import Birth, Options
from fortune.saju.calendar.dates import solar_date_of
from fortune.saju.calendar.zones import Civil, resolve
from fortune.saju.chart import DEFAULTS, Chart, cast, pillars_of
from fortune.saju.cycle import Pillar, Pillars
from fortune.saju.derive.facts import Facts, facts
from fortune.saju.statements.chart import Statement, statements

LAST_MINUTE = 24 * 60 - 1
_STEP = 30


@dataclass(frozen=True, slots=True)
class HourSpan:
    """Civil minutes of the day, "HH:MM" to "HH:MM" with both ends, that give one and the same chart."""

    since: str
    until: str
    pillars: Pillars
    facts: Facts


@dataclass(frozen=True, slots=True)
class Hours:
    """Every chart that a date can have, by the clock of the birthplace.

    There are twelve 시 and more spans than that: 자시 lies at both ends of the day, and the local clock, the
    day's change and a 절 cut spans of their own. ``again``: when clocks were put back that day, the spans of
    the hour that came a second time. ``always``: statements that hold word for word in every span;
    ``varying``: the ids of the others. ``mostly``: statements that hold in every span with the year, month
    and day pillars that most of the day has (all of ``always`` among them).
    """

    spans: tuple[HourSpan, ...]
    again: tuple[HourSpan, ...]
    always: tuple[Statement, ...]
    mostly: tuple[Statement, ...]
    varying: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement that only one side makes (the other is None) or that the two word differently."""

    id: str
    a: Statement | None
    b: Statement | None


@dataclass(frozen=True, slots=True)
class Sides:
    """One birth under two sets of options. ``options``: (name, value of a, value of b) where they differ."""

    a: Chart
    b: Chart
    options: tuple[tuple[str, str, str], ...]
    differences: tuple[Difference, ...]
    shared: int


def hours(birth: Birth, options: Options = DEFAULTS) -> Hours:
    """Return all charts of the birth's civil date, whatever hour it has; what they have in common.

    The hour's minute is the finest the clock is asked for; the days since the 절 (사령) are left out.
    Raises SajuError as ``cast`` does.
    """
    day = solar_date_of(birth)
    birth = replace(birth, calendar="solar", year=day.year, month=day.month, day=day.day, fold=0)
    first = _spans(birth, options, range(LAST_MINUTE + 1))
    twice = repeated_minutes(day, birth.timezone)
    again = _spans(replace(birth, fold=1), options, twice) if twice else []
    minutes: Counter[tuple[Pillar, ...]] = Counter()
    for span, length in (*first, *again):
        minutes[_three(span.pillars)] += length
    usual = max(minutes, key=minutes.__getitem__)
    spans = tuple(span for span, _ in first)
    second = tuple(span for span, _ in again)
    sides = [(span, {row.id: row for row in statements(span.facts)}) for span in (*spans, *second)]
    always = _common([side for _, side in sides])
    mostly = _common([side for span, side in sides if _three(span.pillars) == usual])
    same = {row.id for row in always}
    varying = dict.fromkeys(name for _, side in sides for name in side if name not in same)
    return Hours(spans, second, always, mostly, tuple(varying))


def repeated_minutes(day: date, zone: str) -> list[int]:
    """Return the minutes of ``day`` that clocks showed twice."""

    def at(minute: int, fold: int = 0) -> Civil:
        return resolve(day.year, day.month, day.day, *divmod(minute, 60), zone, fold)

    if at(0).offset == at(LAST_MINUTE, fold=1).offset:
        return []
    return [minute for minute in range(LAST_MINUTE + 1) if at(minute).kind == "fold"]


def _skip_edges(day: date, zone: str) -> list[int]:
    """Return the first minute of ``day`` that clocks skipped, the last one, and the one after it."""

    def at(minute: int) -> Civil:
        return resolve(day.year, day.month, day.day, *divmod(minute, 60), zone)

    if at(0).kind != "gap" and at(0).offset == at(LAST_MINUTE).offset:
        return []
    skipped = [minute for minute in range(LAST_MINUTE + 1) if at(minute).kind == "gap"]
    return [skipped[0], skipped[-1], skipped[-1] + 1] if skipped else []


def _spans(birth: Birth, options: Options, minutes: Sequence[int]) -> list[tuple[HourSpan, int]]:
    """Return the spans among ``minutes`` (of the day, without a break) and their lengths."""
    return [
        (HourSpan(_clock(since), _clock(until), pillars, facts(pillars, options)), until - since + 1)
        for since, until, pillars in stretches(birth, options, minutes, birth.fold)
    ]


def stretches(
    birth: Birth, options: Options, minutes: Sequence[int], fold: int = 0
) -> Iterator[tuple[int, int, Pillars]]:
    """Yield the stretches of ``minutes`` (of the day, without a break) that have one chart: first, last, pillars."""

    @cache
    def at(minute: int) -> Pillars:
        return pillars_of(replace(birth, hour=minute // 60, minute=minute % 60, fold=fold), options)

    start, last = minutes[0], minutes[-1]
    starts = [start]
    # Minutes that the clock skipped count as those an hour later: where they end, the chart goes back.
    edges = {edge for edge in _skip_edges(solar_date_of(birth), birth.timezone) if start < edge < last}
    for low, high in pairwise(sorted({*range(start, last, _STEP), *edges, last})):
        starts += _changes(at, low, high)
    ends = [after - 1 for after in starts[1:]] + [last]
    for since, until in zip(starts, ends, strict=True):
        yield since, until, at(since)


def schools(birth: Birth, options_a: Options, options_b: Options) -> Sides:
    """Return the same birth under two sets of options, side by side. Raises SajuError as ``cast`` does."""
    a, b = cast(birth, options_a), cast(birth, options_b)
    ours = {row.id: row for row in statements(a.facts)}
    theirs = {row.id: row for row in statements(b.facts)}
    names = dict.fromkeys((*ours, *theirs))
    found = tuple(
        Difference(name, ours.get(name), theirs.get(name))
        for name in names
        if ours.get(name) != theirs.get(name)
    )
    options = tuple(
        (field.name, getattr(options_a, field.name), getattr(options_b, field.name))
        for field in fields(Options)
        if getattr(options_a, field.name) != getattr(options_b, field.name)
    )
    return Sides(a, b, options, found, len(names) - len(found))


def _common(sides: list[dict[str, Statement]]) -> tuple[Statement, ...]:
    first, rest = sides[0], sides[1:]
    return tuple(row for row in first.values() if all(side.get(row.id) == row for side in rest))


def _three(pillars: Pillars) -> tuple[Pillar, ...]:
    return pillars.year, pillars.month, pillars.day


def _changes(at: Callable[[int], Pillars], low: int, high: int) -> Iterator[int]:
    """Yield the minutes in (low, high] at which the chart changes."""
    if at(low) == at(high):
        return
    if high - low == 1:
        yield high
        return
    middle = (low + high) // 2
    yield from _changes(at, low, middle)
    yield from _changes(at, middle, high)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
