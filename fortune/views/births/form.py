"""The form of one person, which begins a reading. It is the home page, too."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core import streams
from fortune.forms.reading import ReadingForm
from fortune.models import Kind
from fortune.pages.births.form import form_context, readings_left, saved_people
from fortune.pages.births.home import returning_view
from fortune.readings import safety
from fortune.views.begin import begin, mention_morning
from fortune.views.claim import claim_readings


@streams.begins
@require_http_methods(["GET", "HEAD", "POST"])
def saju_view(request: HttpRequest) -> HttpResponse:
    """Show the form; a POST begins a reading and redirects to it."""
    if request.method != "POST":
        me = claim_readings(request)
        saved = saved_people(me, chosen=request.GET.get("person", ""), fresh="new" in request.GET)
        form = ReadingForm(initial=saved.initial)
        context = form_context(form, token=uuid.uuid4().hex, people=saved.people, remembered=saved.remembered)
        context |= {
            "returning": returning_view(me, today=timezone.localdate()),
            "returning_token": uuid.uuid4().hex,
        }
        context["readings_left"] = readings_left(me, now=datetime.now(UTC))
        return render(request, "pages/form.html", context)
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return _again(request, form, status=422)
    # A person in crisis may say so in any field, even as a name. No reading is begun and no quota is used.
    if crisis := safety.crisis_in(form.cleaned_data["name"]):
        return _again(request, form, status=200, crisis=crisis)
    kind = Kind.TOPIC if form.cleaned_data["topic"] else Kind.FULL

    def refused(message: str, status: int) -> HttpResponse:
        form.add_error(None, message)
        return _again(request, form, status=status)

    answer = begin(request, form.reading_request(kind=kind), form.cleaned_data["token"], refused)
    if answer.status_code == HTTPStatus.SEE_OTHER:
        mention_morning(request, form)
    return answer


def _again(
    request: HttpRequest, form: ReadingForm, *, status: int, crisis: frozenset[str] = frozenset()
) -> HttpResponse:
    token = request.POST.get("token") or uuid.uuid4().hex
    context = form_context(form, token=token) | {"crisis": crisis}
    return render(request, "pages/form.html", context, status=status)
