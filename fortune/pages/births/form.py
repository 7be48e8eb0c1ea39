"""The form's context besides its fields: places, hours by their old names, saved people, readings left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.access import Who
from core.limits import quota
from fortune.forms.birth import DEFAULT_PLACE, BirthForm
from fortune.forms.reading import ReadingForm
from fortune.fragment_cache import fragment_cache
from fortune.models import Kind, SavedPerson
from fortune.pages.charts.labels import english, hour_name
from fortune.saju import places
from fortune.saju.cycle import BRANCHES_KO

PEOPLE_SHOWN: Final = 12
CITIES = ("seoul", "busan", "daegu", "incheon", "gwangju", "daejeon", "ulsan", "jeju")


@dataclass(frozen=True, slots=True)
class HourChoice:
    """``written`` is what is put into the time's field: a 시 by its Korean name, which the form reads as its middle."""

    name: str
    span: str
    written: str


@dataclass(frozen=True, slots=True)
class PersonChoice:
    id: int
    name: str
    relation: str
    chosen: bool = False


def form_context(
    form: BirthForm,
    *,
    token: str,
    action: str = "",
    people: Sequence[PersonChoice] = (),
    remembered: str = "",
) -> dict[str, Any]:
    return {
        "form": form,
        "token": token,
        "action": action,
        "nav": "form",
        "people": people,
        "remembered": remembered,
        **({"blank": blank_fields(form)} if is_blank(form) else fields_context(form)),
    }


def is_blank(form: BirthForm) -> bool:
    """Return whether it is the form that everybody is given first."""
    return type(form) is ReadingForm and not form.is_bound and not form.initial and form.kind == Kind.FULL


def blank_fields(form: BirthForm) -> SafeString:
    """Return the fields of a blank form, which are the same for everyone and made once for each language."""

    def make() -> tuple[SafeString]:
        context = {"form": form, **fields_context(form)}
        names = ("birth_fields", "wish_fields")
        return (mark_safe("".join(render_to_string(f"components/{name}.html", context) for name in names)),)  # noqa: S308

    return fragment_cache().find(("blank fields", get_language()), make)[0]


def fields_context(form: BirthForm) -> dict[str, Any]:
    """Return what the fields of a birth need besides themselves."""
    return {"hours": hours(), "cities": cities(), "birthplace_text": birthplace_text(form)}


def place_name(place: places.Place) -> str:
    return place.en if english() else place.ko


def birthplace_text(form: BirthForm) -> str:
    """Return the value of the field: the text as typed, or the name of the place whose slug it is."""
    typed = form["birth_place"].value() or DEFAULT_PLACE
    place = places.find(typed)
    return place_name(place) if place else typed


def cities() -> tuple[str, ...]:
    """Return the names of the big cities, which are offered as buttons."""
    return tuple(place_name(place) for slug in CITIES if (place := places.find(slug)))


def hours() -> tuple[HourChoice, ...]:
    """Return the twelve 시 with their spans on today's Korean clock (half past to half past); 자시 in its two halves."""
    rows = [HourChoice(hour_name(0), "00:00–01:30", "자시")]
    rows += [
        HourChoice(hour_name(n), f"{2 * n - 1:02}:30–{2 * n + 1:02}:30", f"{BRANCHES_KO[n]}시")
        for n in range(1, 12)
    ]
    return (*rows, HourChoice(_("밤 자시"), "23:30–24:00", "야자시"))


@dataclass(frozen=True, slots=True)
class SavedPeople:
    """A member's saved people. ``initial`` fills in the form; ``remembered`` is the name of that person."""

    people: tuple[PersonChoice, ...] = ()
    initial: Mapping[str, Any] | None = None
    remembered: str = ""


def saved_people(who: Who, *, chosen: str, fresh: bool) -> SavedPeople:
    """Return a member's people, and the chosen or default one's birth unless the form is to be fresh."""
    if who.user_id is None:
        return SavedPeople()
    rows = list(SavedPerson.objects.filter(user_id=who.user_id).order_by("-is_default", "created_at", "pk"))
    wanted = next((row for row in rows if str(row.pk) == chosen), None)
    if wanted is None and not fresh and not chosen:
        wanted = next((row for row in rows if row.is_default), None)
    choices = tuple(
        PersonChoice(row.pk, row.name, row.get_relation_display(), row is wanted)
        for row in rows[:PEOPLE_SHOWN]
    )
    if wanted is None:
        return SavedPeople(choices)
    return SavedPeople(choices, {"name": wanted.name, **wanted.birth}, wanted.name)


@dataclass(frozen=True, slots=True)
class ReadingsLeft:
    """Readings that can be begun now. ``count`` is None without a limit; ``at`` is the time of the next reset."""

    count: int | None
    at: datetime | None


def readings_left(who: Who, *, now: datetime) -> ReadingsLeft:
    """Return how many readings can be begun now. A new guest gets the limit without a query."""
    if not settings.RATELIMIT_ENABLE or who.unlimited:
        return ReadingsLeft(None, None)
    if who.user_id is None and not who.guest:
        return ReadingsLeft(min(settings.RATE_HOUR, settings.RATE_DAY), None)
    left = quota.remaining(who=who, now=now)
    return ReadingsLeft(left.now, left.resets_at)
