"""The parts of a reading's page that follow from its chart alone, as HTML: made once, and kept by the worker."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.limits.days import korean_day
from fortune.casting import chart_of
from fortune.fragment_cache import fragment_cache
from fortune.models import Kind, Reading
from fortune.pages.charts.chart import casting_notes, chart_view
from fortune.pages.charts.comparison import hours_view, match_view
from fortune.pages.charts.components import component
from fortune.pages.charts.details import details
from fortune.pages.charts.gist import gist
from fortune.pages.charts.labels import in_one_language
from fortune.pages.charts.luck import luck_view
from fortune.pages.days import day_view
from fortune.pages.text import inputs_of
from fortune.readings import followups
from fortune.saju import Chart


class Parts(NamedTuple):
    """``gist`` and ``words`` tell a person at a glance; ``day`` is the day pillar in hanja.

    ``result`` stands above the text of two people, ``side`` beside a text, ``facts`` (of a full reading, or of two
    people) below it.
    """

    gist: str
    words: str
    day: str
    strip: SafeString
    result: SafeString
    side: SafeString
    facts: SafeString


class ReadingChart:
    """A reading's chart, cast when it is first needed: a page whose parts are kept needs none."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def chart(self) -> Chart:
        return chart_of(self.reading.birth, self.reading.options)

    def parts(self) -> Parts:
        return fragment_cache().find((self.reading.pk, get_language(), "parts"), self._parts)

    def luck(self, *, now: datetime, decade: int | None, year: int | None) -> SafeString:
        """Return the timeline, in which the present 대운, year and month are marked by the day in Korea."""
        key = (self.reading.pk, get_language(), "luck", korean_day(now), decade, year)
        return fragment_cache().find(key, lambda: (self._luck(now, decade, year),))[0]

    def day(self, *, now: datetime) -> SafeString:
        """Return the day that a day's reading is about, on one screen; "today" and "tomorrow" go by the day in Korea."""
        if self.reading.kind != Kind.DAILY or not self.reading.date:
            return SafeString("")
        day, today = self.reading.date, korean_day(now)
        key = (self.reading.pk, get_language(), "day", today)
        return fragment_cache().find(key, lambda: (self._day(day, today),))[0]

    def suggestions(self) -> tuple[str, ...]:
        """Return questions to ask about the chart."""
        key = (self.reading.pk, get_language(), "suggestions")
        return fragment_cache().find(
            key, lambda: tuple(followups.suggestions(inputs_of(self.reading, self.chart)))
        )

    @in_one_language()
    def _parts(self) -> Parts:
        reading, facts = self.reading, self.chart.facts
        view, notes = chart_view(facts), casting_notes(self.chart)
        names = {
            "name_a": reading.label or _("첫 번째 사람"),
            "name_b": reading.other_label or _("두 번째 사람"),
        }
        below, result, match = SafeString(""), SafeString(""), None
        if reading.other_chart:
            other = chart_of(reading.other_birth, reading.other_options)
            match = match_view(self.chart, other, name_a=reading.label, name_b=reading.other_label)
            result = component("match_result", match=match)
            below = component("match_section", match=match, chart=view, **names)
        elif reading.kind == Kind.FULL:
            hours = None if facts.pillars.hour else hours_view(reading.birth, reading.options)
            below = component("facts", details=details(facts), hours=hours)
        if reading.kind == Kind.QUESTION:
            side = component("chart_table", chart=view, brief=True)
        else:
            full = reading.kind == Kind.FULL
            side = component("side", chart=view, notes=notes, match=match, full=full, **names)
        return Parts(
            *gist(facts),
            facts.pillars.day.hanja,
            component("strip", chart=view),
            result,
            side,
            below,
        )

    @in_one_language()
    def _day(self, day: date, today: date) -> SafeString:
        view = day_view(self.chart, day=day, today=today)
        days_url = reverse("fortune:days", args=[self.reading.pk])
        return component("day_panel", view=view, chosen=view.chosen, line=False, days_url=days_url)

    @in_one_language()
    def _luck(self, now: datetime, decade: int | None, year: int | None) -> SafeString:
        view = luck_view(self.chart, now=now, decade=decade, year=year)
        return component("luck_panel", luck=view, page_url=self.reading.get_absolute_url())
