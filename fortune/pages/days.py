"""A month of days: each day's pillar and its relations with the chart. Relations, never grades."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from fortune.pages.interactions import Interaction, interactions
from fortune.pages.labels import english, name_of
from fortune.saju import Chart
from fortune.saju.calendar.pillars import date_pillar
from fortune.saju.derive.basics import branch_god, ten_god
from fortune.saju.derive.relations import relations_with

FIRST, LAST = date(1900, 2, 1), date(2100, 11, 30)
# The relations that are named in a calendar's cell, the strongest first.
SHOWN = ("samhap", "banghap", "yukhap", "cheongan_hap", "chung", "cheongan_chung", "samhyeong", "banhap")
# English names are too long for a cell of a phone.
SHORT_EN = dict(
    zip(SHOWN, ("three", "season", "pair", "bond", "clash", "stir", "adjust", "half"), strict=True)
)


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    number: int
    hanja: str
    hangul: str
    gods: str
    contacts: tuple[tuple[str, str], ...]  # (name, a short one where the name is long)
    today: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class MonthView:
    """``weeks`` begin on Sunday; None stands before the first and after the last day."""

    title: str
    weeks: tuple[tuple[Day | None, ...], ...]
    before: str
    after: str
    chosen: Day | None
    interactions: tuple[Interaction, ...]


def month_view(chart: Chart, *, month: date, today: date, chosen: date | None = None) -> MonthView:
    """Return the month that ``month`` lies in."""
    first = max(FIRST, min(month, LAST)).replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    dates = (first.replace(day=number) for number in range(1, last.day + 1))
    days = [_day(chart, day, today=today, chosen=chosen) for day in dates]
    lead = (first.weekday() + 1) % 7
    cells: list[Day | None] = [None] * lead + list(days)
    cells += [None] * (-len(cells) % 7)
    picked = next((day for day in days if day.chosen), None)
    return MonthView(
        date_format(first, "YEAR_MONTH_FORMAT"),
        tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7)),
        _key(first.toordinal() - 1),
        _key(last.toordinal() + 1),
        picked,
        interactions(chart.pillars, date_pillar(picked.date)) if picked else (),
    )


def _key(ordinal: int) -> str:
    day = date.fromordinal(ordinal)
    return f"{day:%Y-%m}" if FIRST <= day <= LAST else ""


def _day(chart: Chart, day: date, *, today: date, chosen: date | None) -> Day:
    me, pillar = chart.pillars.day.stem, date_pillar(day)
    kinds = {found.kind for found in relations_with(chart.pillars, pillar)}
    return Day(
        day,
        day.day,
        pillar.hanja,
        pillar.hangul,
        f"{name_of(ten_god(me, pillar.stem))}·{name_of(branch_god(me, pillar.branch))}",
        tuple((name_of(kind), SHORT_EN[kind] if english() else "") for kind in SHOWN if kind in kinds)[:2],
        day == today,
        day == chosen,
    )
