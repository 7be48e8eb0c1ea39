"""A visitor's display preferences, in one cookie that the server reads: no flash, no script needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "view"
YEAR = 365 * 24 * 3600
ALLOWED: dict[str, tuple[str, ...]] = {
    "theme": ("auto", "light", "dark"),
    "text": ("normal", "large"),
    "water": ("black", "blue"),
    # Show a reading as it is written, or when it is finished.
    "wait": ("live", "finished"),
}


@dataclass(frozen=True, slots=True)
class Preferences:
    """Each value is one of ``ALLOWED``; the first is the default."""

    theme: str = "auto"
    text: str = "normal"
    water: str = "black"
    wait: str = "live"

    def chosen(self) -> tuple[tuple[str, str], ...]:
        """Return the preferences that differ from the defaults."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return tuple((name, value) for name, value in pairs if value != ALLOWED[name][0])


def read(values: Mapping[str, Any]) -> Preferences:
    """Return preferences from named values; an unknown value counts as the default."""
    return Preferences(
        **{name: values[name] for name, allowed in ALLOWED.items() if values.get(name) in allowed}
    )


def preferences(request: HttpRequest) -> Preferences:
    pairs = (part.partition(":") for part in request.COOKIES.get(COOKIE, "").split("."))
    return read({name: value for name, _, value in pairs})


def remember(response: HttpResponse, chosen: Preferences) -> None:
    value = ".".join(f"{name}:{value}" for name, value in chosen.chosen())
    response.set_cookie(COOKIE, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
