"""The form for two people (궁합), which begins their reading."""

from __future__ import annotations

import uuid
from dataclasses import replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from core import streams
from core.access import who
from fortune.forms.birth import BirthForm
from fortune.forms.reading import ReadingForm
from fortune.models import Kind
from fortune.pages.births.form import birthplace_text, form_context
from fortune.pages.births.home import invitation
from fortune.views.begin import begin, mention_morning


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
