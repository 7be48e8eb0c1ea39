"""What the engine says about a birth moment while it is being typed. Stores nothing, logs nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from fortune.contexts.echo import echo
from fortune.forms import BirthForm


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The converted date, a leap month where there is one, and notices about the clock."""
    form = BirthForm({"gender": "female", **request.POST.dict()})
    form.is_valid()
    return JsonResponse(echo(form), json_dumps_params={"ensure_ascii": False})
