"""What the form offers besides its fields: places, hours by their old names, saved people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fortune.forms.birth import DEFAULT_PLACE, BirthForm
from fortune.pages.labels import english
from fortune.saju import places
from fortune.saju.cycle import BRANCHES, BRANCHES_KO

CITIES = ("seoul", "busan", "daegu", "incheon", "gwangju", "daejeon", "ulsan", "jeju")


@dataclass(frozen=True, slots=True)
class HourChoice:
    """``time`` is a clock time well inside the span, as Seoul's clocks show it."""

    name: str
    span: str
    time: str


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
        "hours": hours(),
        "cities": cities(),
        "typed_place": typed_place(form),
        "people": people,
        "remembered": remembered,
    }


def place_name(place: places.Place) -> str:
    return place.en if english() else place.ko


def typed_place(form: BirthForm) -> str:
    """What stands in the field: as typed, or the name of the place that a slug means."""
    typed = form["birth_place"].value() or DEFAULT_PLACE
    place = places.find(typed)
    return place_name(place) if place else typed


def cities() -> tuple[str, ...]:
    """The big cities, to press instead of typing."""
    return tuple(place_name(place) for slug in CITIES if (place := places.find(slug)))


def hours() -> tuple[HourChoice, ...]:
    """The twelve 시 on a Korean clock (half past to half past); 자시 in its two halves."""
    rows = [HourChoice(_hour_name(0), "00:00–01:30", "00:45")]
    rows += [
        HourChoice(_hour_name(n), f"{2 * n - 1:02}:30–{2 * n + 1:02}:30", f"{2 * n:02}:30")
        for n in range(1, 12)
    ]
    return (*rows, HourChoice(_("밤 자시"), "23:30–24:00", "23:45"))


def _hour_name(branch: int) -> str:
    return BRANCHES[branch] if english() else f"{BRANCHES_KO[branch]}시"
