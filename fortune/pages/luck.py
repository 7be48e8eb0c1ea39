"""The timeline 대운 → 세운 → 월운, opened at the decade and year that the visitor chose, or at the present."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.limits.days import KOREA, korean_day
from fortune.pages.chart import SignView, branch_sign, stem_sign
from fortune.pages.interactions import Interaction, interactions
from fortune.pages.labels import name_of
from fortune.saju import Chart
from fortune.saju.calendar.pillars import Month, last_second, months, year_on, year_pillar
from fortune.saju.cycle import Pillar
from fortune.saju.derive.basics import branch_god, stage, ten_god
from fortune.saju.luck import Decade, decade_on

FIRST, LAST = 1900, 2100


@dataclass(frozen=True, slots=True)
class Step:
    """One pillar of the timeline. ``value`` is what its button sends."""

    value: int
    title: str
    stem: SignView
    branch: SignView
    stem_god: str
    branch_god: str
    stage: str
    is_now: bool = False
    chosen: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class LuckView:
    """The timeline. ``decade`` 0 is the time before the first 대운; ``interactions``: of the chosen year's pillar."""

    direction: str
    how: str
    decades: tuple[Step, ...]
    decade: int
    years: tuple[Step, ...]
    year: int
    months: tuple[Step, ...]
    interactions: tuple[Interaction, ...]
    decade_interactions: tuple[Interaction, ...]


def luck_view(chart: Chart, *, now: datetime, decade: int | None = None, year: int | None = None) -> LuckView:
    """Return the timeline with one 대운 and one 세운 open.

    A 대운 lists every year of which it rules a part, so the year of a 교운 stands in both.
    """
    day, decades = korean_day(now), chart.luck.decades
    today, now_decade = year_on(day), _place(decades, day)
    if decade is None:
        decade = now_decade if year is None else _place(decades, date(min(max(year, FIRST), LAST), 12, 31))
    decade = min(max(decade, 0), sum(row.begins.year <= LAST for row in decades))
    first, last = decades[decade - 1].years if decade else (chart.solar_date.year, decades[0].begins.year)
    if decade == now_decade:
        first = min(first, today)  # a 교운 in January lies in the year that began at last February's 입춘
    span = range(max(first, FIRST), min(last, LAST) + 1)
    open_year = year if year is not None and year in span else today if today in span else span.start
    own = chart.luck.pillars[decade - 1] if decade else None
    return LuckView(
        _("순행") if chart.luck.direction == "forward" else _("역행"),
        _how(chart),
        _decades(chart, decades, decade, now_decade),
        decade,
        tuple(_year_step(chart, row, today, open_year) for row in span),
        open_year,
        tuple(_month_step(chart, row, last_second(day)) for row in months(open_year)),
        interactions(chart.pillars, year_pillar(open_year)),
        interactions(chart.pillars, own) if own else (),
    )


def _place(decades: tuple[Decade, ...], day: date) -> int:
    """Return the number of the 대운 that rules on ``day``, 0 before the first."""
    at = decade_on(decades, day)
    return 0 if at is None else at + 1


def _how(chart: Chart) -> str:
    luck = chart.luck
    if luck.start_age_range:
        low, high = luck.start_age_range
        return _("시각에 따라 만 %(low)d–%(high)d세에 첫 대운이 들어와요.") % {"low": low, "high": high}
    return _(
        "절기까지의 날수를 3으로 나누면 %(years)d년 %(months)d개월이라, 첫 대운은 %(date)s에 들어와요. "
        "반올림한 대운수는 %(age)d예요."
    ) % {
        "age": luck.start_age,
        "years": luck.years,
        "months": luck.months,
        "date": date_format(luck.begins, "DATE_FORMAT"),
    }


def _decades(chart: Chart, decades: tuple[Decade, ...], chosen: int, current: int) -> tuple[Step, ...]:
    return tuple(
        _step(
            chart, row.pillar, n,
            _("대운수 %(age)d") % {"age": row.age}, is_now=n == current, chosen=n == chosen,
            note=_("%(year)d년 %(month)d월부터") % {"year": row.begins.year, "month": row.begins.month},
        )
        for n, row in enumerate(decades, 1)
    )  # fmt: skip


def _year_step(chart: Chart, year: int, today: int, chosen: int) -> Step:
    return _step(
        chart, year_pillar(year), year,
        _("%(year)d년") % {"year": year}, is_now=year == today, chosen=year == chosen,
        note=_("만 %(age)d세") % {"age": year - chart.solar_date.year},
    )  # fmt: skip


def _month_step(chart: Chart, row: Month, now: int) -> Step:
    began = datetime.fromtimestamp(row.since, KOREA)
    return _step(
        chart, row.pillar, row.number,
        _("%(month)d월 %(day)d일부터") % {"month": began.month, "day": began.day},
        is_now=row.since <= now < row.until, note=row.term,
    )  # fmt: skip


def _step(
    chart: Chart, pillar: Pillar, value: int, title: str, *, is_now: bool = False, chosen: bool = False,
    note: str = "",
) -> Step:  # fmt: skip
    me, options = chart.pillars.day.stem, chart.options
    words = _words(get_language(), me, pillar, options.stage_earth, options.stage_yin)
    return Step(value, title, *words, is_now, chosen, note)


@lru_cache(maxsize=4096)
def _words(
    language: str | None, me: int, pillar: Pillar, stage_earth: str, stage_yin: str
) -> tuple[SignView, SignView, str, str, str]:
    """Return the signs of a pillar, and what they are to a day stem: for sixty pillars and ten stems, in a language."""
    return (
        stem_sign(pillar.stem),
        branch_sign(pillar.branch),
        name_of(ten_god(me, pillar.stem)),
        name_of(branch_god(me, pillar.branch)),
        name_of(stage(me, pillar.branch, stage_earth, stage_yin)),
    )
