"""Pages about the site: about, accuracy, privacy, glossary, and the display settings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from fortune import preferences
from fortune.pages.charts.labels import english
from fortune.pages.glossary import glossary_groups
from fortune.queries.accuracy import figures
from fortune.saju.glossary import TERMS


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@require_safe
def accuracy(request: HttpRequest) -> HttpResponse:
    """Show the figures that the test suite has measured."""
    measured = figures()
    suffix = "_en" if english() else ""
    rows = [
        {name: row[name + suffix] for name in ("what", "against", "result")}
        for row in measured.get("rows", [])
    ]
    return render(request, "pages/accuracy.html", {"figures": measured, "rows": rows})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/glossary.html", {"groups": glossary_groups()})


@require_safe
@cache_control(max_age=3600, private=True)
def glossary_json(request: HttpRequest) -> HttpResponse:
    """Return all terms for the page's script, in the visitor's language and so cached for each visitor only."""
    close = _("닫기")
    words = {
        term.key: {
            "name": term.en if english() else term.ko,
            "hanja": term.hanja,
            "meaning": term.meaning_en if english() else term.meaning,
            "close": close,
        }
        for term in TERMS.values()
    }
    return JsonResponse(words, json_dumps_params={"ensure_ascii": False})


@require_http_methods(["GET", "HEAD", "POST"])
def view_settings(request: HttpRequest) -> HttpResponse:
    """Set colours, text size, and whether a reading is shown while it is being written."""
    came_from = request.POST.get("next") or request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    ):
        came_from = "/"
    if request.method == "POST":
        response = HttpResponseRedirect(came_from)
        preferences.remember(response, preferences.read(request.POST))
        return response
    chosen = preferences.preferences(request)
    return render(request, "pages/view_settings.html", {"chosen": chosen, "next": came_from})
