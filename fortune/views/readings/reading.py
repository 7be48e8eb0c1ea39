"""The page of a reading, and its timeline alone."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core import streams
from fortune.access import reading_or_404
from fortune.forms.reading import QuestionForm
from fortune.models import Kind
from fortune.pages.conversation import conversation, parent_of, question_box
from fortune.pages.parts import ReadingChart
from fortune.pages.reading import ReadingPage, reading_page, topic_cards
from fortune.pages.validator import etag_of
from fortune.pages.years import offered_years
from fortune.preferences import preferences
from fortune.services.readings import overview_of


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
        return _may_be_kept(unchanged, etag)
    template = "pages/question.html" if row.kind == Kind.QUESTION else "pages/reading.html"
    chart = ReadingChart(row)
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
    return _may_be_kept(response, etag) if etag else response


def _may_be_kept(response: HttpResponse, etag: str) -> HttpResponse:
    """Let the visitor's own browser keep the page, and ask each time whether it is still the same."""
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _context(chart: ReadingChart, page: ReadingPage, *, now: datetime) -> dict[str, Any]:
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
    return HttpResponse(ReadingChart(row).luck(now=datetime.now(UTC), decade=decade, year=year))


def _number(request: HttpRequest, name: str) -> int | None:
    """Return a small whole number from the query string; None for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= 4 else None
