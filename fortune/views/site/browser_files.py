"""Files that browsers and robots ask for by a fixed address: icon, manifest, service worker, and the like."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(private=True, no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """Return the page for a browser without a network. Only the service worker fetches it."""
    words = {
        "language": get_language() or "ko",
        "message": _(
            "연결되면 보던 곳부터 다시 볼 수 있어요. 적어서 보낸 것은 뒤로 가면 그대로 있고, 쓰던 풀이는 그동안에도 이어서 쓰여요."
        ),
    }
    return render(request, "errors/offline.html", words)


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker. It is served from the root, because it controls only pages below its own address."""
    keep = [reverse("fortune:offline"), static("css/error.css")]
    return render(request, "pages/worker.js", {"keep": keep}, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """Return the manifest by which a phone installs the site as an app."""
    icon = {"type": "image/png", "purpose": "any"}
    data = {
        "name": "Fortune 사주",
        "short_name": "Fortune",
        "lang": "ko",
        "start_url": "/fortune/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf8f4",
        "theme_color": "#faf8f4",
        "icons": [
            {**icon, "src": static("icons/icon-192.png"), "sizes": "192x192"},
            {**icon, "src": static("icons/icon-512.png"), "sizes": "512x512"},
            {
                "src": static("icons/icon-maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    return JsonResponse(data, content_type="application/manifest+json")


@require_safe
@cache_control(max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers away from readings, which only their owners can open. Shared pages say ``noindex`` themselves."""
    closed = ("/accounts/", "/admin/", "/fortune/api/", "/fortune/readings/", "/language/", "/view/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=86_400)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116), if the operator has said so: what it says expires in half a year."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: ko, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect to the icon: browsers request this address before they have read a page."""
    return HttpResponseRedirect(static("icons/icon-192.png"))
