"""What every page may show."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from core.site import browsers
from core.site.switches import state


def site(request: HttpRequest) -> dict[str, Any]:
    """`site_banner`: the line of the day, or "". `in_kakaotalk`: the page is open inside KakaoTalk."""
    return {
        "site_banner": SimpleLazyObject(lambda: state().banner(now=timezone.now())),
        "in_kakaotalk": browsers.in_kakaotalk(request),
    }
