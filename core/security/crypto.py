"""Encryption at rest and keyed fingerprints.

`FIELD_ENCRYPTION_KEYS` is a list: the first key encrypts, all of them decrypt. To rotate, put a new key in
front, run ``manage.py rotate_keys``, then take the old one away. Each key is a Fernet key (32 bytes,
url-safe base64); development and tests derive one from `SECRET_KEY`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Undecryptable(ValueError):
    """A stored value was encrypted with none of `FIELD_ENCRYPTION_KEYS`."""


def encrypt(text: str) -> str:
    return box().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    try:
        return box().decrypt(token.encode()).decode()
    except InvalidToken:
        raise Undecryptable("none of FIELD_ENCRYPTION_KEYS opens this value") from None


def rotate(token: str) -> str:
    """This will encrypt a stored value anew under the first key."""
    try:
        return box().rotate(token.encode()).decode()
    except InvalidToken:
        raise Undecryptable("none of FIELD_ENCRYPTION_KEYS opens this value") from None


def fingerprint(value: str, *, purpose: str) -> str:
    """This will give 64 hex digits that stand for `value` and can't be turned back without `SECRET_KEY`."""
    key = hashlib.sha256(f"{purpose}\0{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def box() -> MultiFernet:
    return _box(tuple(settings.FIELD_ENCRYPTION_KEYS) or (derived(settings.SECRET_KEY),))


def derived(secret: str) -> str:
    """This will make a Fernet key out of any secret text."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"fields\0" + secret.encode()).digest()).decode()


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise ImproperlyConfigured(
            "FIELD_ENCRYPTION_KEYS must be a comma-separated list of Fernet keys (32 bytes, url-safe base64)"
        ) from None
