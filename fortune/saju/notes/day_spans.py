"""The day pillars that a birth of unknown hour may have, and what is said about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise

from fortune.saju.birth import Birth, Options
from fortune.saju.calendar.pillars import day_pillar
from fortune.saju.calendar.sun_time import clock_of
from fortune.saju.calendar.zones import resolve, zone
from fortune.saju.cycle import Pillar, Pillars
from fortune.saju.glossary import ko
from fortune.saju.korean import josa
from fortune.saju.notes.notices import Notice

MINUTE = 60


@dataclass(frozen=True, slots=True)
class DaySpan:
    """The day pillar of a birth of unknown hour between ``since`` and ``until`` (Unix seconds)."""

    pillar: Pillar
    since: int
    until: int

    def to_json(self) -> dict[str, str]:
        at = (datetime.fromtimestamp(seconds, UTC).isoformat() for seconds in (self.since, self.until))
        return {"pillar": self.pillar.hanja, "since": next(at), "until": next(at)}


def day_spans(birth: Birth, options: Options, start: int, end: int) -> tuple[DaySpan, ...]:
    """Return the day pillars of the minutes from ``start`` to ``end``, by the clock that the options choose."""
    tz = zone(birth.timezone)

    def at(instant: int) -> Pillar:
        local = datetime.fromtimestamp(instant, tz)
        date_and_time = local.year, local.month, local.day, local.hour, local.minute
        civil = resolve(*date_and_time, birth.timezone, local.fold)
        return day_pillar(clock_of(civil, birth, options)[0], options.day_change)

    def changes(low: int, high: int) -> Iterator[int]:
        if at(low) == at(high):
            return
        if high - low <= MINUTE:
            yield high
            return
        # Rounded up: a day on which a zone left its seconds behind is no whole number of minutes long.
        middle = low + -(-(high - low) // (2 * MINUTE)) * MINUTE
        yield from changes(low, middle)
        yield from changes(middle, high)

    edges = [start, *changes(start, end - MINUTE), end]
    return tuple(DaySpan(at(since), since, until) for since, until in pairwise(edges))


def day_notices(
    birth: Birth, options: Options, pillars: Pillars, days: tuple[DaySpan, ...]
) -> Iterator[Notice]:
    """Yield what is to be known about the day pillar of an unknown hour; the civil clock's minutes are named."""

    def told(instant: int) -> str:
        local = datetime.fromtimestamp(instant, zone(birth.timezone))
        return josa(f"{local.hour}시 {local.minute}분" if local.minute else f"{local.hour}시", "이/가")

    def named(span: DaySpan) -> str:
        return josa(f"{span.pillar.hangul}({span.pillar.hanja})", "이에요/예요")

    edge = "밤 11시" if options.day_change == "23:00" else "밤 12시"
    message = (
        f"시각을 몰라 세 기둥만 세웠어요. 일주는 {ko(f'option.clock.{options.clock}')} {edge}에 바뀌어요."
    )
    other = None
    main = next(n for n, span in enumerate(days) if span.pillar == pillars.day)
    if main + 1 < len(days):
        span = days[main + 1]
        message += f" 적힌 시각으로 {told(span.since)} 지나 태어났다면 일주는 다음 날의 {named(span)}."
        other = replace(pillars, day=span.pillar)
    yield Notice("hour_unknown", message, other)
    if main:
        span = days[main - 1]
        message = f"적힌 시각으로 {told(span.until)} 되기 전에 태어났다면 일주는 전날의 {named(span)}."
        yield Notice("day_in_day", message, replace(pillars, day=span.pillar))
