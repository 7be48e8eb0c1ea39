"""A guest's cookie: sent when something becomes theirs, and taken over by the session once they have signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core import access

Answer = Callable[[HttpRequest], HttpResponse]


class GuestMiddleware:
    """Signed in, a guest's token lives in the session, so that it ends with it: on signing out, and on other devices."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_both = {access.GUEST, settings.SESSION_COOKIE_NAME} <= request.COOKIES.keys()
        is_taken_over = has_both and request.user.is_authenticated and access.move_to_session(request)
        response = self.get_response(request)
        if token := access.token_given(request):
            response.set_cookie(
                access.GUEST,
                access.signed(token),
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        elif is_taken_over:
            response.delete_cookie(access.GUEST, samesite="Lax")
        return response
