"""An id for each request, in its response and in every log line that it causes."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from typing import Final

import structlog
from django.http import HttpRequest, HttpResponse

from core.ops import logs, metrics
from core.site.middleware.probes import PROBES

log = logs.get("core.requests")

GIVEN: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")

Answer = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Takes ``X-Request-ID`` from a proxy if it has the form of one, or makes one.

    The id is bound when a request begins and stays bound after this returns: a streamed body is written
    afterwards, in the same greenlet or thread, and its log lines need the id too. The next request of the
    thread clears it. Jobs started by ``core.runtime.spawn`` carry a copy.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("x-request-id", "")
        request_id = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        seconds = time.perf_counter() - began
        # The name of the route, not the path: paths contain ids, and a query may contain anything.
        match = request.resolver_match
        route = (match.view_name or match.route) if match else "none"
        try:
            metrics.observe(
                route=route, method=request.method or "", status=response.status_code, seconds=seconds
            )
        except Exception:  # a figure that can't be written costs no answer
            log.exception("metrics failed")
        if request.path not in PROBES:
            log.info(
                "answered",
                method=request.method,
                route=route,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
                streaming=response.streaming,
            )
        return response
