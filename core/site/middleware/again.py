"""Answer a form that a page has sent again by itself with 204 and the address to go to, in place of a redirect.

The "too busy" page sends the refused form again by ``fetch`` (static/js/again.js), then goes to ``Location``. ``fetch``
would follow a redirect by itself, and the page behind it would be made twice, at the very time when the server is full.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

Answer = Callable[[HttpRequest], HttpResponse]


class SentAgainMiddleware:
    """Turns the redirect of a form that was sent again into 204 with the same ``Location``."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirect) and "X-Sent-Again" in request.headers:
            response.status_code = 204
        return response
