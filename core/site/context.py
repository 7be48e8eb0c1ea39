"""Context processor: the values that every page may show."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from core.site import browsers
from core.site.switches import switches


def site(request: HttpRequest) -> dict[str, Any]:
    """``site_banner``: the line of the day, or "". ``in_app``: the app in whose own browser the page is open, or None."""
    return {
        "site_banner": SimpleLazyObject(lambda: switches().state().banner(now=timezone.now())),
        "in_app": browsers.in_app(request),
    }
