"""The page of a reading, and the pages that show more of its chart."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from core import streams
from fortune.access import reading_or_404
from fortune.forms.reading import QuestionForm
from fortune.models import Kind, Mode, Reading, Topic
from fortune.pages.chart_text import chart_text
from fortune.pages.charts.comparison import other_options, schools_view
from fortune.pages.charts.luck import FIRST, LAST
from fortune.pages.conversation import conversation, parent_of, question_box
from fortune.pages.days import month_view
from fortune.pages.parts import ChartOf
from fortune.pages.reading import ReadingPage, reading_page, title_of, topic_cards
from fortune.pages.validator import etag_of
from fortune.pages.years import offered_years, year_view
from fortune.preferences import preferences
from fortune.saju import cast
from fortune.services.readings import ReadingRequest, overview_of
from fortune.views.begin import back_with, begin, press_token


@require_safe
def reading(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Show the chart, and the text as far as it is written."""
    row = reading_or_404(request, reading_id)
    runs = streams.versions(row.id)
    if not runs:
        raise Http404
    now = datetime.now(UTC)
    etag = etag_of(request, row, runs, now=now)
    if etag and (unchanged := get_conditional_response(request, etag=etag)):
        return may_be_kept(unchanged, etag)
    template = "pages/question.html" if row.kind == Kind.QUESTION else "pages/reading.html"
    chart = ChartOf(row)
    page = reading_page(
        chart,
        runs,
        now=now,
        wait=preferences(request).wait == "finished",
        version=_number(request, "version"),
        decade=_number(request, "luck"),
        year=_number(request, "year"),
    )
    response = render(request, template, _context(chart, page, now=now))
    return may_be_kept(response, etag) if etag else response


def may_be_kept(response: HttpResponse, etag: str) -> HttpResponse:
    """Let the visitor's own browser keep the page, and ask each time whether it is still the same."""
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _context(chart: ChartOf, page: ReadingPage, *, now: datetime) -> dict[str, Any]:
    row = chart.reading
    context: dict[str, Any] = {
        "page": page,
        "luck_url": reverse("fortune:luck", args=[row.id]),
        "page_url": row.get_absolute_url(),
        "topics": topic_cards(),
        "has_overview": row.kind in (Kind.TOPIC, Kind.DAILY, Kind.YEAR),
        "coming_year": offered_years(timezone.localdate())[1:],
        "token": uuid.uuid4().hex,
        "form": QuestionForm(),
    }
    if row.kind == Kind.QUESTION:
        context["conversation"] = conversation(parent_of(row), before=row)
    else:
        context["conversation"] = question_box(chart)
    if context["has_overview"]:
        context["overview"] = overview_of(reading=row, now=now)
    return context


@require_safe
def luck(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Return the timeline alone, with another 대운 or 세운 open."""
    row = reading_or_404(request, reading_id)
    decade, year = _number(request, "luck"), _number(request, "year")
    return HttpResponse(ChartOf(row).luck(now=datetime.now(UTC), decade=decade, year=year))


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
    chosen = _date(request.GET.get("day", ""))
    month = chosen or _date(request.GET.get("month", "") + "-01") or today
    view = month_view(
        cast(row.birth, row.options), month=month, today=today, chosen=chosen or _same(month, today)
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
    year = _year(request.GET.get("year", "")) or offered_years(today)[-1]
    view = year_view(cast(row.birth, row.options), year=year, today=today)
    context = {"view": view, "reading": row, "title": title_of(row), "token": uuid.uuid4().hex}
    return render(request, "pages/years.html", context)


@streams.begins
@require_POST
def more(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Begin another reading of the same chart: a topic, a day, or a year."""
    row = reading_or_404(request, reading_id)
    kind, _, topic = request.POST.get("what", "").partition(".")
    wanted = _same_birth(row)
    today = timezone.localdate()
    if kind == Kind.TOPIC and topic in Topic.values:
        wanted = replace(wanted, kind=Kind.TOPIC, topic=topic)
    elif kind == Kind.DAILY:
        wanted = replace(wanted, kind=Kind.DAILY, date=_day(request.POST.get("date", "")) or today)
    elif kind == Kind.YEAR:
        year = (
            _year(topic or request.POST.get("year", "")) or (_day(request.POST.get("date", "")) or today).year
        )
        wanted = replace(wanted, kind=Kind.YEAR, date=date(year, 1, 1))
    return begin(request, wanted, press_token(request), back_with(request, row.get_absolute_url()))


def _same_birth(row: Reading) -> ReadingRequest:
    return ReadingRequest(
        birth=row.birth, options=row.options, label=row.label, mode=Mode(row.mode),
        language=(get_language() or "ko")[:2],
    )  # fmt: skip


def _number(request: HttpRequest, name: str) -> int | None:
    """Return a small whole number from the query string; None for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= 4 else None


def _year(text: str) -> int | None:
    """Return a year that the calendar of solar terms holds; None for anything else."""
    return int(text) if text.isdecimal() and len(text) == 4 and FIRST <= int(text) <= LAST else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    """Return a day that the calendar of solar terms holds; None for anything else."""
    day = _date(text)
    return day if day and FIRST <= day.year <= LAST else None


def _same(month: date, today: date) -> date | None:
    return today if (month.year, month.month) == (today.year, today.month) else None
