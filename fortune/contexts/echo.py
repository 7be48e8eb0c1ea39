"""What the form says back while a birth moment is typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fortune.contexts.words import notice_text
from fortune.forms import BirthForm
from fortune.saju import Chart, SajuError, lunar

QUIET = frozenset({"hour_unknown"})


def echo(form: BirthForm) -> dict[str, Any]:
    """``converted``: the other calendar's date. ``leap``: the month, where it has a 윤달. ``notices``, ``problem``."""
    answer: dict[str, Any] = {"converted": "", "leap": None, "notices": [], "problem": ""}
    typed = form.cleaned_data.get("birth_date")
    if typed:
        found = _leap_month(typed[0])
        answer["leap"] = found if found == typed[1] else None
    chart = form.chart
    if chart is None:
        wrong: Iterable[object] = form.errors.get("birth_date") or form.errors.get("birth_time") or []
        answer["problem"] = " ".join(str(error) for error in wrong)
        return answer
    answer["converted"] = _converted(chart)
    answer["notices"] = [notice_text(row) for row in chart.warnings if row.code not in QUIET]
    return answer


def _leap_month(year: int) -> int | None:
    try:
        return lunar.leap_month(year)
    except SajuError:
        return None


def _converted(chart: Chart) -> str:
    if chart.birth.calendar != "solar":
        return _("양력으로 %(date)s이에요.") % {"date": long_date(chart.solar_date)}
    if chart.lunar_date is None:
        return ""
    found = chart.lunar_date
    month = _("윤%(month)d월") if found.leap else _("%(month)d월")
    return _("음력으로 %(year)d년 %(month)s %(day)d일이에요.") % {
        "year": found.year,
        "month": month % {"month": found.month},
        "day": found.day,
    }


def long_date(day: date) -> str:
    """ "1990년 5월 15일", or "15 May 1990" — the year without a thousands separator."""
    return date_format(day, "DATE_FORMAT")
