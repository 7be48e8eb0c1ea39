"""Middleware: show a new member the welcome form once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from core.accounts.profiles import welcome
from core.models import profile_of
from core.site.browsers import wants_page

Answer = Callable[[HttpRequest], HttpResponse]

FREE: Final = (
    "/accounts/",
    "/admin/",
    "/static/",
    "/media/",
    "/fortune/api/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/sw.js",
    "/offline/",
    "/manifest.webmanifest",
)
WELCOMED: Final = "welcomed"


class OnboardingMiddleware:
    """Redirects a member whose ``welcomed_at`` is empty to the welcome form when they open a page.

    Shown once, it counts as answered, so it can't loop. The session remembers that: after the first page a
    member costs no query for it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_due(request):
            profile = profile_of(cast("User", request.user))
            request.session[WELCOMED] = True
            if profile.welcomed_at is None:
                welcome(profile=profile, now=timezone.now())
                query = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{reverse('welcome')}?{query}")
        return self.get_response(request)

    @staticmethod
    def _is_due(request: HttpRequest) -> bool:
        return (
            request.method == "GET"
            and not request.path.startswith(FREE)
            and wants_page(request)
            and request.user.is_authenticated
            and WELCOMED not in request.session
        )
