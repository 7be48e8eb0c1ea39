"""Health, readiness and figures, asked for by machines inside: at whatever name and without TLS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import resolve

PROBES: Final = frozenset({"/healthz", "/readyz", "/metrics"})

Answer = Callable[[HttpRequest], HttpResponse]


class ProbesMiddleware:
    """Answers probes before anything looks at the Host header, redirects to https, or opens a session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in PROBES or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        request.resolver_match = match = resolve(request.path_info)
        answer: HttpResponse = match.func(request)
        return answer
