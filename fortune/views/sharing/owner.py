"""Sharing a reading: its links, as the one who shares sees them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fortune.access import reading_or_404, run_or_404
from fortune.models import ShareLink, Shown
from fortune.pages.charts.pictures import card
from fortune.pages.reading import title_of
from fortune.services import sharing
from fortune.views.errors import see_other


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Show the reading's links and the form for a new one."""
    row = reading_or_404(request, reading_id)
    now = datetime.now(UTC)
    if request.method == "POST":
        shown = request.POST.get("shown", "")
        run = run_or_404(row)
        if shown not in Shown.values or (shown == Shown.READING and run.is_live):
            raise Http404
        try:
            sharing.share(reading=row, shown=Shown(shown), epoch=run.epoch, now=now)
        except sharing.TooManyLinks:
            messages.error(request, _("공유한 주소가 너무 많아요. 쓰지 않는 주소를 거두어 주세요."))
            return see_other(reverse("fortune:share", args=[row.id]))
        # On a phone the new address stands below the form, out of sight.
        return see_other(f"{reverse('fortune:share', args=[row.id])}#links")
    links = [_offered(request, link) for link in sharing.open_links(reading=row, now=now)]
    context = {
        "reading": row,
        "title": title_of(row),
        "links": links,
        "choices": Shown.choices,
        "kakao_key": settings.KAKAO_JS_KEY,
    }
    return render(request, "pages/share.html", context)


def _offered(request: HttpRequest, link: ShareLink) -> dict[str, Any]:
    def picture(form: card.Form) -> str:
        return request.build_absolute_uri(
            reverse("fortune:share_card", args=[link.token, form, card.VERSION])
        )

    return {
        "link": link,
        "url": request.build_absolute_uri(reverse("fortune:shared", args=[link.token])),
        "wide": picture(card.Form.WIDE),
        "tall": picture(card.Form.TALL),
    }


@require_POST
def revoke(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Revoke a link."""
    row = reading_or_404(request, reading_id)
    token = request.POST.get("token", "")
    if not token.isprintable():  # a NUL: PostgreSQL has no such text
        raise Http404
    sharing.revoke(links=row.links.filter(token=token), now=datetime.now(UTC))
    messages.success(request, _("주소를 거두었어요. 이제 아무도 볼 수 없어요."))
    return see_other(reverse("fortune:share", args=[row.id]))
