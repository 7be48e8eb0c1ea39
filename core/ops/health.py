"""What platforms ask: is the process alive, can it serve, what does it measure."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.db import pool
from core.ops import metrics
from core.redis.cache import CACHE_ERRORS
from core.streams import is_draining


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. No database, no cache: losing these must not get the worker killed."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database and cache answer within their own time-outs, and this worker is not on its way out.

    Says which is not so, and nothing else.
    """
    checks: dict[str, Callable[[], bool]] = {
        "database": _database,
        "cache": _cache,
        "worker": lambda: not is_draining(),
    }
    results = {name: "ok" if check() else "away" for name, check in checks.items()}
    ready = all(result == "ok" for result in results.values())
    return JsonResponse(results, status=200 if ready else 503, headers={} if ready else {"Retry-After": "5"})


@never_cache
@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """For the scraper in the private network. What came through a proxy came from outside: staff only."""
    outside = settings.TRUSTED_PROXY_COUNT and "x-forwarded-for" in request.headers
    if outside and not request.user.is_staff:
        raise Http404
    return HttpResponse(metrics.page(), content_type=metrics.CONTENT_TYPE)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except (DatabaseError, pool.Exhausted):
        return False


def _cache() -> bool:
    token = secrets.token_hex(8)
    try:
        cache.set(f"readyz:{token}", token, 5)
        return bool(cache.get(f"readyz:{token}") == token)
    except CACHE_ERRORS:
        return False
