"""``cast``: from a birth and its options to a chart."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from fortune.saju.birth import Birth, Options, SajuError
from fortune.saju.calendar import lunar
from fortune.saju.calendar.dates import solar_date_of
from fortune.saju.calendar.pillars import (
    DAY_SECONDS,
    four_pillars,
    year_and_month,
)
from fortune.saju.calendar.solar_terms import JEOL, Jeol, jeol_at
from fortune.saju.calendar.sun_time import clock_of
from fortune.saju.calendar.zones import Civil, resolve
from fortune.saju.cycle import Pillar, Pillars
from fortune.saju.derive.facts import Facts, facts
from fortune.saju.luck import Luck, compute_luck
from fortune.saju.notes.day_spans import DaySpan, day_notices, day_spans
from fortune.saju.notes.near_edges import near_edges
from fortune.saju.notes.notices import (
    Correction,
    Notice,
    clock_text,
    corrections,
    far_from_zone,
    is_far,
    of_civil,
    pillars_json,
)

ENGINE_VERSION = "2.4"
DEFAULTS = Options()


@dataclass(frozen=True, slots=True)
class Candidate:
    """The chart's values if a birth of unknown hour was between ``since`` and ``until`` (Unix seconds)."""

    year: Pillar
    month: Pillar
    since: int
    until: int
    luck: Luck


@dataclass(frozen=True)
class Chart:
    """A chart: its input, its pillars, and how they were computed.

    ``instant``, ``clock_time`` (the clock of day and hour, naive) and ``days_since_term`` are None when the
    hour is unknown. ``lunar_date`` is None past 2050. ``candidates`` holds both halves of a day on which a
    절 falls, when the hour is unknown; ``pillars`` then has the longer half. ``days`` holds every day pillar that
    a birth of unknown hour may have, in the order of the day; ``pillars`` has that of the longest span.
    """

    birth: Birth
    options: Options
    pillars: Pillars
    solar_date: date
    lunar_date: lunar.LunarDate | None
    instant: datetime | None
    clock_time: datetime | None
    term: Jeol
    days_since_term: float | None
    candidates: tuple[Candidate, ...]
    days: tuple[DaySpan, ...]
    corrections: tuple[Correction, ...]
    warnings: tuple[Notice, ...]
    luck: Luck

    @cached_property
    def facts(self) -> Facts:
        """Everything derived from the pillars, under the chart's options."""
        return facts(self.pillars, self.options, days_since_term=self.days_since_term)

    def to_json(self) -> dict[str, Any]:
        """Return a complete snapshot that JSON can hold."""
        instant, clock = self.instant, self.clock_time
        return {
            "engine": ENGINE_VERSION,
            "birth": asdict(self.birth),
            "options": asdict(self.options),
            "pillars": pillars_json(self.pillars),
            "solar_date": self.solar_date.isoformat(),
            "lunar_date": asdict(self.lunar_date) if self.lunar_date else None,
            "instant": instant.isoformat() if instant else None,
            "clock_time": clock.isoformat() if clock else None,
            "term": {"name": self.term.name, "at": _utc(self.term.at).isoformat()},
            "candidates": [candidate_json(c) for c in self.candidates],
            "days": [span.to_json() for span in self.days],
            "corrections": [c.to_json() for c in self.corrections],
            "warnings": [w.to_json() for w in self.warnings],
            "luck": luck_json(self.luck),
            "facts": self.facts.to_json(),
        }

    def to_record(self) -> dict[str, Any]:
        """Return what the chart can be cast from again, and a proof of what it was.

        A snapshot is forty times as long. ``digest`` is that of the snapshot: whoever casts the record by the same
        ``engine`` gets the same one.
        """
        return {
            "engine": ENGINE_VERSION,
            "birth": asdict(self.birth),
            "options": asdict(self.options),
            "digest": digest(self.to_json()),
        }


def digest(snapshot: dict[str, Any]) -> str:
    """Return the SHA-256 of a snapshot, whatever the order of its keys."""
    canonical = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def birth_of(record: dict[str, Any]) -> Birth:
    """Return the birth in what ``Chart.to_record`` or ``Chart.to_json`` made."""
    return Birth(**record["birth"])


def options_of(record: dict[str, Any]) -> Options:
    """Return the options in a record; an option that this version no longer has is left out."""
    known = {field.name for field in fields(Options)}
    return Options(**{name: value for name, value in record["options"].items() if name in known})


def snapshot_of(record: dict[str, Any]) -> dict[str, Any]:
    """Return the snapshot of a record: the one it holds, as earlier releases stored it, or cast by this engine."""
    return record if "pillars" in record else cast(birth_of(record), options_of(record)).to_json()


def pillars_of(birth: Birth, options: Options = DEFAULTS) -> Pillars:
    """Return the pillars alone, in a few microseconds. Raises SajuError as ``cast`` does."""
    if birth.hour is None or birth.minute is None:
        return cast(birth, options).pillars
    day = solar_date_of(birth)
    civil = resolve(day.year, day.month, day.day, birth.hour, birth.minute, birth.timezone, birth.fold)
    return four_pillars(jeol_at(civil.instant), clock_of(civil, birth, options)[0], options.day_change)


def cast(birth: Birth, options: Options = DEFAULTS) -> Chart:
    """Return the chart of ``birth``. Raises SajuError when there is no such date, time or place."""
    day = solar_date_of(birth)
    if birth.hour is None or birth.minute is None:
        return _without_hour(birth, options, day)
    civil = resolve(day.year, day.month, day.day, birth.hour, birth.minute, birth.timezone, birth.fold)
    jeol = jeol_at(civil.instant)
    clock, mean, sun = clock_of(civil, birth, options)
    pillars = four_pillars(jeol, clock, options.day_change)
    warnings = _warnings(birth, options, civil, jeol, clock, pillars)
    return Chart(
        birth,
        options,
        pillars,
        day,
        _lunar_date(day),
        _utc(civil.instant),
        _utc(clock).replace(tzinfo=None),
        Jeol(jeol),
        (civil.instant - JEOL[jeol]) / DAY_SECONDS,
        (),
        (),
        corrections(civil, mean, sun, options.clock, birth.longitude),
        warnings,
        compute_luck(jeol, civil.instant, birth.gender, day),
    )


def _warnings(
    birth: Birth, options: Options, civil: Civil, jeol: int, clock: int, pillars: Pillars
) -> tuple[Notice, ...]:
    other = None
    if civil.kind != "plain":
        other = pillars_of(replace(birth, fold=1 - birth.fold), options)
    found = of_civil(civil, other)
    if options.clock != "standard" and is_far(birth.longitude, civil):
        found.append(far_from_zone(birth.longitude, birth.timezone))
    found += near_edges(civil, jeol, clock, options.day_change, pillars)
    return tuple(found)


def _without_hour(birth: Birth, options: Options, day: date) -> Chart:
    """Return a chart of three pillars, without an hour; the day pillar is that of most of the civil date."""
    opening, end = _civil_day(day, birth.timezone)
    start = opening.instant
    jeol, since, until = jeol_at(start), start, end
    last = jeol_at(end - 60)
    candidates: tuple[Candidate, ...] = ()
    warnings = [w for w in of_civil(opening, None) if w.code == "before_standard_time"]
    if jeol != last:
        edge = JEOL[last]
        candidates = _candidate(birth, day, jeol, start, edge), _candidate(birth, day, last, edge, end)
        warnings.append(_term_in_day(last, opening))
        if end - edge > edge - start:
            jeol, since = last, edge
        else:
            until = edge
    days = day_spans(birth, options, start, end)
    pillars = Pillars(*year_and_month(jeol), max(days, key=lambda s: s.until - s.since).pillar, None)
    warnings += day_notices(birth, options, pillars, days)
    return Chart(
        birth,
        options,
        pillars,
        day,
        _lunar_date(day),
        None,
        None,
        Jeol(jeol),
        None,
        candidates,
        days,
        (),
        tuple(warnings),
        compute_luck(jeol, since, birth.gender, day, until - 60),
    )


def _term_in_day(jeol: int, opening: Civil) -> Notice:
    """Tell that the month changes within the day that begins with ``opening``."""
    at = clock_text(JEOL[jeol] + opening.offset)
    message = f"이날 {Jeol(jeol).name}({at})에 달이 바뀌어요. 시각에 따라 월주가 달라져 둘 다 보여 드려요."
    return Notice("term_in_day", message)


def _civil_day(day: date, timezone: str) -> tuple[Civil, int]:
    """Return the midnight with which a day begins in a zone, and the instant at which it ends."""
    opening = resolve(day.year, day.month, day.day, 0, 0, timezone)
    following = date.fromordinal(day.toordinal() + 1)
    end = resolve(following.year, following.month, following.day, 0, 0, timezone).instant
    if end <= opening.instant:
        raise SajuError(
            "date", f"{timezone}에서는 이 날짜를 건너뛰었어요. 앞뒤 날짜로 적어 주세요.",
            en=f"This date was skipped in {timezone}. Enter the day before or after.",
        )  # fmt: skip
    return opening, end


def _candidate(birth: Birth, day: date, jeol: int, since: int, until: int) -> Candidate:
    found = compute_luck(jeol, since, birth.gender, day, until - 60)
    return Candidate(*year_and_month(jeol), since, until, found)


def _lunar_date(day: date) -> lunar.LunarDate | None:
    return lunar.from_solar(day) if day.year <= lunar.LAST_YEAR else None


def _utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def luck_json(luck: Luck) -> dict[str, Any]:
    """대운 as JSON can hold it; ``start_age_range`` only when the hour is unknown."""
    found: dict[str, Any] = {
        "direction": luck.direction,
        "start_age": luck.start_age,
        "start_after": {"years": luck.years, "months": luck.months},
        "begins": luck.begins.isoformat(),
        "pillars": [pillar.hanja for pillar in luck.pillars],
    }
    if luck.start_age_range is not None:
        found["start_age_range"] = list(luck.start_age_range)
    return found


def candidate_json(candidate: Candidate) -> dict[str, Any]:
    return {
        "year": candidate.year.hanja,
        "month": candidate.month.hanja,
        "since": _utc(candidate.since).isoformat(),
        "until": _utc(candidate.until).isoformat(),
        "luck": luck_json(candidate.luck),
    }
