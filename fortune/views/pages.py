"""The pages of the main job: the form, and the page of a reading."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core import quota
from core.access import who
from core.streams import api as streams
from fortune.access import reading_or_404
from fortune.contexts.form import form_context
from fortune.contexts.luck import luck_view
from fortune.contexts.reading import luck_address, reading_page
from fortune.forms import ReadingForm
from fortune.models import Kind
from fortune.preferences import preferences
from fortune.saju import cast
from fortune.services import readings
from fortune.views.problems import limit_message


@require_http_methods(["GET", "POST"])
def saju_view(request: HttpRequest) -> HttpResponse:
    """The form; posting it begins a reading and leads to it."""
    if request.method == "GET":
        form = ReadingForm()
        return render(request, "pages/form.html", form_context(form, token=uuid.uuid4().hex))
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return _again(request, form, status=422)
    kind = Kind.TOPIC if form.cleaned_data["topic"] else Kind.FULL
    try:
        reading = readings.begin(
            who=who(request, remember=True),
            ask=form.ask(kind=kind),
            token=form.cleaned_data["token"],
            now=datetime.now(UTC),
        )
    except quota.LimitReached as limit:
        form.add_error(None, limit_message(limit))
        return _again(request, form, status=429)
    except streams.Full as full:
        answer = _again(request, form, status=503)
        answer["Retry-After"] = str(full.retry_after)
        return answer
    response = HttpResponseRedirect(reverse("fortune:reading", args=[reading.id]))
    response.status_code = 303
    return response


def _again(request: HttpRequest, form: ReadingForm, *, status: int) -> HttpResponse:
    token = request.POST.get("token") or uuid.uuid4().hex
    return render(request, "pages/form.html", form_context(form, token=token), status=status)


@require_GET
def reading(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """The chart at once, and the text as far as it is written."""
    row = reading_or_404(request, reading_id)
    runs = streams.versions(row.id)
    if not runs:
        raise Http404
    page = reading_page(
        row,
        runs,
        now=datetime.now(UTC),
        wait=preferences(request).wait == "finished",
        version=_number(request, "version"),
        decade=_number(request, "luck"),
        year=_number(request, "year"),
    )
    return render(request, "pages/reading.html", _context(page, luck_address(row), row.get_absolute_url()))


@require_GET
def luck(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """The timeline alone, with another 대운 or 세운 open."""
    row = reading_or_404(request, reading_id)
    view = luck_view(
        cast(row.birth, row.options),
        now=datetime.now(UTC),
        decade=_number(request, "luck"),
        year=_number(request, "year"),
    )
    return render(
        request, "components/luck_panel.html", {"luck": view, "page_url": row.get_absolute_url()}
    )


def _context(page: Any, luck_url: str, page_url: str) -> dict[str, Any]:
    return {"page": page, "luck_url": luck_url, "page_url": page_url}


def _number(request: HttpRequest, name: str) -> int | None:
    """A small whole number from the address; anything else counts as not given."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= 4 else None
