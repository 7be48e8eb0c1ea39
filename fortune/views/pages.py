"""The pages of the main job: the form, and the page of a reading."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import streams
from core.access import who
from fortune.access import reading_or_404
from fortune.forms.birth import QuestionForm, ReadingForm
from fortune.models import Kind, Reading
from fortune.pages.conversation import asking, conversation, parent_of
from fortune.pages.form import form_context
from fortune.pages.kept import kept_for, left_for
from fortune.pages.luck import luck_view
from fortune.pages.reading import ReadingPage, reading_page
from fortune.pages.topics import topic_cards
from fortune.preferences import preferences
from fortune.readings import safety
from fortune.saju import cast
from fortune.views.begin import begin


@require_http_methods(["GET", "HEAD", "POST"])
def saju_view(request: HttpRequest) -> HttpResponse:
    """The form; posting it begins a reading and leads to it."""
    if request.method != "POST":
        me = who(request)
        kept = kept_for(me, chosen=request.GET.get("person", ""), fresh="new" in request.GET)
        form = ReadingForm(initial=kept.initial)
        context = form_context(form, token=uuid.uuid4().hex, people=kept.people, remembered=kept.remembered)
        return render(request, "pages/form.html", context | {"left": left_for(me, now=datetime.now(UTC))})
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return _again(request, form, status=422)
    # Somebody in need may say so anywhere, also where a name is asked. No reading, and no quota.
    if safety.crisis(form.cleaned_data["name"]):
        return _again(request, form, status=200, crisis=True)
    kind = Kind.TOPIC if form.cleaned_data["topic"] else Kind.FULL

    def refused(message: str, status: int) -> HttpResponse:
        form.add_error(None, message)
        return _again(request, form, status=status)

    return begin(request, form.ask(kind=kind), form.cleaned_data["token"], refused)


def _again(request: HttpRequest, form: ReadingForm, *, status: int, crisis: bool = False) -> HttpResponse:
    token = request.POST.get("token") or uuid.uuid4().hex
    context = form_context(form, token=token) | {"crisis": crisis}
    return render(request, "pages/form.html", context, status=status)


@require_safe
def reading(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """The chart at once, and the text as far as it is written."""
    row = reading_or_404(request, reading_id)
    runs = streams.versions(row.id)
    if not runs:
        raise Http404
    template = "pages/question.html" if row.kind == Kind.QUESTION else "pages/reading.html"
    page = reading_page(
        row,
        runs,
        now=datetime.now(UTC),
        wait=preferences(request).wait == "finished",
        version=_number(request, "version"),
        decade=_number(request, "luck"),
        year=_number(request, "year"),
    )
    return render(request, template, _context(row, page))


@require_safe
def luck(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """The timeline alone, with another 대운 or 세운 open."""
    row = reading_or_404(request, reading_id)
    view = luck_view(
        cast(row.birth, row.options),
        now=datetime.now(UTC),
        decade=_number(request, "luck"),
        year=_number(request, "year"),
    )
    return render(request, "components/luck_panel.html", {"luck": view, "page_url": row.get_absolute_url()})


def _context(row: Reading, page: ReadingPage) -> dict[str, Any]:
    context: dict[str, Any] = {
        "page": page,
        "luck_url": reverse("fortune:luck", args=[row.id]),
        "page_url": row.get_absolute_url(),
        "topics": topic_cards(),
        "token": uuid.uuid4().hex,
        "form": QuestionForm(),
    }
    if row.kind == Kind.QUESTION:
        context["talk"] = conversation(parent_of(row), before=row)
    elif row.kind != Kind.MATCH:
        context["talk"] = asking(row)
    return context


def _number(request: HttpRequest, name: str) -> int | None:
    """A small whole number from the address; anything else counts as not given."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= 4 else None
