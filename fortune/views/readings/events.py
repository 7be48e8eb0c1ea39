"""The stream of an existing reading, for an EventSource."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core import streams
from core.access import who
from fortune.access import reading_or_404
from fortune.pages import annotators_of
from fortune.views.errors import answers_json


@require_safe
@answers_json
def events(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Stream everything after ``Last-Event-ID``; with ``?blocks=1`` also finished blocks as HTML.

    ``?after=`` replaces the header, which a page can't set on a new EventSource.
    """
    reading = reading_or_404(request, reading_id)
    if request.method == "HEAD":
        return HttpResponse(content_type="text/event-stream")
    annotate = annotators_of(reading) if request.GET.get("blocks") else None
    position = request.headers.get("Last-Event-ID") or request.GET.get("after")
    return streams.event_response(
        request, run=reading.run, position=position, visitor=who(request).key, annotate=annotate
    )
