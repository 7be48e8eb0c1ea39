"""The WSGI application. There is no ASGI twin, on purpose: see docs/decisions/."""

from __future__ import annotations

import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.urls import get_resolver


class Request(WSGIRequest):
    """A request that goes with its answer.

    Middleware hangs things on it that hold on to it (who asks, messages, the nonce). Left to the garbage
    collector, these are a hundred and twenty objects each, and a collection stops everybody's stream.
    """

    def close(self) -> None:
        super().close()
        vars(self).clear()


class Handler(WSGIHandler):
    request_class = Request


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django.setup(set_prefix=False)

application = Handler()
# Django would import the views at the first request, on the loop that everybody else waits for.
get_resolver().url_patterns  # noqa: B018
