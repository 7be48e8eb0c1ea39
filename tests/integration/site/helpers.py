"""People for tests: Alice owns things, Bob is another member, Charlie a stranger without an account."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from core.access import Who
from core.models import Profile

PASSWORD = "a long enough passphrase"


def member(name: str = "alice", *, welcomed: bool = True, **fields: Any) -> Any:
    """Create a member with a verified address, a password and a profile."""
    user = get_user_model().objects.create_user(
        username=name, email=f"{name}@example.com", password=PASSWORD, **fields
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Profile.objects.create(user=user, nickname=name, welcomed_at=timezone.now() if welcomed else None)
    return user


def browser(user: Any = None, **headers: str) -> Client:
    """Return a browser that opens pages as people do; signed in if there is a user."""
    client = Client(headers={"accept": "text/html", "user-agent": "Mozilla/5.0 (X11) Firefox/140", **headers})
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def member_who(user_id: int = 1) -> Who:
    return Who(user_id, "", f"user:{user_id}", False)


def guest_who(token: str = "", address: str = "net:one") -> Who:
    token = token or uuid.uuid4().hex
    return Who(None, token, f"guest:{token[:40]}", False, address)


def reading(
    *,
    owner: Any = None,
    guest: str = "",
    kind: str = "full",
    label: str = "",
    text: str = "맑은 물 같은 분이에요.",
    created_at: datetime | None = None,
    **fields: Any,
) -> Any:
    """Store a finished reading with its run, as the services do, without writing it."""
    from core.streams import Run, Status
    from fortune.models import Reading

    when = created_at or timezone.now()
    made = Reading.objects.create(
        owner=owner,
        guest=guest,
        kind=kind,
        label=label,
        chart=chart_json(),
        token=uuid.uuid4().hex,
        engine_version="1.0",
        prompt_version="1",
        created_at=when,
        **fields,
    )
    Run.objects.create(
        subject=made.pk, text=text, status=Status.DONE, provider="classic", created_at=when, finished_at=when
    )
    return made


@cache
def chart_json() -> dict[str, Any]:
    from fortune.saju import Birth, cast

    birth = Birth(
        calendar="solar",
        year=1990,
        month=5,
        day=15,
        hour=14,
        minute=30,
        gender="female",
        longitude=126.98,
        timezone="Asia/Seoul",
    )
    return dict(cast(birth).to_json())
