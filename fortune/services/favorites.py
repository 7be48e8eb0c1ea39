"""Dates a member keeps in mind: the only code that writes them."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import IntegrityError, transaction

from fortune.models import FavoriteDate

MAX_DATES: Final = 300


class TooMany(Exception):
    """The member keeps as many as there may be."""


class AlreadySaved(Exception):
    """The same date under the same name is kept already."""


def add_date(*, user_id: int, day: date, label: str, memo: str, colour: str) -> FavoriteDate:
    """This will keep a date. Raises `AlreadySaved` and `TooMany`."""
    # The bound guards the page, not an invariant: two at once may make one more than it.
    if FavoriteDate.objects.filter(user_id=user_id).count() >= MAX_DATES:
        raise TooMany
    try:
        with transaction.atomic():
            return FavoriteDate.objects.create(
                user_id=user_id, date=day, label=label.strip(), memo=memo.strip(), colour=colour
            )
    except IntegrityError:
        raise AlreadySaved from None
