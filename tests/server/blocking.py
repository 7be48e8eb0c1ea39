"""Settings and URLs of the site with one more page, which blocks the event loop."""

from __future__ import annotations

import time

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.settings.development import *  # noqa: F403

ROOT_URLCONF = "tests.server.blocking"


def block(request: HttpRequest) -> HttpResponse:
    end = time.monotonic() + 2.5
    while time.monotonic() < end:
        pass
    return HttpResponse("done")


def __getattr__(name: str) -> object:
    """Import the site's URLs when they are first used, not while these settings are read."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from config.urls import urlpatterns

    return [path("block", block), *urlpatterns]
