"""allauth's forms, in which a claimed address does not belong to an account (claims.py)."""

from __future__ import annotations

from allauth.account import forms
from allauth.account.utils import filter_users_by_email
from django.contrib.auth.base_user import AbstractBaseUser

from core.accounts.signin.claims import only_claims


class ResetPasswordForm(forms.ResetPasswordForm):  # type: ignore[misc]  # allauth is not typed
    users: list[AbstractBaseUser]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if not only_claims(user, email)]
        return email


class SignupForm(forms.SignupForm):  # type: ignore[misc]
    account_already_exists: bool

    def validate_unique_email(self, value: str) -> str:
        email: str = super().validate_unique_email(value)
        if self.account_already_exists:
            holders = filter_users_by_email(email)
            self.account_already_exists = not all(only_claims(user, email) for user in holders)
        return email
