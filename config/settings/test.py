"""Tests: production's values where they matter, fast password hashing, no outside world."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

_worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
if _worker and os.environ.get("REDIS_URL"):
    # pytest's processes share one Valkey and flush it between tests: each has a database of its own.
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{int(_worker) + 1}").geturl()

from config.settings.development import *  # noqa: E402, F403

DEBUG = False
DEVELOPMENT = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CLASSIC_PACE = 0
# Counted in a job with a connection of its own, outside a test's transaction: on where it is tested.
COUNT_VISITORS = False
# pytest's own process has one database; the servers that tests start may have a replica.
DATABASES.pop("replica", None)  # noqa: F405
DATABASE_ROUTERS = []
# Within pytest's own process no static files are collected.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
