"""The part of the home page above the form, for somebody who comes back: today, the year, 궁합, the last readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import Who
from fortune.models import Kind, Reading
from fortune.pages.charts.gist import gist_of_day
from fortune.pages.years import offered_years, year_title
from fortune.queries.history import newest_own
from fortune.saju import cast

SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Today:
    """Today for the person of the newest reading. ``begin`` is where the whole day's reading is begun."""

    title: str
    day: str
    line: str
    begin: str
    year: str
    year_title: str


@dataclass(frozen=True, slots=True)
class Returning:
    """``readings`` are the last ones, newest first; ``today`` is None where all of them are of two people."""

    readings: tuple[Reading, ...]
    today: Today | None


def returning_view(who: Who, *, today: date) -> Returning | None:
    """Return what somebody who comes back finds; None for who has no reading. A new guest costs no query."""
    if who.user_id is None and not who.guest:
        return None
    # With the charts, which are small: to fetch one of them later would be another query.
    rows = Reading.objects.of(who).filter(parent=None).defer("other_chart").order_by("-created_at", "pk")
    shown = tuple(rows[:SHOWN])
    if not shown:
        return None
    own = next((row for row in shown if row.kind != Kind.MATCH), None)
    return Returning(shown, _today(own, today) if own else None)


def invitation(who: Who) -> str:
    """Return where a link to somebody's own newest reading is made, which its recipient meets; "" for who has none."""
    newest = newest_own(who)
    return reverse("fortune:share", args=[newest.pk]) if newest else ""


def _today(reading: Reading, today: date) -> Today:
    line, day = gist_of_day(cast(reading.birth, reading.options).pillars.day.stem, today)
    year = offered_years(today)[-1]
    return Today(
        _("%(name)s님의 오늘") % {"name": reading.label} if reading.label else _("나의 오늘"),
        day,
        line,
        reverse("fortune:more", args=[reading.pk]),
        f"{reverse('fortune:years', args=[reading.pk])}?year={year}",
        year_title(year, today=today),
    )
