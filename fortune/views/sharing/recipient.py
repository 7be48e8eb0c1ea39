"""A shared link as its recipient sees it: the page, its pictures, and how the recipient's own chart meets it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from core import streams
from core.access import who
from core.runtime import in_native_thread
from fortune.forms.birth import BirthForm
from fortune.models import ShareLink, Shown
from fortune.pages.births.form import fields_context
from fortune.pages.charts.chart import ChartView, chart_view
from fortune.pages.charts.pictures import card
from fortune.pages.charts.scene import SceneView, scene_view
from fortune.pages.share import day_of, meeting_view, shared_page
from fortune.queries.history import newest_own
from fortune.readings import safety
from fortune.saju import cast
from fortune.saju.cycle import Pillar
from fortune.services import sharing

# Seconds for which a link's pictures are kept, here and by anybody: a link that is revoked is gone with it.
PICTURE_KEPT: Final = 60


@require_safe
@cache_control(private=True, no_store=True)
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show the shared part of a reading to anybody who has the link."""
    link = _open(token)
    sharing.count_view(link=link)
    page = shared_page(link, streams.versions(link.reading_id))
    pictures = {form: reverse("fortune:share_card", args=[token, form, card.VERSION]) for form in card.Form}
    context = {
        "page": page,
        "token": token,
        "picture": request.build_absolute_uri(pictures[card.Form.WIDE]),
        "tall": pictures[card.Form.TALL],
    }
    response = render(request, "pages/shared.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@cache_control(max_age=PICTURE_KEPT, public=True)
def share_card(request: HttpRequest, token: str, form: str, version: int) -> HttpResponse:
    """Return a picture of the link. Messengers fetch the wide one."""
    link = _open(token)
    if version != card.VERSION or form not in tuple(card.Form):
        raise Http404
    key, variant = sharing.picture_key(link.pk), (card.VERSION, form, get_language())
    kept = cache.get(key) or {}
    if variant not in kept:
        facts = cast(link.reading.birth, link.reading.options).facts
        day = facts.pillars.day
        chart = chart_view(facts) if link.shown != Shown.DAY else None
        label = _("AI 또는 규칙이 쓴 풀이") if link.shown == Shown.READING else ""
        kept[variant] = in_native_thread(_draw, day, scene_view(day), card.Form(form), chart, label)
        cache.set(key, kept, PICTURE_KEPT)
    # Messengers show it inside their own pages.
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(kept[variant], content_type="image/png", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def meet(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the recipient's birth, and show how that chart meets the link's day pillar. Nothing is stored.

    A recipient who has a reading here can take its chart instead.
    """
    link = _open(token)
    theirs = day_of(link)
    own = newest_own(who(request))
    if request.method == "POST" and "own" in request.POST and own:
        chart = cast(own.birth, own.options)
        context = {"token": token, "scene": scene_view(theirs), "meeting": meeting_view(chart, theirs)}
        return render(request, "pages/meeting.html", context)
    form = BirthForm(request.POST if request.method == "POST" else None)
    mine = scene_view(cast(own.birth, own.options).pillars.day) if own else None
    context = {
        "token": token,
        "form": form,
        "scene": scene_view(theirs),
        "mine": mine,
        **fields_context(form),
    }
    if crisis := safety.crisis_in(form.data.get("name", "")):
        return render(request, "pages/meeting.html", context | {"crisis": crisis})
    if not form.is_bound:
        return render(request, "pages/meeting.html", context)
    if not form.is_valid() or form.chart is None:
        return render(request, "pages/meeting.html", context, status=422)
    return render(request, "pages/meeting.html", context | {"meeting": meeting_view(form.chart, theirs)})


def _draw(day: Pillar, scene: SceneView, form: card.Form, chart: ChartView | None, label: str) -> bytes:
    return card.draw(day, scene, form, chart=chart, label=label)


def _open(token: str) -> ShareLink:
    link = sharing.find(token=token, now=datetime.now(UTC))
    if link is None:
        raise Http404
    return link
