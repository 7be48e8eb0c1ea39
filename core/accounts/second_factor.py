"""The second factor, by allauth: an app's codes, passkeys and recovery codes. Their secrets lie under our keys.

The forms for a code take it once for as long as it is valid.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.http import HttpRequest

from core.security import crypto
from core.security.rotation import Outcome

# allauth encrypts a secret before its row exists, so it is bound to the column alone. A passkey's row has no secret.
CELL: Final = crypto.Cell("mfa_authenticator", "data", "")
SECRETS: Final = ("secret", "seed")
LISTS: Final = ("migrated_codes",)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is not typed
    def encrypt(self, text: str) -> str:
        return crypto.encrypt(text, CELL)

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(encrypted_text, CELL)


class CodeOnce:
    """Refuses a used code of an app. allauth forgets one after a single period, and takes it for two more."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        factor: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if factor.type == Authenticator.Type.TOTP:
            valid = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
            name = f"second_factor.used:{factor.pk}:{normalize_user_code(code)}"
            if not cache.add(name, 1, timeout=valid):
                raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(CodeOnce, forms.AuthenticateForm):  # type: ignore[misc]  # allauth is not typed
    pass


class ReauthenticateForm(CodeOnce, forms.ReauthenticateForm):  # type: ignore[misc]
    pass


def confirmed_at(request: HttpRequest) -> float:
    """Return when this session has last shown a second factor, in Unix seconds; 0.0 if it never has."""
    records = get_authentication_records(request, request.user)
    return max((float(record["at"]) for record in records if record["method"] == "mfa"), default=0.0)


def rewrite_secrets(*, tell: Callable[[str], object]) -> Outcome:
    """Rewrite every secret that is not under today's first key, as ``rotation.rewrite`` does with our own columns."""
    outcome = Outcome(CELL.table)
    for factor in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).iterator(chunk_size=200):
        try:
            fresh = _renewed(factor.data)
        except crypto.Undecryptable as error:
            outcome.unreadable += 1
            tell(f"{outcome.table}.data {factor.pk}: {error}")
            continue
        if fresh != factor.data:
            # A recovery code that is used at this moment wins: its row is left as it is, for a second run to rewrite.
            same = Authenticator.objects.filter(pk=factor.pk, data=factor.data)
            outcome.rewritten += same.update(data=fresh)
    return outcome


def _renewed(data: dict[str, Any]) -> dict[str, Any]:
    fresh = dict(data)
    for name in SECRETS:
        if name in data:
            fresh[name] = _current(data[name])
    for name in LISTS:
        if name in data:
            fresh[name] = [_current(token) for token in data[name]]
    return fresh


def _current(token: str) -> str:
    return token if crypto.keyring().is_current(token) else crypto.rotate(token, CELL)
