"""allauth's forms for a code of the second factor, which take a code once for as long as it is valid."""

from __future__ import annotations

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from django.core.cache import cache


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
