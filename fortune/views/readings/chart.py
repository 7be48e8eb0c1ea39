"""The pages that show more of a reading's chart: other schools, plain text, days, years."""

from __future__ import annotations

import uuid
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fortune.access import reading_or_404
from fortune.pages.chart_text import chart_text
from fortune.pages.charts.comparison import other_options, schools_view
from fortune.pages.days import month_view
from fortune.pages.reading import title_of
from fortune.pages.years import offered_years, year_view
from fortune.saju import cast
from fortune.views.readings.dates import date_of, year_of


@require_safe
def schools(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Show the chart beside the same birth under other options."""
    row = reading_or_404(request, reading_id)
    view = schools_view(row.birth, row.options, other_options(row.options, request.GET.dict()))
    return render(request, "pages/schools.html", {"view": view, "reading": row, "title": title_of(row)})


@require_safe
def as_text(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Show the chart as plain text, to be copied into another tool."""
    row = reading_or_404(request, reading_id)
    text = chart_text(cast(row.birth, row.options))
    return render(request, "pages/chart_text.html", {"text": text, "reading": row, "title": title_of(row)})


@require_safe
def days(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Show a month of days with their relations to the chart."""
    row = reading_or_404(request, reading_id)
    today = timezone.localdate()
    chosen = date_of(request.GET.get("day", ""))
    month = chosen or date_of(request.GET.get("month", "") + "-01") or today
    view = month_view(
        cast(row.birth, row.options), month=month, today=today, chosen=chosen or _today_in(month, today)
    )
    return render(
        request,
        "pages/days.html",
        {"view": view, "reading": row, "title": title_of(row, today=today)},
    )


@require_safe
def years(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Show one year: this one, or from September on the coming one, or the one that was picked."""
    row = reading_or_404(request, reading_id)
    today = timezone.localdate()
    year = year_of(request.GET.get("year", "")) or offered_years(today)[-1]
    view = year_view(cast(row.birth, row.options), year=year, today=today)
    context = {"view": view, "reading": row, "title": title_of(row), "token": uuid.uuid4().hex}
    return render(request, "pages/years.html", context)


def _today_in(month: date, today: date) -> date | None:
    """Return today if it lies in the month, so that the present month opens with it."""
    return today if (month.year, month.month) == (today.year, today.month) else None
