"""A person's readings: listed, searched, counted; from a replica, where there is one (``core.db.replica``).

Names, charts and texts are encrypted: what is shown or searched of them is decrypted here, of a bounded number of rows. A
list shows each chart's day pillar; a search and the statistics read no chart.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from core.access import Who
from core.db import pool, replica
from core.limits.days import KOREA, korean_day
from core.streams import Run
from fortune.models import Kind, Reading

PAGE: Final = 20
EXCERPT: Final = 240  # with the headings and marks that a page leaves out
# Names and texts are encrypted, so no index can hold them. A search looks through this many readings, the newest that
# the other filters leave.
SEARCHED: Final = 500
# Texts are decrypted a batch at a time (about 5 ms); in between the event loop may serve other requests.
BATCH: Final = 50
DAYS: Final = 30


def newest_own(who: Who) -> Reading | None:
    """Return the newest reading of one person, whose chart is taken for the visitor's own."""
    rows = Reading.objects.of(who).filter(parent=None).exclude(kind=Kind.MATCH)
    return rows.order_by("-created_at", "pk").first()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A reading in the list: the status of its newest version, and how that begins."""

    reading: Reading
    status: str
    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the person's readings, newest first. ``is_cut``: there are older ones that the search has not looked through."""

    page: Page[Reading]
    rows: list[Excerpt]
    is_cut: bool = False


def listed(*, who: Who, filters: Mapping[str, object], number: str | None = None) -> Listed:
    """Return page ``number`` of the person's readings, narrowed by ``kind``, ``mode``, ``since``, ``until`` and ``q``."""
    return replica.read(lambda using: _listed(using, who, filters, number))


def _listed(using: str, who: Who, filters: Mapping[str, object], number: str | None) -> Listed:
    mine = Reading.objects.using(using).of(who).defer("other_chart").order_by("-created_at", "pk")
    rows, is_cut = _narrowed(mine, filters), False
    words = filters.get("q")
    if isinstance(words, str) and words:
        newest = list(rows.values_list("pk", "label", "other_label")[: SEARCHED + 1])
        is_cut = len(newest) > SEARCHED
        rows = rows.filter(pk__in=_matching(newest[:SEARCHED], words, using))
    page = Paginator(rows, PAGE).get_page(number)
    return Listed(page, _excerpts(list(page), using), is_cut)


def _excerpts(rows: Sequence[Reading], using: str) -> list[Excerpt]:
    """Return a page's readings with what the list shows of their newest versions. One query."""
    runs = Run.objects.using(using).filter(subject__in=[row.pk for row in rows]).order_by("subject", "-epoch")
    newest = {run.subject: run for run in runs.distinct("subject").only("subject", "status", "text")}
    shown = [(row, newest[row.pk]) for row in rows if row.pk in newest]  # or it was deleted just now
    return [Excerpt(row, run.status, run.text[:EXCERPT]) for row, run in shown]


def _narrowed(rows: QuerySet[Reading], filters: Mapping[str, object]) -> QuerySet[Reading]:
    for name in ("kind", "mode"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    since, until = filters.get("since"), filters.get("until")
    if isinstance(since, date):
        rows = rows.filter(created_at__gte=_midnight(since))
    if isinstance(until, date) and until < date.max:  # there is no day after the last one
        rows = rows.filter(created_at__lt=_midnight(until + timedelta(days=1)))
    return rows


def _matching(rows: Sequence[tuple[UUID, str, str]], words: str, using: str) -> set[UUID]:
    """Return which readings, given with their names, have the words in a name or in any version of the text."""
    wanted = words.casefold()
    named = {pk for pk, *names in rows if any(wanted in name.casefold() for name in names)}
    # Most words are Korean, which has no capitals. Without case folding a search takes half the time.
    has_case = words.upper() != words.lower()
    texts = _texts([pk for pk, *_names in rows if pk not in named], using)
    return named | {pk for pk, text in texts if wanted in (text.casefold() if has_case else text)}


def _texts(subjects: Sequence[UUID], using: str) -> Iterator[tuple[UUID, str]]:
    """Yield every version's text, with its reading."""
    for start in range(0, len(subjects), BATCH):
        batch = Run.objects.using(using).filter(subject__in=subjects[start : start + BATCH]).order_by()
        yield from list(batch.values_list("subject", "text"))
        pool.release()
        time.sleep(0)


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the picture. ``x``, ``y`` and ``height`` are in the units of a 300 × 60 drawing."""

    day: date
    count: int
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Statistics:
    total: int
    kinds: list[tuple[str, int]]
    bars: list[Bar]


def statistics(*, who: Who, now: datetime) -> Statistics:
    """Count the person's readings by kind, and by day of the last ``DAYS`` days. Two queries."""
    return replica.read(lambda using: _statistics(using, who, korean_day(now)))


def _statistics(using: str, who: Who, last: date) -> Statistics:
    mine = Reading.objects.using(using).of(who).order_by()
    by_kind = dict(mine.values_list("kind").annotate(Count("pk")))
    first = last - timedelta(days=DAYS - 1)
    by_day: dict[date, int] = dict(
        mine.filter(created_at__gte=_midnight(first))
        .values_list(TruncDate("created_at", tzinfo=KOREA))
        .annotate(Count("pk"))
    )
    top = max(by_day.values(), default=0) or 1
    bars = []
    for index in range(DAYS):
        day = first + timedelta(days=index)
        height = round(56 * by_day.get(day, 0) / top, 1)
        bars.append(Bar(day, by_day.get(day, 0), index * 10, 60 - height, height))
    kinds = [(str(kind.label), by_kind[kind]) for kind in Kind if kind in by_kind]
    return Statistics(sum(by_kind.values()), kinds, bars)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=KOREA)
