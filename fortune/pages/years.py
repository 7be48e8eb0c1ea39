"""신년운세: a year of one's own, with four areas, twelve months, and the ten 대운 as a curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fortune.pages.charts.labels import english, sentence
from fortune.pages.charts.luck import FIRST, LAST
from fortune.pages.charts.pictures import svg
from fortune.readings.facts.fact_sheet import fact_sheet
from fortune.readings.facts.years import bearings
from fortune.readings.inputs import NEXT_YEAR_FROM, Person, ReadingInput
from fortune.saju import Chart

AROUND = 12


@dataclass(frozen=True, slots=True)
class YearView:
    """A year. ``choices``: the years of the picker. ``title`` names the coming year as a new one."""

    year: int
    title: str
    choices: tuple[int, ...]
    life: tuple[str, ...]
    pillar: tuple[str, ...]
    areas: tuple[str, ...]
    months: tuple[str, ...]
    decades: tuple[str, ...]
    picture: SafeString


def year_view(chart: Chart, *, year: int, today: date) -> YearView:
    """Return the page of one year. All its sentences are facts of that year's reading."""
    person = Person.of(chart)
    rows = fact_sheet(ReadingInput("year", person, today, language="en" if english() else "ko", year=year))

    def told(*heads: str) -> tuple[str, ...]:
        return tuple(sentence(row) for row in rows if row.id.startswith(heads))

    return YearView(
        year,
        year_title(year, today=today),
        tuple(range(max(FIRST, today.year - AROUND), min(LAST, today.year + AROUND) + 1)),
        told("life.age"),
        tuple(sentence(row) for row in rows if row.id in ("luck.year", "luck.now")),
        told("luck.area."),
        told("luck.month."),
        told("luck.decade."),
        _picture(person, bearings(person)),
    )


def year_title(year: int, *, today: date) -> str:
    """ "2027년 신년운세" for the coming year, else "2027년의 운세"."""
    if year == today.year + 1:
        return _("%(year)d년 신년운세") % {"year": year}
    return _("%(year)d년의 운세") % {"year": year}


def offered_years(today: date) -> tuple[int, ...]:
    """Return the years whose reading is offered: this one, and from September on the coming one."""
    return (today.year, today.year + 1) if today.month >= NEXT_YEAR_FROM else (today.year,)


def _picture(person: Person, heights: Sequence[float]) -> SafeString:
    words = [f"{decade.age}" for decade in person.decades]
    listed = ", ".join(f"{word} {height:+g}" for word, height in zip(words, heights, strict=True))
    return svg.luck_curve(_("열 대운의 흐름: %(listed)s") % {"listed": listed}, words, heights)
