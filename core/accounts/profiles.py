"""Changes of a member's profile."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction

from core.models import Profile


@transaction.atomic
def edit(*, profile: Profile, nickname: str, role: str, picture: File[Any] | bool | None = None) -> None:
    """This will save what the member told. `picture`: a new file, False to take it away, else as it is."""
    profile.nickname = nickname.strip()
    profile.role = role
    fields = ["nickname", "role"]
    if picture is False or isinstance(picture, ContentFile):
        # Whoever else changes the picture now: the file to go is the one that is stored by then.
        profile.stored_files = Profile.objects.select_for_update().get(pk=profile.pk).stored_files
        profile.picture = picture or ""
        fields.append("picture")
    profile.save(update_fields=fields)


def set_own_key(*, profile: Profile, key: str, now: datetime) -> None:
    """This will keep a person's Gemini key, encrypted; an empty one takes it away."""
    profile.own_key = key.strip()
    profile.own_key_set_at = now if profile.own_key else None
    profile.save(update_fields=["own_key", "own_key_set_at"])


def welcome(*, profile: Profile, now: datetime) -> None:
    """This will note that the first form was answered or put off: it is not shown by itself again."""
    profile.welcomed_at = profile.welcomed_at or now
    profile.save(update_fields=["welcomed_at"])
