"""The limits of an hour and of a minute, on the shared Redis cache.

The hour is one for all AI views. It smooths bursts; the ledger (core/limits/quota.py) keeps the exact daily number. So
when Redis is away this limit fails open: a person can then use the day's readings within an hour, and no more. Its
counters are packed (core/limits/hours.py). The limits of a minute are few and short: django-ratelimit keeps them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import get_usage, is_ratelimited

from core.access import Who
from core.limits import hours
from core.limits.addresses import client_address, networks
from core.limits.hours import Counter, Window
from core.redis.cache import CACHE_ERRORS
from core.utils import (
    ratelimit_key_for_everybody,
    ratelimit_key_for_guests_network,
    ratelimit_key_for_master_only,
)

log = logging.getLogger(__name__)

GROUP: Final = "ai"
TRIALS: Final = "6/m"
REPORTS: Final = "10/m"
# Readings that anybody may begin in a minute, also those who are not limited otherwise.
BURST: Final = 20
# A household's /56 is worth one address, a /48 two.
AROUND: Final = (1, 2)


def peek(*, who: Who, now: datetime) -> Window | None:
    """Return the asker's window with the least left, without counting. None: not limited, or the cache is away."""
    counters = _counters(who)
    if not counters:
        return None
    try:
        return _fullest(hours.look(counters, now=now))
    except CACHE_ERRORS as error:
        _warn(error)
        return None


def take(*, who: Who, now: datetime) -> Window | None:
    """Count one reading in all of the asker's windows, or in none if one is full, which is returned.

    None: it was counted, is not limited, or the cache is away.
    """
    counters = _counters(who)
    if not counters:
        return None
    try:
        counted, windows = hours.take(counters, now=now)
    except CACHE_ERRORS as error:
        _warn(error)
        return None
    return None if counted else _fullest(windows)


def take_burst(*, who: Who, now: datetime) -> Window | None:
    """Count one reading of somebody without limits, and return their minute. None: the cache is away, or limits are off."""
    try:
        # django-ratelimit passes its first argument to the key function and uses it for nothing else (ADR 011).
        usage = get_usage(
            who, group=f"{GROUP}-burst", key=ratelimit_key_for_everybody, rate=f"{BURST}/m", increment=True
        )
    except CACHE_ERRORS as error:
        _warn(error)
        return None
    if usage is None:  # RATELIMIT_ENABLE is off, or the counter vanished between two commands
        return None
    return Window(usage["count"], usage["limit"], now + timedelta(seconds=max(usage["time_left"], 1)))


def tries_too_often(request: HttpRequest) -> bool:
    """Count one trial of an own key and return whether it is one too many: each may wait 15 s for Gemini."""
    try:
        return bool(is_ratelimited(request, group="own-key", key="user", rate=TRIALS, increment=True))
    except CACHE_ERRORS:
        return False


def reports_too_often(request: HttpRequest) -> bool:
    """Count one report of a browser and return whether its network sends too many; while Redis is away, all are."""
    try:
        usage = get_usage(request, group="csp-report", key=_network_of, rate=REPORTS, increment=True)
    except CACHE_ERRORS:
        return True
    if usage is None:  # the limits are off, or the cache has swallowed that it can't be reached
        return bool(settings.RATELIMIT_ENABLE)
    return bool(usage["should_limit"])


def _network_of(group: str, request: HttpRequest) -> str:
    return networks(client_address(request))[0]


def wider_networks(who: Who) -> list[tuple[str, int]]:
    """Return the wider networks of a guest, each with how many addresses' worth of readings it is given."""
    return list(zip(who.networks, AROUND, strict=False))


def _counters(who: Who) -> list[Counter]:
    return list(_each_counter(who)) if settings.RATELIMIT_ENABLE else []


def _each_counter(who: Who) -> Iterator[Counter]:
    """Yield what the asker's readings are counted by: none for somebody who is not limited."""
    network = settings.RATE_HOUR * settings.RATE_ADDRESS_FACTOR
    if (person := ratelimit_key_for_master_only(GROUP, who)) is not None:
        yield Counter(f"{GROUP}:{person}", settings.RATE_HOUR)
    if (address := ratelimit_key_for_guests_network(GROUP, who)) is not None:
        yield Counter(f"{GROUP}-network:{address}", network)
    for wider, times in wider_networks(who):
        yield Counter(f"{GROUP}-around:{wider}", network * times)


def _fullest(windows: list[Window]) -> Window:
    return max(windows, key=lambda window: window.used - window.limit)


def _warn(error: Exception) -> None:
    log.warning("hourly limit: not kept while the cache is unavailable, error=%s", type(error).__name__)
