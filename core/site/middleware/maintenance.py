"""Maintenance: 503 with ``Retry-After`` for everyone but staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.site import errors
from core.site.switches import switches

Answer = Callable[[HttpRequest], HttpResponse]

# Staff must be able to sign in. (Health answers before this: core/site/middleware/probes.py.)
OPEN: Final = (
    "/admin/",
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/2fa/authenticate/",
    "/static/",
)
DEFAULT_WAIT: Final = 300


class MaintenanceMiddleware:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN):
            return self.get_response(request)
        state = switches().state()
        if not state.maintenance or request.user.is_staff:
            return self.get_response(request)
        wait = DEFAULT_WAIT
        if state.maintenance_until:
            wait = max(1, round((state.maintenance_until - timezone.now()).total_seconds()))
        return errors.maintenance(request, retry_after=wait)
