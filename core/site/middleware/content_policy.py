"""The content security policy: one header, the same in every answer, worked out when the process starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

# Django's own pages for these have scripts and styles inside of them, with DEBUG.
DEBUG_PAGES: Final = (404, 500)


class ContentPolicyMiddleware:
    """Sets django-csp's header as its middleware does, which builds the policy anew for each answer, twice.

    No page here has a nonce or changes the policy, so its decorators and nonces are not supported.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in DEBUG_PAGES):
            response.setdefault(HEADER, self._policy)
        return response
