"""맞았어요 / 아니에요: a reader's verdicts on the paragraphs of a reading."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fortune.access import reading_or_404, run_or_404
from fortune.pages.reading import title_of
from fortune.pages.verdicts import paragraphs
from fortune.services import verdicts
from fortune.views.errors import see_other


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Show the newest version paragraph by paragraph; a POST gives, changes or takes back one verdict."""
    row = reading_or_404(request, reading_id)
    run = run_or_404(row)
    if run.is_live:
        raise Http404
    rows = paragraphs(row, run, verdicts.given(reading=row, epoch=run.epoch))
    if request.method != "POST":
        return render(request, "pages/verdicts.html", {"rows": rows, "reading": row, "title": title_of(row)})
    number, said = request.POST.get("paragraph", ""), request.POST.get("verdict", "")
    if said not in ("right", "wrong", "none") or number not in {str(one.number) for one in rows}:
        raise Http404
    if said == "none":
        verdicts.take_back(reading=row, epoch=run.epoch, paragraph=int(number))
    else:
        verdicts.judge(
            reading=row,
            epoch=run.epoch,
            paragraph=int(number),
            is_right=said == "right",
            now=datetime.now(UTC),
        )
    return see_other(reverse("fortune:verdicts", args=[row.id]) + f"#p{number}")
