"""Read from a request which program sent it and which answer it wants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from django.http import HttpRequest

# Browsers within other apps, in which Google refuses to sign anyone in, by what they call themselves.
_APPS: Final = (
    ("KakaoTalk", re.compile("KAKAOTALK")),
    ("NAVER", re.compile(r"NAVER\(")),
    ("Instagram", re.compile("Instagram")),
    ("Facebook", re.compile(r"FBAN|FBAV|FB_IAB|\[FB")),
    ("LINE", re.compile(r"\bLine/")),
    ("Daum", re.compile("DaumApps|daumapps")),
    ("에브리타임", re.compile("everytime", re.IGNORECASE)),
    # Any other Android app's web view, and an iPhone app's, which leaves out the name of Safari.
    ("", re.compile(r"; wv\)|\(iP(?:hone|ad)(?!.*(?:Safari|CriOS|FxiOS)).*AppleWebKit")),
)


@dataclass(frozen=True, slots=True)
class InApp:
    """A browser within another app. ``way_out`` opens this page in the phone's own one; "" where no link can."""

    name: str
    way_out: str


def in_app(request: HttpRequest) -> InApp | None:
    """Return the app in whose own browser the page is open, or None."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    name = next((name for name, mark in _APPS if mark.search(agent)), None)
    if name is None:
        return None
    url = request.build_absolute_uri()
    if name == "KakaoTalk":
        return InApp(name, f"kakaotalk://web/openExternal?url={quote(url, safe='')}")
    if name == "LINE":
        return InApp(name, f"{url}{'&' if '?' in url else '?'}openExternalBrowser=1")
    if "Android" in agent:
        scheme, _, rest = url.partition("://")
        return InApp(name, f"intent://{rest}#Intent;scheme={scheme};action=android.intent.action.VIEW;end")
    return InApp(name, "")


def wants_page(request: HttpRequest) -> bool:
    """Return whether a person is opening a page: not a script's request, an event stream or a file."""
    headers = request.headers
    if headers.get("x-requested-with") == "XMLHttpRequest" or headers.get("hx-request"):
        return False
    if headers.get("sec-fetch-mode", "navigate") != "navigate":
        return False
    return "text/html" in headers.get("accept", "")


def wants_json(request: HttpRequest) -> bool:
    """Return whether an error is answered as JSON: at an API address, or when the caller asks for it."""
    accept = request.headers.get("accept", "")
    if "/api/" in request.path or request.path.endswith(".json"):
        return "text/html" not in accept
    return "application/json" in accept and "text/html" not in accept
