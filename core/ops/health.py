"""Health for platforms: is the process alive, can it serve, and its metrics."""

from __future__ import annotations

import secrets
from dataclasses import asdict

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.llm.metrics import watch_breaker
from core.llm.registry import providers
from core.ops import metrics, readiness


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process lives. No database, no cache: an outage of these must not get the worker killed."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 if this worker can serve, else 503 and which condition isn't met (``core.ops.readiness``)."""
    found = readiness.examine()
    headers = {} if found.is_ready else {"Retry-After": "5"}
    return JsonResponse(asdict(found), status=200 if found.is_ready else 503, headers=headers)


@never_cache
@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """Answer a scraper that knows ``METRICS_TOKEN``; for all others, and without a token, there is no such page."""
    if not (settings.METRICS_OPEN or _has_token(request)):
        raise Http404
    # Circuits change without a call from here: another worker closes one, or its pause is over.
    for circuit, state in providers().router.states().items():
        watch_breaker(circuit, state == "open")
    return HttpResponse(metrics.page(), content_type=metrics.CONTENT_TYPE)


def _has_token(request: HttpRequest) -> bool:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    expected = settings.METRICS_TOKEN
    same = secrets.compare_digest(token.strip().encode(), expected.encode())
    return bool(expected) and scheme.lower() == "bearer" and same
