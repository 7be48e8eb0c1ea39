"""The site with one more page, which keeps the event loop from everybody: settings, and the URLs they name."""

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
    """The site's URLs are imported when they are asked for: not while these settings are read."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from config.urls import urlpatterns

    return [path("block", block), *urlpatterns]
