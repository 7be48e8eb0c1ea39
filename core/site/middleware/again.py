"""Answer a form that the page of a refused form has sent again with the address that it leads to.

That page sends it by ``fetch`` (static/js/again.js) and is then replaced by the address. ``fetch`` follows a redirect
unseen: the page behind it would be made twice, at the very time when there is too much to do.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

Answer = Callable[[HttpRequest], HttpResponse]


class SentAgainMiddleware:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirect) and "X-Sent-Again" in request.headers:
            response.status_code = 204
        return response
