"""Safety: keys and names, stored secrets, whom to believe, sign-in, where a weakness is reported."""

from __future__ import annotations

from django.conf import settings

from core.ops.doctor.verdicts import Doubtful, Wrong
from core.security import crypto, rotation
from core.security.fields import EncryptedTextField, encrypted_columns


def secrets_set() -> str:
    if len(settings.SECRET_KEY) < 32 or "development" in settings.SECRET_KEY:
        if not settings.DEVELOPMENT:
            raise Wrong("SECRET_KEY is short or the one for development")
        raise Doubtful("SECRET_KEY is the one for development")
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        raise Doubtful("ALLOWED_HOSTS is empty or lets every name in")
    return "SECRET_KEY and ALLOWED_HOSTS are set"


def proxies() -> str:
    if not settings.TRUSTED_PROXY_COUNT and not settings.DEVELOPMENT:
        raise Doubtful("TRUSTED_PROXY_COUNT is 0: behind a proxy all guests would share one limit")
    return f"{settings.TRUSTED_PROXY_COUNT} believed"


def encryption() -> str:
    """Decrypt the newest value of each encrypted column."""
    tried = sum(_opens(field) for _, fields in encrypted_columns() for field in fields)
    keys = len(settings.FIELD_ENCRYPTION_KEYS)
    if not keys:
        raise Doubtful(
            "FIELD_ENCRYPTION_KEYS is not set: the key comes from SECRET_KEY, which must then stay"
        )
    if not crypto.keyring().is_rotated_away():
        raise Doubtful(f"{keys} keys, and the key from SECRET_KEY opens earlier values: run rotate_keys")
    if rotation.is_due():
        raise Doubtful(f"{keys} keys, earlier values are under another key or format: run rotate_keys")
    if not crypto.binds_rows():
        raise Doubtful("FIELD_ENCRYPTION_FORMAT=fernet: a ciphertext opens in any row it is copied to")
    if not crypto.seals_texts():
        raise Doubtful("FIELD_ENCRYPTION_FORMAT=bound: texts and the names of dates are stored plain")
    return f"{keys} keys, {tried} stored values opened"


def _opens(field: EncryptedTextField) -> int:
    """Return how many values were tried. Raises ``Wrong`` if the newest does not open."""
    rows = field.model._base_manager.exclude(**{f"{field.name}__isnull": True}).exclude(**{field.name: ""})
    try:
        return len(rows.order_by("-pk").values_list(field.name)[:1])
    except crypto.Undecryptable as error:
        raise Wrong(f"{field.model._meta.db_table}.{field.column}: {error}") from None


def sign_in() -> str:
    ready = []
    for name in ("kakao", "naver", "google"):
        number, secret = (getattr(settings, f"{name.upper()}_CLIENT_{part}") for part in ("ID", "SECRET"))
        # Kakao's secret is optional at Kakao; the other two can't work without.
        if number and not secret and name != "kakao":
            raise Wrong(f"{name.upper()}_CLIENT_SECRET is missing")
        if number:
            ready.append(name)
    if not settings.EMAIL_HOST and not settings.DEVELOPMENT:
        raise Doubtful("EMAIL_HOST is not set: mails are printed, so nobody can sign up by e-mail")
    return ", ".join(["e-mail", *ready])


def contact() -> str:
    if not settings.SECURITY_CONTACT and not settings.DEVELOPMENT:
        raise Doubtful("SECURITY_CONTACT is not set: nobody is told where to report a weakness")
    return settings.SECURITY_CONTACT or "none, as in development"
