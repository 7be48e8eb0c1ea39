"""팔자로 보기: a chart from four pillars, and the days and hours that have them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fortune.pages.births.birth_check import clock_face, long_date
from fortune.pages.charts.chart import ChartView, chart_view
from fortune.pages.charts.details import StatementView, statement_view
from fortune.readings.facts.fact_sheet import statements_of
from fortune.saju import Options, Pillars
from fortune.saju.derive.facts import facts
from fortune.saju.luck import is_forward, luck_pillars
from fortune.saju.moments import Moment, is_possible, moments

JUDGED = ("ilgan", "strength", "structure", "useful.", "yongsin")


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A stretch of a day with these pillars. ``birth_date`` and ``birth_time`` are what the form for births takes.

    ``past``: whether the day has come already, so that somebody may have been born on it.
    """

    date: str
    since: str
    until: str
    birth_date: str
    birth_time: str
    fold: int
    past: bool


@dataclass(frozen=True, slots=True)
class PillarsView:
    """``possible``: whether a calendar can have these pillars. ``luck``: the ten 대운, in Hanja and Hangul."""

    chart: ChartView
    judged: tuple[StatementView, ...]
    luck: tuple[tuple[str, str], ...]
    direction: str
    possible: bool
    moments: tuple[MomentRow, ...]


def pillars_view(pillars: Pillars, options: Options, *, gender: str, today: date) -> PillarsView:
    found = facts(pillars, options)
    forward = is_forward(pillars.year, gender)
    rows = statements_of(found)
    return PillarsView(
        chart_view(found),
        tuple(statement_view(row) for row in rows if row.id.startswith(JUDGED) and not _is_test(row.id)),
        tuple((pillar.hanja, pillar.hangul) for pillar in luck_pillars(pillars.month, forward)),
        _("순행") if forward else _("역행"),
        is_possible(pillars, options),
        tuple(_row(row, today, known=pillars.hour is not None) for row in moments(pillars, options)),
    )


def _is_test(fact: str) -> bool:
    return fact.startswith("strength.")


def _row(row: Moment, today: date, *, known: bool) -> MomentRow:
    hour, minute = row.middle
    return MomentRow(
        long_date(row.day),
        clock_face(*divmod(row.since, 60)),
        clock_face(*divmod(row.until, 60)),
        row.day.isoformat(),
        f"{hour:02}:{minute:02}" if known else "",
        row.fold,
        row.day <= today,
    )
