"""A member's saved dates: the only code that writes them."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction

from core.models import Profile
from fortune.models import FavoriteDate

MAX_DATES: Final = 300


class TooMany(Exception):
    """The member has as many dates as are allowed."""


class AlreadySaved(Exception):
    """The same date is already saved under the same name."""


@transaction.atomic
def add_date(*, user_id: int, day: date, label: str, memo: str, colour: str) -> FavoriteDate:
    """Save a date. Raises ``AlreadySaved`` and ``TooMany``."""
    # One save at a time for each member: names are encrypted, and no constraint can compare them.
    Profile.objects.select_for_update().get_or_create(user_id=user_id)
    mine = FavoriteDate.objects.filter(user_id=user_id)
    if mine.count() >= MAX_DATES:
        raise TooMany
    label = label.strip()
    if label in mine.filter(date=day).values_list("label", flat=True):
        raise AlreadySaved
    return FavoriteDate.objects.create(
        user_id=user_id, date=day, label=label, memo=memo.strip(), colour=colour
    )
