"""A month of days, or one day in its week: pillars and their relations with the chart. Relations, never grades."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fortune.pages.charts.interactions import Interaction, interactions
from fortune.pages.charts.labels import english, name_of
from fortune.pages.charts.scene import pillar_name
from fortune.readings import texts
from fortune.saju import Chart
from fortune.saju.calendar.pillars import date_pillar
from fortune.saju.derive.basics import branch_god, ten_god
from fortune.saju.derive.relations import relations_with

FIRST, LAST = date(1900, 2, 1), date(2100, 11, 30)
# The relations that are named in a calendar's cell, the strongest first.
SHOWN = ("samhap", "banghap", "yukhap", "cheongan_hap", "chung", "cheongan_chung", "samhyeong", "banhap")
# Their meaning in one word, which fits a cell on a phone.
PLAIN = {
    "samhap": ("모임", "gather"), "banghap": ("모임", "gather"), "yukhap": ("어울림", "pair"),
    "cheongan_hap": ("통함", "bond"), "chung": ("부딪힘", "clash"), "cheongan_chung": ("맞섬", "stir"),
    "samhyeong": ("조율", "adjust"), "banhap": ("가까움", "near"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    number: int
    weekday: str  # "월", "Mon"
    hanja: str
    name: str  # "무신", "Mu-Sin"
    gods: str
    contacts: tuple[str, ...]  # in plain words
    today: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChosenDay:
    """A day beside one's own day pillar (``mine`` and how it is read), in one line, with what to try, what to mind, and the evening.

    ``word``: "오늘" and the like, or "". ``before`` and ``after``: the days around it, "" at the ends of the calendar.
    """

    day: Day
    word: str
    mine: str
    mine_name: str
    line: str
    attempt: str
    care: str
    evening: str
    interactions: tuple[Interaction, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MonthView:
    """``weeks`` begin on Sunday; None stands before the first and after the last day.

    ``words``: what the cells say, each with the key of the term it stands for.
    """

    title: str
    weeks: tuple[tuple[Day | None, ...], ...]
    before: str
    after: str
    chosen: ChosenDay | None
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DayView:
    """A day on one screen: with the day before it and the five after it, and what the ways to its neighbours are called."""

    chosen: ChosenDay
    week: tuple[Day, ...]
    before_word: str
    after_word: str


def day_view(chart: Chart, *, day: date, today: date) -> DayView:
    """Return one day with those around it, as far as the calendar goes."""
    around = (date.fromordinal(day.toordinal() + step) for step in range(-1, 6))
    week = tuple(_day(chart, each, today=today, chosen=day) for each in around if FIRST <= each <= LAST)
    picked = next((each for each in week if each.chosen), None) or _day(chart, day, today=today, chosen=day)
    apart = (day - today).days
    return DayView(
        _chosen(chart, picked, today),
        week,
        _relative(apart - 1) or _("전날"),
        _relative(apart + 1) or _("다음 날"),
    )


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
        _month_value(first.toordinal() - 1),
        _month_value(last.toordinal() + 1),
        _chosen(chart, picked, today) if picked else None,
        tuple((plain(kind), kind) for kind in SHOWN),
    )


def plain(kind: str) -> str:
    """Return a relation in a plain word."""
    return PLAIN[kind][english()]


def _chosen(chart: Chart, day: Day, today: date) -> ChosenDay:
    pillar, me = date_pillar(day.date), chart.pillars.day
    language = "en" if english() else "ko"
    god, ground = ten_god(me.stem, pillar.stem), branch_god(me.stem, pillar.branch)
    line, attempt, care = (texts.text(language, f"gods.{god}.{key}") for key in ("day", "try", "care"))
    before, after = (day.date.toordinal() + step for step in (-1, 1))
    return ChosenDay(
        day,
        _relative((day.date - today).days),
        me.hanja,
        pillar_name(me),
        line,
        attempt,
        care,
        texts.text(language, f"evenings.{ground}"),
        interactions(chart.pillars, pillar),
        _day_value(before),
        _day_value(after),
    )


def _relative(days: int) -> str:
    """Return yesterday, today or tomorrow, so many days from today; "" for any other day."""
    return {-1: _("어제"), 0: _("오늘"), 1: _("내일")}.get(days, "")


def _day_value(ordinal: int) -> str:
    """Return a day as an address has it; "" where the calendar has none."""
    day = date.fromordinal(ordinal)
    return day.isoformat() if FIRST <= day <= LAST else ""


def _month_value(ordinal: int) -> str:
    """Return the month of a day as an address has it; "" where the calendar has none."""
    day = date.fromordinal(ordinal)
    return f"{day:%Y-%m}" if FIRST <= day <= LAST else ""


def _day(chart: Chart, day: date, *, today: date, chosen: date | None) -> Day:
    me, pillar = chart.pillars.day.stem, date_pillar(day)
    kinds = {found.kind for found in relations_with(chart.pillars, pillar)}
    return Day(
        day,
        day.day,
        date_format(day, "D").removesuffix("요일"),
        pillar.hanja,
        pillar_name(pillar),
        f"{name_of(ten_god(me, pillar.stem))}·{name_of(branch_god(me, pillar.branch))}",
        tuple(dict.fromkeys(plain(kind) for kind in SHOWN if kind in kinds))[:2],
        day == today,
        day == chosen,
    )
