"""Answers to the script of a form while somebody fills it in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from fortune.forms.birth import BirthForm
from fortune.pages.births.birth_check import check_birth
from fortune.pages.charts.labels import english
from fortune.saju import places


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
