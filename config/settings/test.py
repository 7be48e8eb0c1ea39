"""Tests: production's values where they matter, fast password hashing, no outside world."""

from __future__ import annotations

from config.settings.development import *  # noqa: F403

DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CLASSIC_PACE = 0
# Counted in a job with a connection of its own, outside a test's transaction: on where it is tested.
COUNT_VISITORS = False
