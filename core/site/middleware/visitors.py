"""Count visitors without making anyone wait."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.limits.addresses import client_address
from core.limits.days import korean_day
from core.runtime import TooManyJobs, spawn
from core.site import visits
from core.site.browsers import wants_page

Answer = Callable[[HttpRequest], HttpResponse]

# Seconds for which new visitors are gathered: their number costs one commit, however many they are.
GATHER_FOR: Final = 1.0


class VisitorMiddleware:
    """Counts a page that was served to a person; a background job writes down all who came within a second.

    Most requests come from a visitor whom this worker has already counted today: they cost one set lookup.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._seen = visits.SeenToday()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.COUNT_VISITORS and _is_visit(request, response):
            day = korean_day(timezone.now())
            visitor = visits.visitor_of(
                address=client_address(request), user_agent=request.META.get("HTTP_USER_AGENT", ""), day=day
            )
            if self._seen.add(visitor, day=day):
                try:
                    spawn("visit", self._count)
                except TooManyJobs:
                    self._seen.take()  # a number for the admin is not worth a failed page
        return response

    def _count(self) -> None:
        time.sleep(GATHER_FOR)
        for day, visitors in self._seen.take().items():
            visits.count(visitors, day)


def _is_visit(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not request.path.startswith("/admin/")
        and response.get("Content-Type", "").startswith("text/html")
        and wants_page(request)
        and not visits.is_bot(request.META.get("HTTP_USER_AGENT", ""))
    )
