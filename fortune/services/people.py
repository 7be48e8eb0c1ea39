"""A member's saved people: the only code that writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from core.models import Profile
from fortune.models import SavedPerson

MAX_PEOPLE: Final = 50
# The fields of the birth form that are saved; its other fields belong to a reading and not to a person.
BIRTH_FIELDS: Final = (
    "gender",
    "calendar",
    "birth_date",
    "birth_time",
    "time_unknown",
    "birth_place",
    "longitude",
    "timezone",
    "clock",
    "day_change",
    "fold",
)


class TooMany(Exception):
    """The member has as many people as are allowed."""


def birth_of(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the birth fields of a form's data as they were typed, so that the form can be filled in again."""
    return {name: str(data[name]) for name in BIRTH_FIELDS if data.get(name) not in (None, "")}


@transaction.atomic
def save_person(
    *,
    user_id: int,
    name: str,
    relation: str,
    birth: Mapping[str, str],
    is_default: bool,
    person: SavedPerson | None = None,
) -> SavedPerson:
    """Save a new person, or change one of the member's. The first one becomes the default.

    Raises ``TooMany``. The form has already checked the birth.
    """
    # One save at a time for each member, so that the limit and the single default hold.
    Profile.objects.select_for_update().get_or_create(user_id=user_id)
    others = SavedPerson.objects.filter(user_id=user_id)
    if person is not None:
        others = others.exclude(pk=person.pk)
    if person is None and others.count() >= MAX_PEOPLE:
        raise TooMany
    person = person or SavedPerson(user_id=user_id)
    person.name, person.relation, person.birth = name.strip(), relation, dict(birth)
    person.is_default = is_default or not others.filter(is_default=True).exists()
    if person.is_default:
        others.filter(is_default=True).update(is_default=False)
    person.save()
    return person


@transaction.atomic
def delete_person(*, person: SavedPerson) -> None:
    """Delete a person. If it was the default, the oldest of the others becomes the default."""
    Profile.objects.select_for_update().get_or_create(user_id=person.user_id)
    was_default, user_id = person.is_default, person.user_id
    person.delete()
    heir = SavedPerson.objects.filter(user_id=user_id).order_by("created_at", "pk").first()
    if was_default and heir is not None:
        SavedPerson.objects.filter(pk=heir.pk).update(is_default=True)
