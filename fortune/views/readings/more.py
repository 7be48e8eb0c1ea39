"""Another reading of the same chart, begun by a button on its page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from core import streams
from fortune.access import reading_or_404
from fortune.models import Kind, Mode, Reading, Topic
from fortune.services.readings import ReadingRequest
from fortune.views.begin import back_with, begin, press_token
from fortune.views.readings.dates import day_of, year_of


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
        wanted = replace(wanted, kind=Kind.DAILY, date=day_of(request.POST.get("date", "")) or today)
    elif kind == Kind.YEAR:
        year = (
            year_of(topic or request.POST.get("year", ""))
            or (day_of(request.POST.get("date", "")) or today).year
        )
        wanted = replace(wanted, kind=Kind.YEAR, date=date(year, 1, 1))
    return begin(request, wanted, press_token(request), back_with(request, row.get_absolute_url()))


def _same_birth(row: Reading) -> ReadingRequest:
    return ReadingRequest(
        birth=row.birth, options=row.options, label=row.label, mode=Mode(row.mode),
        language=(get_language() or "ko")[:2],
    )  # fmt: skip
