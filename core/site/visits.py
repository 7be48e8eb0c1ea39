"""Visitors per day, counted off the request path.

A visitor is a fingerprint of address and browser under a salt that changes every day, so that nobody can
be followed from one day to the next, and no address is ever written. One statement does everything: the
row of the day is incremented only when the fingerprint is new, also with concurrent counts.
"""

from __future__ import annotations

import re
import threading
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
# Fingerprints that this worker has already counted today. Past the bound it starts over: the statement is
# idempotent, so forgetting costs a statement and never a wrong count.
MAX_KNOWN: Final = 50_000

_lock = threading.Lock()
_known: tuple[date, set[str]] = (date.min, set())

COUNT: Final = """
    WITH fresh AS (
        INSERT INTO core_visit (day, visitor) VALUES (%s, %s) ON CONFLICT (day, visitor) DO NOTHING
        RETURNING day
    )
    INSERT INTO core_dailyvisits (day, visitors) SELECT day, 1 FROM fresh
    ON CONFLICT (day) DO UPDATE SET visitors = core_dailyvisits.visitors + 1
"""


def is_bot(user_agent: str) -> bool:
    """Return whether a User-Agent is missing or a program's."""
    return not user_agent or BOTS.search(user_agent) is not None


def visitor_of(*, address: str, user_agent: str, day: date) -> str:
    return fingerprint(f"{address}\0{user_agent}", purpose=f"visit:{day.isoformat()}")


def is_new(*, visitor: str, day: date) -> bool:
    """Return whether this worker sees the visitor for the first time on that day, and remember it."""
    global _known
    with _lock:
        known_day, seen = _known
        if known_day != day or len(seen) >= MAX_KNOWN:
            _known = known_day, seen = day, set()
        if visitor in seen:
            return False
        seen.add(visitor)
        return True


def count(visitor: str, day: date) -> None:
    """Count a visitor once a day, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [day, visitor])


def sweep(*, today: date) -> int:
    """Delete the fingerprints of past days; the day's number stays. Return how many were deleted."""
    return Visit.objects.filter(day__lt=today - timedelta(days=1)).delete()[0]
