"""The forms that begin a reading, of one person and of two, and what helps to fill them in."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core import streams
from core.access import who
from fortune.forms.birth import BirthForm
from fortune.forms.reading import ReadingForm
from fortune.models import Kind
from fortune.pages.births.birth_check import check_birth
from fortune.pages.births.form import birthplace_text, form_context, readings_left, saved_people
from fortune.pages.births.home import invitation, returning_view
from fortune.pages.charts.labels import english
from fortune.readings import safety
from fortune.saju import places
from fortune.views.begin import begin, mention_morning
from fortune.views.personal.history import claim_readings


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


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Answer with the converted date, the leap month if there is one, and notices about the clock."""
    data = {"gender": "female", **request.POST.dict()}
    form = BirthForm(data)
    form.is_valid()
    said = check_birth(form)
    if set(form.errors) == {"birth_place"}:  # date and time are understood all the same
        elsewhere = BirthForm({**data, "birth_place": ""})
        elsewhere.is_valid()
        said = check_birth(elsewhere) | {"problems": said["problems"]}
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


@require_POST
def find_places(request: HttpRequest) -> HttpResponse:
    """Search places. It is a POST, because nothing about a birth belongs in an address."""
    rows = places.search(request.POST.get("q", ""), limit=12)
    found = [
        {"name": row.en, "other": row.ko} if english() else {"name": row.ko, "other": row.en} for row in rows
    ]
    return JsonResponse({"places": found}, json_dumps_params={"ensure_ascii": False})


@streams.begins
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest) -> HttpResponse:
    """Show the form for the birth moments of two people (궁합); a POST begins their reading."""
    data = request.POST if request.method == "POST" else None
    one, two = ReadingForm(data, kind=Kind.MATCH), BirthForm(data, prefix="other")
    token = request.POST.get("token") or uuid.uuid4().hex

    def page(message: str = "", status: int = 200) -> HttpResponse:
        if message:
            one.add_error(None, message)
        context = {
            **form_context(one, token=token),
            "other": two,
            "other_birthplace_text": birthplace_text(two),
            "nav": "match",
            "invite": invitation(who(request)),
        }
        return render(request, "pages/match.html", context, status=status)

    if data is None:
        return page()
    if not (one.is_valid() & two.is_valid()):
        return page(status=422)
    wanted = replace(
        one.reading_request(kind=Kind.MATCH),
        other=(two.birth(), two.options()),
        other_label=two.cleaned_data["name"].strip(),
        relation=one.cleaned_data["relation"],
    )
    answer = begin(request, wanted, one.cleaned_data["token"], page)
    if answer.status_code == HTTPStatus.SEE_OTHER:
        mention_morning(request, one, two)
    return answer
