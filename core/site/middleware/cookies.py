"""The names of cookies on the wire: ``__Host-sessionid`` outside is ``sessionid`` for everything inside."""

from __future__ import annotations

from collections.abc import Callable, Collection
from http.cookies import Morsel
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

# A browser takes a cookie of such a name only from this very host, over TLS and for all of the site, so that a sibling
# host (``other.example`` beside ``fortune.example``) can set no session and no CSRF token here.
PREFIX: Final = "__Host-"


class HostCookieMiddleware:
    """Adds ``PREFIX`` to the names of all cookies while ``HOST_COOKIES`` is on, and reads both kinds of names.

    A cookie of the other kind, from another release or before the setting was changed, counts only where the browser has
    none of the prefixed name; it is sent again under its new name with the first answer that no cache may share.
    Plain ones stay in the browser beside their copies, so that the release before finds them after a rollback.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.COOKIES
        prefixed = {name.removeprefix(PREFIX): sent[name] for name in sent if name.startswith(PREFIX)}
        plain = {name: value for name, value in sent.items() if not name.startswith(PREFIX)}
        request.COOKIES = plain | prefixed
        response = self.get_response(request)
        other = plain.keys() - prefixed.keys() if settings.HOST_COOKIES else prefixed.keys()
        if "public" not in response.get("Cache-Control", ""):
            _send_again(response, {name: request.COOKIES[name] for name in other})
        if settings.HOST_COOKIES:
            _add_prefix(response, plain.keys())
        else:
            for name in prefixed.keys() & response.cookies.keys():
                response.delete_cookie(PREFIX + name)
        return response


def _send_again(response: HttpResponse, values: dict[str, str]) -> None:
    """Set our cookies among ``values``, unless the response sets or deletes them itself."""
    for name in values.keys() & settings.COOKIE_AGES.keys() - response.cookies.keys():
        response.set_cookie(
            name,
            values[name],
            max_age=settings.COOKIE_AGES[name],
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=name in settings.HIDDEN_COOKIES,
            samesite="Lax",
        )


def _add_prefix(response: HttpResponse, plain: Collection[str]) -> None:
    """Rename the response's cookies. A deleted one is deleted under its plain name too, if the browser has that."""
    own: list[Morsel[str]] = list(response.cookies.values())
    response.cookies.clear()
    for cookie in own:
        if cookie["max-age"] == 0 and cookie.key in plain:
            response.delete_cookie(cookie.key, samesite=cookie["samesite"] or None)
        name = PREFIX + cookie.key
        response.cookies[name] = cookie.value
        response.cookies[name].update(cookie)
        response.cookies[name].update({"path": "/", "domain": ""})
        response.cookies[name]["secure"] = True
