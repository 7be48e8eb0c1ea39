"""Password hashing that doesn't block the event loop.

One PBKDF2 takes over half a second of CPU. In a greenlet nobody else's text would move meanwhile, so it
runs in the worker's native thread (core/runtime/native.py). The stored format is Django's own.
"""

from __future__ import annotations

from django.contrib.auth import hashers

from core.db import pool
from core.runtime import in_native_thread


class PBKDF2PasswordHasher(hashers.PBKDF2PasswordHasher):
    """Django's default hasher in the native thread. ``verify`` and ``harden_runtime`` call ``encode`` as well."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        # Fifteen people who sign in at once wait here for each other: none may hold a connection meanwhile.
        pool.release()
        return in_native_thread(super().encode, password, salt, iterations)
