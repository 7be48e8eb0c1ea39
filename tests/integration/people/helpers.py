"""People for tests: Alice owns things, Bob is another member, Charlie a stranger without an account."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.test import Client

from core.access import Who
from core.models import Profile

PASSWORD = "a long enough passphrase"  # noqa: S105


def member(name: str = "alice", *, welcomed: bool = True, **fields: Any) -> Any:
    """This will make a member with a verified address, a password and a profile."""
    from django.utils import timezone

    user = get_user_model().objects.create_user(
        username=name, email=f"{name}@example.com", password=PASSWORD, **fields
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Profile.objects.create(user=user, nickname=name, welcomed_at=timezone.now() if welcomed else None)
    return user


def browser(user: Any = None, **headers: str) -> Client:
    """This will give a browser that opens pages as people do; signed in if there is a user."""
    client = Client(headers={"accept": "text/html", "user-agent": "Mozilla/5.0 (X11) Firefox/140", **headers})
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def member_who(user_id: int = 1) -> Who:
    return Who(user_id, "", f"user:{user_id}", False)


def guest_who(token: str = "", address: str = "net:one") -> Who:
    token = token or uuid.uuid4().hex
    return Who(None, token, f"guest:{token[:40]}", False, address)
