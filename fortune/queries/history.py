"""A person's readings: listed, searched, counted. Neither charts nor births are read for this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left, TruncDate

from core.access import Who
from core.limits.days import KOREA, korean_day
from core.streams import Run
from fortune.models import Kind, Reading

PAGE: Final = 20
EXCERPT: Final = 240  # with the headings and marks that a page leaves out
# Names are encrypted, so they are searched here and not in the database, in this many newest readings.
SEARCHED_NAMES: Final = 500
DAYS: Final = 30


def readings_of(who: Who) -> QuerySet[Reading]:
    """Return the readings of a member, or of a guest's session."""
    if who.user_id:
        return Reading.objects.filter(owner_id=who.user_id)
    if who.guest:
        return Reading.objects.filter(owner=None, guest=who.guest)
    return Reading.objects.none()


def listed(*, who: Who, filters: Mapping[str, object]) -> QuerySet[Reading]:
    """Return the person's readings, newest first, narrowed by ``kind``, ``mode``, ``since``, ``until`` and ``q``.

    Each row carries ``status`` and ``excerpt`` of its newest version.
    """
    newest = Run.objects.filter(subject=OuterRef("pk")).order_by("-epoch")
    rows = (
        readings_of(who)
        .defer("chart", "other_chart")
        .annotate(
            status=Subquery(newest.values("status")[:1]),
            excerpt=Subquery(newest.values(start=Left("text", EXCERPT))[:1]),
        )
        .order_by("-created_at", "pk")
    )
    for name in ("kind", "mode"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    since, until, words = filters.get("since"), filters.get("until"), filters.get("q")
    if isinstance(since, date):
        rows = rows.filter(created_at__gte=_midnight(since))
    if isinstance(until, date) and until < date.max:  # there is no day after the last one
        rows = rows.filter(created_at__lt=_midnight(until + timedelta(days=1)))
    if isinstance(words, str) and words:
        rows = rows.filter(_matching(who, words))
    return rows


def _matching(who: Who, words: str) -> Q:
    named = [
        pk
        for pk, label, other in readings_of(who)
        .order_by("-created_at")
        .values_list("pk", "label", "other_label")[:SEARCHED_NAMES]
        if words.casefold() in label.casefold() or words.casefold() in other.casefold()
    ]
    # Most words are Korean, which has no capitals. Without case folding PostgreSQL takes half the time.
    has_case = words.upper() != words.lower()
    found = {"text__icontains" if has_case else "text__contains": words}
    written = Run.objects.filter(subject=OuterRef("pk"), **found)
    return Q(pk__in=named) | Q(Exists(written))


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
    by_kind = dict(readings_of(who).order_by().values_list("kind").annotate(Count("pk")))
    last = korean_day(now)
    first = last - timedelta(days=DAYS - 1)
    by_day: dict[date, int] = dict(
        readings_of(who)
        .order_by()
        .filter(created_at__gte=_midnight(first))
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
