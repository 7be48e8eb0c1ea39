"""What the form says back while a birth moment is typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fortune.forms.birth import BirthForm
from fortune.pages.labels import notice_text
from fortune.saju import Chart, SajuError, lunar
from fortune.saju.birth import SEOUL_ZONE
from fortune.saju.calendar.zones import resolve

QUIET = frozenset({"hour_unknown"})
HALF_PAST_EIGHT = 30_600  # seconds east of UTC: Korea's standard time until 1911 and from 1954 to 1961


def check_birth(form: BirthForm) -> dict[str, Any]:
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
    warnings = [notice_text(row) for row in chart.warnings if row.code not in QUIET]
    answer["notices"] = [*warnings, *_clock(chart)]
    return answer


def _clock(chart: Chart) -> list[str]:
    """Which clock Korea kept on that day, where it wasn't today's: people know the hour, not the rule."""
    birth, day = chart.birth, chart.solar_date
    if birth.hour is None or birth.minute is None:
        return []
    civil = resolve(day.year, day.month, day.day, birth.hour, birth.minute, birth.timezone, birth.fold)
    found = []
    # A time that was skipped or came twice has a notice of its own.
    if civil.dst and civil.kind not in ("gap", "fold"):
        found.append(
            _("서머타임으로 시계를 앞당겨 쓰던 때예요. 저희가 맞추니 적힌 시각을 그대로 적어 주세요.")
        )
    if birth.timezone == SEOUL_ZONE and civil.standard == HALF_PAST_EIGHT:
        found.append(_("표준시가 지금보다 30분 늦던 때예요. 저희가 맞추니 적힌 시각을 그대로 적어 주세요."))
    return found


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
