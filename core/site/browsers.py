"""What a request says about the program that sent it."""

from __future__ import annotations

from django.http import HttpRequest


def in_kakaotalk(request: HttpRequest) -> bool:
    """This will say whether the page is open inside KakaoTalk, where Google refuses to sign anyone in."""
    return "KAKAOTALK" in request.META.get("HTTP_USER_AGENT", "")


def wants_page(request: HttpRequest) -> bool:
    """This will say whether a person is opening a page: not a script's request, an event stream or a file."""
    headers = request.headers
    if headers.get("x-requested-with") == "XMLHttpRequest" or headers.get("hx-request"):
        return False
    if headers.get("sec-fetch-mode", "navigate") != "navigate":
        return False
    return "text/html" in headers.get("accept", "")


def wants_json(request: HttpRequest) -> bool:
    """This will say whether an error is to be told as JSON: an API address, or a caller that asks for it."""
    accept = request.headers.get("accept", "")
    if "/api/" in request.path or request.path.endswith(".json"):
        return "text/html" not in accept
    return "application/json" in accept and "text/html" not in accept
