"""A person's own readings: list, statistics, export, deletion."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fortune.access import reading_or_404
from fortune.forms.people import HistoryForm
from fortune.pages.reading import title_of
from fortune.queries import history as queries
from fortune.services import account, readings
from fortune.views.claim import claim_readings
from fortune.views.personal.downloads import download


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    me = claim_readings(request)
    form = HistoryForm(request.GET)
    filters = form.filters()
    found = queries.listed(who=me, filters=filters, number=request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "people/history.html",
        {
            "form": form,
            "page": found.page,
            "rows": found.rows,
            "narrowed": bool(filters),
            "searched": queries.SEARCHED if found.is_cut else None,
            "query": query.urlencode(),
            "nav": "history",
        },
    )


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    found = queries.statistics(who=claim_readings(request), now=timezone.now())
    return render(request, "people/statistics.html", {"statistics": found, "nav": "history"})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Download all readings as one JSON file."""
    return download(
        {"readings": account.export_readings(who=claim_readings(request))},
        name=f"fortune-readings-{timezone.localdate()}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Ask whether a reading is to be deleted; a POST deletes it."""
    reading = reading_or_404(request, reading_id)
    if request.method != "POST":
        context = {
            "question": _("이 풀이를 지울까요?"),
            "what": title_of(reading),
            "note": _("글과 그 글에 물은 것, 공유한 주소까지 지워요. 지우면 되돌릴 수 없어요."),
            "back": reverse("fortune:history"),
            "nav": "history",
        }
        return render(request, "people/delete.html", context)
    readings.delete(reading=reading, now=timezone.now())
    messages.success(request, _("풀이를 지웠어요."))
    return redirect("fortune:history")
