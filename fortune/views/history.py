"""A person's own readings: list, statistics, export, deletion."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import GUEST, who
from fortune.access import reading_or_404
from fortune.forms_people import HistoryForm
from fortune.queries import history as queries
from fortune.services import account, readings


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    me = who(request)
    if me.user_id and me.guest:
        # What was begun before signing in is the member's from here on.
        readings.claim_guest_readings(who=me)
        request.session.pop(GUEST)
    form = HistoryForm(request.GET)
    wish = form.wish()
    page = Paginator(queries.listed(who=me, wish=wish), queries.PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "people/history.html",
        {"form": form, "page": page, "narrowed": bool(wish), "query": query.urlencode(), "nav": "history"},
    )


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    found = queries.statistics(who=who(request), now=timezone.now())
    return render(request, "people/statistics.html", {"statistics": found, "nav": "history"})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All readings as one JSON file."""
    return download(
        {"readings": account.export_readings(who=who(request))},
        name=f"fortune-readings-{timezone.localdate()}",
    )


@require_POST
def delete(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    readings.delete(reading=reading_or_404(request, reading_id), now=timezone.now())
    messages.success(request, _("풀이를 지웠어요."))
    return redirect("fortune:history")


def download(data: dict[str, object], *, name: str) -> JsonResponse:
    """This will give JSON as a file to keep."""
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response
