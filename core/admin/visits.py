"""Visitors per day in the admin, with a chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.admin.base import ReadOnly
from core.limits.days import korean_day
from core.models import DailyVisits

DAYS: Final = 60
HEIGHT: Final = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the chart, in a drawing of 600 × 140 units."""

    day: date
    visitors: int
    x: int
    y: float
    height: float


def bars(*, today: date) -> list[Bar]:
    """Lay out the last 60 days, in one query. A day without visitors has a bar of height 0."""
    first = today - timedelta(days=DAYS - 1)
    counts = dict(DailyVisits.objects.filter(day__gte=first).values_list("day", "visitors"))
    top = max(counts.values(), default=0) or 1
    laid = []
    for index in range(DAYS):
        day = first + timedelta(days=index)
        height = round(HEIGHT * counts.get(day, 0) / top, 1)
        laid.append(Bar(day, counts.get(day, 0), index * 10, HEIGHT - height, height))
    return laid


@admin.register(DailyVisits)
class DailyVisitsAdmin(ReadOnly):
    """Visitors per day, with a chart. No visitor is identified."""

    list_display = ("day", "visitors")
    date_hierarchy = "day"
    ordering = ("-day",)
    change_list_template = "admin/core/dailyvisits/change_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        laid = bars(today=korean_day(timezone.now()))
        top = max((bar.visitors for bar in laid), default=0)
        return super().changelist_view(request, {**(extra_context or {}), "bars": laid, "top": top})
