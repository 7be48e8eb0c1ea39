"""A member's profile: made when first needed, so that no signal can be missed or raced."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile, File
from django.db import transaction

from core.models import Profile


def profile_of(user: User) -> Profile:
    """This will give the member's one profile. Two first requests at once make one row, not an error."""
    try:
        return user.profile
    except Profile.DoesNotExist:
        # get_or_create settles the race on the primary key; the cache on `user` saves later queries.
        profile, _ = Profile.objects.get_or_create(user_id=user.pk)
        user.profile = profile
        return profile


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
