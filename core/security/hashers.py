"""Password hashing that doesn't hold up the hub.

One PBKDF2 takes over half a second of CPU. In a greenlet nobody else's text would move meanwhile, so it
runs in the worker's native thread (core/runtime/native.py). The stored form is Django's own.
"""

from __future__ import annotations

from django.contrib.auth import hashers

from core.db import pool
from core.runtime import native


class PBKDF2PasswordHasher(hashers.PBKDF2PasswordHasher):
    """Django's default hasher, off the hub. `verify` and `harden_runtime` go through `encode` as well."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        # Fifteen people who sign in at once wait for each other here: none may hold a connection meanwhile.
        pool.give_back()
        return native(super().encode, password, salt, iterations)
