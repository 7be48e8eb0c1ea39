"""Production: nothing secret has a default, and everything goes over TLS."""

from __future__ import annotations

from config import env
from config.settings.base import *  # noqa: F403

SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS")
# Without it, the first allowed host is the site's own; "*" is none.
SITE_ORIGIN = SITE_ORIGIN or f"https://{ALLOWED_HOSTS[0].lstrip('.')}"  # noqa: F405
if SITE_ORIGIN == "https://*":
    env.url("SITE_ORIGIN", schemes=("https", "http"))  # required, and says so
# The proxy in front ends TLS; only a deployment that declares one may believe its header.
SECURE_SSL_REDIRECT = env.boolean("SECURE_SSL_REDIRECT", default=True)
if TRUSTED_PROXY_COUNT:  # noqa: F405
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
HOST_COOKIES = env.boolean("HOST_COOKIES", default=True)
