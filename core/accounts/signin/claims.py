"""Claimed addresses: in an account because its owner or Naver said so, and never verified.

If a claim counted, the address's real owner could not sign up, would be sent a link that resets the *other*
person's password, and would then use an account that the other can still enter by Naver or by a verified
address.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser


def only_claims(user: AbstractBaseUser, email: str) -> bool:
    """Return whether the address is unverified while the account has another way to sign in.

    Someone who has just signed up by mail and not yet followed the link has no other way, and keeps it.
    """
    proved = set(EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True))
    if email.lower() in proved:
        return False
    return bool(proved) or SocialAccount.objects.filter(user=user).exists()


def drop_claims(email: str) -> None:
    """Remove an address from all accounts that only claim it: its owner has just verified it."""
    for user in filter_users_by_email(email):
        if only_claims(user, email):
            EmailAddress.objects.filter(user=user, email=email.lower(), verified=False).delete()
            get_user_model().objects.filter(pk=user.pk, email__iexact=email).update(email="")
