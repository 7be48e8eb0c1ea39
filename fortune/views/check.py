"""What the engine says about a birth moment while it is being typed. Stores nothing, logs nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from fortune.forms.birth import BirthForm
from fortune.pages.birth_check import echo
from fortune.pages.labels import english
from fortune.saju import places


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The converted date, a leap month where there is one, and notices about the clock."""
    form = BirthForm({"gender": "female", **request.POST.dict()})
    form.is_valid()
    return JsonResponse(echo(form), json_dumps_params={"ensure_ascii": False})


@require_POST
def find_places(request: HttpRequest) -> HttpResponse:
    """Places for what is typed. A POST, as nothing about a birth belongs in an address."""
    rows = places.search(request.POST.get("q", ""), limit=12)
    found = [
        {"name": row.en, "other": row.ko} if english() else {"name": row.ko, "other": row.en} for row in rows
    ]
    return JsonResponse({"places": found}, json_dumps_params={"ensure_ascii": False})
