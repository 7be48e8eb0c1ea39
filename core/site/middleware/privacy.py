"""Keep personal pages out of caches, search engines and other sites' pages, and turn the browser's sensors off."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.access import GUEST

Answer = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


class PrivacyMiddleware:
    """Sets ``no-store`` and ``noindex`` unless the page is the same for everyone or the view has set its own.

    For a member or a known guest even the form is personal: it is filled in with a birth, and names people.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        # No other site needs our answers inside its pages; messengers fetch a card's picture without one.
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        is_public = request.path in settings.PUBLIC_PATHS
        is_known = settings.SESSION_COOKIE_NAME in request.COOKIES or GUEST in request.COOKIES
        if not is_public or is_known:
            response.setdefault("Cache-Control", "private, no-store")
        session = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if session is not None and not session.value:
            # Signed out: what the browser has kept of a member's pages is not shown to whoever comes next.
            response.setdefault("Clear-Site-Data", '"cache"')
        if not is_public:
            response.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response
