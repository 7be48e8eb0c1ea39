"""The timeline 대운 → 세운 → 월운, opened at the decade and year that the visitor chose, or at the present."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core.limits.days import KOREA
from fortune.pages.chart import SignView, branch_sign, stem_sign
from fortune.pages.interactions import Interaction, interactions
from fortune.pages.labels import name_of
from fortune.saju import Chart
from fortune.saju.calendar.pillars import Month, months, year_pillar
from fortune.saju.calendar.solar_terms import saju_year
from fortune.saju.cycle import Pillar
from fortune.saju.derive.basics import branch_god, stage, ten_god

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
    """The timeline. ``interactions``: relations of the chosen year's pillar with the chart."""

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
    """Return the timeline with one 대운 and one 세운 open. ``decade`` 0 is the time before the first."""
    today = saju_year(int(now.timestamp()))
    age = today - chart.solar_date.year
    now_decade = _decade_of(chart, age)
    if decade is None:
        decade = _decade_of(chart, year - chart.solar_date.year) if year is not None else now_decade
    decade = min(max(decade, 0), _last_decade(chart))
    start = _first_year(chart, decade)
    stop = _first_year(chart, decade + 1)
    span = range(max(start, FIRST), min(stop, LAST + 1))
    open_year = year if year is not None and year in span else today if today in span else span.start
    own = chart.luck.pillars[decade - 1] if decade else None
    return LuckView(
        _("순행") if chart.luck.direction == "forward" else _("역행"),
        _how(chart),
        _decades(chart, decade, now_decade),
        decade,
        tuple(_year_step(chart, row, today, open_year) for row in span),
        open_year,
        tuple(_month_step(chart, row, now) for row in months(open_year)),
        interactions(chart.pillars, year_pillar(open_year)),
        interactions(chart.pillars, own) if own else (),
    )


def _decade_of(chart: Chart, age: int) -> int:
    return max(0, min((age - chart.luck.start_age) // 10 + 1, len(chart.luck.pillars)))


def _first_year(chart: Chart, decade: int) -> int:
    born = chart.solar_date.year
    return born if decade == 0 else born + chart.luck.start_age + 10 * (decade - 1)


def _last_decade(chart: Chart) -> int:
    """Return the last 대운 that begins before the calendar ends."""
    return max(n for n in range(len(chart.luck.pillars) + 1) if _first_year(chart, n) <= LAST)


def _how(chart: Chart) -> str:
    luck = chart.luck
    if luck.start_age_range:
        low, high = luck.start_age_range
        return _("시각에 따라 만 %(low)d–%(high)d세에 첫 대운이 들어와요.") % {"low": low, "high": high}
    return _(
        "절기까지의 날수를 3으로 나누어 만 %(age)d세(%(years)d년 %(months)d개월)에 첫 대운이 들어와요."
    ) % {
        "age": luck.start_age,
        "years": luck.years,
        "months": luck.months,
    }


def _decades(chart: Chart, chosen: int, current: int) -> tuple[Step, ...]:
    return tuple(
        _step(
            chart, row.pillar, n,
            _("만 %(age)d세") % {"age": row.age}, is_now=n == current, chosen=n == chosen,
        )
        for n, row in enumerate(chart.luck.decades, 1)
    )  # fmt: skip


def _year_step(chart: Chart, year: int, today: int, chosen: int) -> Step:
    return _step(
        chart, year_pillar(year), year,
        _("%(year)d년") % {"year": year}, is_now=year == today, chosen=year == chosen,
        note=_("%(age)d세") % {"age": year - chart.solar_date.year},
    )  # fmt: skip


def _month_step(chart: Chart, row: Month, now: datetime) -> Step:
    began = datetime.fromtimestamp(row.since, KOREA)
    return _step(
        chart, row.pillar, row.number,
        _("%(month)d월 %(day)d일부터") % {"month": began.month, "day": began.day},
        is_now=row.since <= now.timestamp() < row.until, note=row.term,
    )  # fmt: skip


def _step(
    chart: Chart, pillar: Pillar, value: int, title: str, *, is_now: bool = False, chosen: bool = False,
    note: str = "",
) -> Step:  # fmt: skip
    me, options = chart.pillars.day.stem, chart.options
    return Step(
        value,
        title,
        stem_sign(pillar.stem),
        branch_sign(pillar.branch),
        name_of(ten_god(me, pillar.stem)),
        name_of(branch_god(me, pillar.branch)),
        name_of(stage(me, pillar.branch, options.stage_earth, options.stage_yin)),
        is_now,
        chosen,
        note,
    )
