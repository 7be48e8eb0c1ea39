"""Sharing a reading: the links, the shared page, and its picture."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import streams
from core.runtime import native
from fortune.access import reading_or_404
from fortune.models import ShareLink, Shown
from fortune.pages.chart import ChartView, chart_view
from fortune.pages.pictures import card
from fortune.pages.reading import title_of
from fortune.pages.share import shared_page
from fortune.saju import cast
from fortune.services import sharing
from fortune.views.errors import see_other

# Seconds for which a link's picture is kept, here and by anybody: a link that is revoked is gone with it.
PICTURE_KEPT = 60


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Show the reading's links and the form for a new one."""
    row = reading_or_404(request, reading_id)
    now = datetime.now(UTC)
    if request.method == "POST":
        shown = request.POST.get("shown", "")
        run = streams.current(row.id)
        if run is None or shown not in Shown.values or (shown == Shown.READING and run.is_live):
            raise Http404
        try:
            sharing.share(reading=row, shown=Shown(shown), epoch=run.epoch, now=now)
        except sharing.TooManyLinks:
            messages.error(request, _("공유한 주소가 너무 많아요. 쓰지 않는 주소를 거두어 주세요."))
        return see_other(reverse("fortune:share", args=[row.id]))
    links = [
        {"link": link, "url": request.build_absolute_uri(reverse("fortune:shared", args=[link.token]))}
        for link in sharing.open_links(reading=row, now=now)
    ]
    context = {
        "reading": row,
        "title": title_of(row),
        "links": links,
        "choices": Shown.choices,
        "kakao_key": settings.KAKAO_JS_KEY,
    }
    return render(request, "pages/share.html", context)


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


@require_safe
@cache_control(private=True, no_store=True)
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show the shared part of a reading to anybody who has the link."""
    link = _open(token)
    sharing.count_view(link=link)
    page = shared_page(link, streams.versions(link.reading_id))
    picture = request.build_absolute_uri(reverse("fortune:share_card", args=[token, card.VERSION]))
    response = render(request, "pages/shared.html", {"page": page, "picture": picture})
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@cache_control(max_age=PICTURE_KEPT, public=True)
def share_card(request: HttpRequest, token: str, version: int) -> HttpResponse:
    """Return the picture that messengers show."""
    link = _open(token)
    if version != card.VERSION:
        raise Http404
    key = sharing.picture_key(link.pk)
    drawn, picture = cache.get(key) or (None, b"")
    if drawn != card.VERSION:
        row = link.reading
        chart = chart_view(cast(row.birth, row.options).facts)
        picture = native(_draw, chart, link.shown != Shown.DAY, _title(), _label(link))
        cache.set(key, (card.VERSION, picture), PICTURE_KEPT)
    # Messengers show it inside their own pages.
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(picture, content_type="image/png", headers=headers)


def _draw(chart: ChartView, whole: bool, title: str, label: str) -> bytes:
    return card.draw(chart, whole=whole, title=title, label=label)


def _title() -> str:
    return _("여덟 글자에 담긴 나")


def _label(link: ShareLink) -> str:
    return _("AI 또는 규칙이 쓴 풀이") if link.shown == Shown.READING else ""


def _open(token: str) -> ShareLink:
    link = sharing.find(token=token, now=datetime.now(UTC))
    if link is None:
        raise Http404
    return link
