"""What the form knows of who opens it: saved people, the one to fill in, and how many readings are left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from core.access import Who
from core.limits import quota
from fortune.models import SavedPerson
from fortune.pages.form import PersonChoice

SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """`initial` fills the form in; `remembered` is the name of whose birth that is."""

    people: tuple[PersonChoice, ...] = ()
    initial: Mapping[str, Any] | None = None
    remembered: str = ""


def kept_for(who: Who, *, chosen: str, fresh: bool) -> Kept:
    """This will give a member's people, and the chosen or default one's birth unless the form is to be fresh."""
    if who.user_id is None:
        return Kept()
    rows = list(SavedPerson.objects.filter(user_id=who.user_id).order_by("-is_default", "created_at", "pk"))
    wanted = next((row for row in rows if str(row.pk) == chosen), None)
    if wanted is None and not fresh and not chosen:
        wanted = next((row for row in rows if row.is_default), None)
    choices = tuple(
        PersonChoice(row.pk, row.name, row.get_relation_display(), row is wanted) for row in rows[:SHOWN]
    )
    if wanted is None:
        return Kept(choices)
    return Kept(choices, {"name": wanted.name, **wanted.birth}, wanted.name)


@dataclass(frozen=True, slots=True)
class LeftView:
    """`count` None: not limited. `at` is when more come."""

    count: int | None
    at: datetime | None


def left_for(who: Who, *, now: datetime) -> LeftView:
    """This will say how many readings can be begun now. A guest not yet seen is told the limit, unasked."""
    if not settings.RATELIMIT_ENABLE or who.unlimited:
        return LeftView(None, None)
    if who.user_id is None and not who.guest:
        return LeftView(min(settings.RATE_HOUR, settings.RATE_DAY), None)
    left = quota.left(who=who, now=now)
    return LeftView(left.now, left.resets_at)
