"""Changes of a member's profile."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db import transaction

from core.models import Picture, Profile


@transaction.atomic
def edit(
    *, profile: Profile, nickname: str, role: str, picture: bytes | Literal[False] | None = None
) -> None:
    """Save the member's profile. ``picture``: a new one as WebP, False to remove it, None to leave it."""
    profile.nickname = nickname.strip()
    profile.role = role
    profile.save(update_fields=["nickname", "role"])
    if picture:
        Picture.objects.update_or_create(profile=profile, defaults={"content": picture})
    elif picture is False:
        Picture.objects.filter(profile=profile).delete()


def picture_of(profile: Profile) -> bytes | None:
    """Return the member's picture as WebP."""
    content = Picture.objects.filter(profile=profile).values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def has_picture(profile: Profile) -> bool:
    return Picture.objects.filter(profile=profile).exists()


def set_own_key(*, profile: Profile, key: str, now: datetime) -> None:
    """Store a person's Gemini key, encrypted; an empty one deletes it."""
    profile.own_key = key.strip()
    profile.own_key_set_at = now if profile.own_key else None
    profile.own_key_seen_at = None
    profile.save(update_fields=["own_key", "own_key_set_at", "own_key_seen_at"])


def note_own_key(*, user_id: int, works: bool, now: datetime) -> None:
    """Note whether a member's key was just seen to work; one that has been removed meanwhile is left alone."""
    seen = Profile.objects.filter(user_id=user_id, own_key_set_at__isnull=False)
    seen.update(own_key_seen_at=now if works else None)


def welcome(*, profile: Profile, now: datetime) -> None:
    """Record that the welcome form was answered or postponed: it is not shown by itself again."""
    profile.welcomed_at = profile.welcomed_at or now
    profile.save(update_fields=["welcomed_at"])
