"""Requests that begin a run take turns, and what a request has reserved is given back when it leaves.

A turn is taken after the body has been read, and before a session is opened or the database is asked: nothing is
held while others work, and a refusal costs next to nothing. A refusal is sent within half a second; its page sends
the same form again by itself.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, UnreadablePostError

from core.site import errors
from core.streams.delivery.arrivals import Holdings, begins_run
from core.streams.hub.admission import Full
from core.streams.node import node

Answer = Callable[[HttpRequest], HttpResponse]


class ArrivalsMiddleware:
    """Stands outside of whatever may replace a response: the one that is replaced is never closed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        holdings, response = Holdings.of(request), None
        try:
            if begins_run(request):
                request.body  # noqa: B018 (read now: nobody waits for it later)
                holdings.turn = node().admission.take_turn()
            response = self.get_response(request)
        except UnreadablePostError:  # the browser has left
            response = errors.answer(request, 400)
        except Full as full:
            response = errors.busy(request, retry_after=full.retry_after)
        finally:
            holdings.leave(response)
        return response
