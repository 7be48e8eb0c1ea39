"""Visitors per day, counted off the request path.

A visitor is a fingerprint of address and browser under a salt that changes every day, so that nobody can
be followed from one day to the next, and no address is ever written. One statement does everything for all who came
within a second: the row of the day is incremented by the fingerprints that are new, also with concurrent counts.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from django.db import connection

from core.models import Visit
from core.security.crypto import fingerprint

BOTS: Final = re.compile(
    r"bot|crawl|spider|slurp|preview|scan|monitor|uptime|headless|lighthouse|curl|wget|python|java/|go-http"
    r"|okhttp|httpclient|axios|node-fetch|facebookexternalhit|kakaotalk-scrap|yeti|daum",
    re.IGNORECASE,
)
# Past the bound a worker forgets whom it has seen: the statement is idempotent, so forgetting costs a statement and
# never a wrong count.
MAX_SEEN: Final = 50_000

COUNT: Final = """
    WITH fresh AS (
        INSERT INTO core_visit (day, visitor) SELECT %s, visitor FROM unnest(%s) visitor ORDER BY visitor
        ON CONFLICT (day, visitor) DO NOTHING RETURNING day
    )
    INSERT INTO core_dailyvisits (day, visitors) SELECT day, count(*) FROM fresh GROUP BY day
    ON CONFLICT (day) DO UPDATE SET visitors = core_dailyvisits.visitors + excluded.visitors
"""


def is_bot(user_agent: str) -> bool:
    """Return whether a User-Agent is missing or a program's."""
    return not user_agent or BOTS.search(user_agent) is not None


def visitor_of(*, address: str, user_agent: str, day: date) -> str:
    return fingerprint(f"{address}\0{user_agent}", purpose=f"visit:{day.isoformat()}")


class SeenToday:
    """The visitors whom a worker has seen already on the current day, and those of them that wait to be counted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._day = date.min
        self._visitors: set[str] = set()
        self._waiting: dict[date, list[str]] = {}

    def add(self, visitor: str, *, day: date) -> bool:
        """Remember the visitor; return whether somebody waits now and nobody did before, so that ``take`` is due."""
        with self._lock:
            if day != self._day or len(self._visitors) >= MAX_SEEN:
                self._day, self._visitors = day, set()
            if visitor in self._visitors:
                return False
            self._visitors.add(visitor)
            is_first = not self._waiting
            self._waiting.setdefault(day, []).append(visitor)
            return is_first

    def take(self) -> dict[date, list[str]]:
        """Return who waits, by day; they wait no longer."""
        with self._lock:
            taken, self._waiting = self._waiting, {}
            return taken


def count(visitors: Collection[str], day: date) -> None:
    """Count visitors, each once a day, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [day, list(visitors)])


def sweep(*, today: date) -> int:
    """Delete the fingerprints of past days; the day's number stays. Return how many were deleted."""
    return Visit.objects.filter(day__lt=today - timedelta(days=1)).delete()[0]
