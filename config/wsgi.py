"""The WSGI application. There is no ASGI twin, on purpose: see docs/decisions/."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.urls import get_resolver

from core.db import pool


class Request(WSGIRequest):
    """Break the request's reference cycles when its response is closed.

    Middleware sets attributes that refer back to the request (the visitor, messages, the nonce). Left to the
    garbage collector, these are 120 objects for each request, and a collection stops every stream.
    """

    def close(self) -> None:
        super().close()
        vars(self).clear()


class Handler(WSGIHandler):
    """Holds no database connection while an answer is sent: a client takes its time, and Django comes back after."""

    request_class = Request

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        answer = super().__call__(environ, start_response)
        pool.release()
        return answer


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django.setup(set_prefix=False)

from fortune.pages.charts import components, luck  # noqa: E402 - they need the settings

application = Handler()
# Django would import the views at the first request and block the loop meanwhile; so would compiling templates.
get_resolver().url_patterns  # noqa: B018
components.warm_up()
luck.warm_up()
