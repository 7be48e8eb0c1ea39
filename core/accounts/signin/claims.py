"""Addresses that an account only claims: written there by its owner, or said by Naver, and never proved.

Were such an address theirs, its real owner could not sign up, would be sent a link that resets the *other's*
password, and would then live in an account that the other still enters by Naver or by their proved address.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser


def only_claims(user: AbstractBaseUser, email: str) -> bool:
    """This will say whether the address is unproved while the account has another way in.

    Someone who has just signed up by mail and not yet pressed the link has no other way: theirs it stays.
    """
    proved = set(EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True))
    if email.lower() in proved:
        return False
    return bool(proved) or SocialAccount.objects.filter(user=user).exists()


def drop_claims(email: str) -> None:
    """This will take an address from all who only claim it: its owner has just proved it."""
    for user in filter_users_by_email(email):
        if only_claims(user, email):
            EmailAddress.objects.filter(user=user, email=email.lower(), verified=False).delete()
            get_user_model().objects.filter(pk=user.pk, email__iexact=email).update(email="")
