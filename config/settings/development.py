"""Development: runs without any variable set but the services' addresses.

Visitors of ``make run`` see our own error pages as in production; ``DEBUG=true`` shows Django's.
"""

from __future__ import annotations

from config import env
from config.settings.base import *  # noqa: F403
from core.ops import logs

DEVELOPMENT = True
SECRET_KEY = env.text("SECRET_KEY", default="for development only: never serve people with this key")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Open to all who can reach this machine, without METRICS_TOKEN.
METRICS_OPEN = True
LOGGING = logs.config(
    json=env.choice("LOG_FORMAT", ("json", "text"), default="text") == "json",
    level=env.choice("LOG_LEVEL", ("debug", "info", "warning", "error"), default="info").upper(),
)
# A site on one's own machine has one operator, who may want to see the admin at once.
ADMIN_SECOND_FACTOR = env.boolean("ADMIN_SECOND_FACTOR", default=False)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
