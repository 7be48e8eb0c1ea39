"""The WSGI application. There is no ASGI twin, on purpose: see docs/decisions/."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()
# Django would import the views at the first request, on the loop that everybody else waits for.
get_resolver().url_patterns  # noqa: B018
