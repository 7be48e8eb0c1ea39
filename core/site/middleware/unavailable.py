"""No connection in time is 503 with DEBUG too: a wave of visitors is no mistake in the code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

from core.db.pool import PoolTimeout
from core.site import errors, handlers

Answer = Callable[[HttpRequest], HttpResponse]


class UnavailableMiddleware:
    """Takes the place of ``handlers.server_error``, which Django does not ask with DEBUG, for the pool's time-out.

    Each layer of middleware turns an exception into a response, so that only the signal tells what it was.
    """

    def __init__(self, get_response: Answer) -> None:
        if not settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response
        got_request_exception.connect(self._note)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 500 and hasattr(request, "_pool_timed_out"):
            return errors.answer(request, 503, retry_after=handlers.TRY_AGAIN)
        return response

    def _note(self, request: Any, **_: Any) -> None:
        if isinstance(sys.exc_info()[1], PoolTimeout):
            request._pool_timed_out = True
