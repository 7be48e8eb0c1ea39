"""A member's saved dates: the only code that writes them."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import IntegrityError, transaction

from fortune.models import FavoriteDate

MAX_DATES: Final = 300


class TooMany(Exception):
    """The member has as many dates as are allowed."""


class AlreadySaved(Exception):
    """The same date is already saved under the same name."""


def add_date(*, user_id: int, day: date, label: str, memo: str, colour: str) -> FavoriteDate:
    """Save a date. Raises ``AlreadySaved`` and ``TooMany``."""
    # The limit protects the page and is no invariant: two requests at once may exceed it by one.
    if FavoriteDate.objects.filter(user_id=user_id).count() >= MAX_DATES:
        raise TooMany
    try:
        with transaction.atomic():
            return FavoriteDate.objects.create(
                user_id=user_id, date=day, label=label.strip(), memo=memo.strip(), colour=colour
            )
    except IntegrityError:
        raise AlreadySaved from None
