"""allauth's forms, where an address that somebody only claims must not count as theirs.

A person can write anyone's address into their own account, or have Naver say it, and never prove it. Were that
address theirs, its real owner could not sign up, would be sent a link that resets the *other's* password, and
would then live in an account that the other still enters by Naver or by their proved address.
"""

from __future__ import annotations

from allauth.account import forms
from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.base_user import AbstractBaseUser


def only_claims(user: AbstractBaseUser, email: str) -> bool:
    """This will say whether the address is unproved while the account has another way in.

    Someone who has just signed up by mail and not yet pressed the link has no other way: theirs it stays.
    """
    proved = set(EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True))
    if email.lower() in proved:
        return False
    return bool(proved) or SocialAccount.objects.filter(user=user).exists()


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
