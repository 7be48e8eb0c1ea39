"""The hourly limit: django-ratelimit on the shared Redis cache, one group for all AI views.

It smooths bursts; the ledger (core/limits/quota.py) keeps the exact daily number. So when Redis is away this
limit fails open: a person can then use the day's readings within an hour, and no more.

django-ratelimit's windows begin at a different moment for each key and can't be made to end at midnight in
Korea; so the daily limit is not kept by it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import get_usage, is_ratelimited

from core.access import Who
from core.limits.addresses import client_address, networks
from core.redis.cache import CACHE_ERRORS
from core.utils import (
    ratelimit_key_for_everybody,
    ratelimit_key_for_guests_network,
    ratelimit_key_for_master_only,
)

log = logging.getLogger(__name__)

Key = Callable[[str, Who], str | None]

GROUP: Final = "ai"
TRIALS: Final = "6/m"
REPORTS: Final = "10/m"
# Readings that anybody may begin in a minute, also those who are not limited otherwise.
BURST: Final = 20
# A household's /56 is worth one address, a /48 two.
AROUND: Final = (1, 2)


@dataclass(frozen=True, slots=True)
class Window:
    """The use of one hour by one key, and when that hour ends."""

    used: int
    limit: int
    resets_at: datetime

    @property
    def full(self) -> bool:
        return self.used >= self.limit

    @property
    def over(self) -> bool:
        return self.used > self.limit


def peek(*, who: Who, now: datetime) -> Window | None:
    """Return the fullest of the asker's windows without counting. None: not limited."""
    return _fullest(who, now, increment=False)


def increment(*, who: Who, now: datetime) -> Window | None:
    """Count one reading and return the fullest window after it: ``over`` if it was one too many."""
    return _fullest(who, now, increment=True)


def bursts(*, who: Who, now: datetime) -> Window | None:
    """Count one reading of somebody who is not limited. None: the cache is away, or limits are off."""
    return _window(who, f"{GROUP}-burst", ratelimit_key_for_everybody, BURST, now, True, unit="m")


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


def _fullest(who: Who, now: datetime, *, increment: bool) -> Window | None:
    network = settings.RATE_HOUR * settings.RATE_ADDRESS_FACTOR
    windows = [
        _window(who, GROUP, ratelimit_key_for_master_only, settings.RATE_HOUR, now, increment),
        _window(who, f"{GROUP}-network", ratelimit_key_for_guests_network, network, now, increment),
        *(
            _window(who, f"{GROUP}-around", _key(wider), network * times, now, increment)
            for wider, times in around(who)
        ),
    ]
    known = [window for window in windows if window is not None]
    return max(known, key=lambda window: window.used - window.limit, default=None)


def around(who: Who) -> list[tuple[str, int]]:
    """Return the wider networks of a guest, each with how many addresses' worth of readings it is given."""
    return list(zip(who.networks, AROUND, strict=False))


def _key(key: str) -> Key:
    return lambda group, who: key


def _window(
    who: Who, group: str, key: Key, limit: int, now: datetime, increment: bool, unit: str = "h"
) -> Window | None:
    if key(group, who) is None:
        return None
    try:
        # django-ratelimit passes its first argument to the key function and uses it for nothing else (ADR 011).
        usage = get_usage(who, group=group, key=key, rate=f"{limit}/{unit}", increment=increment)
    except CACHE_ERRORS as error:
        log.warning("hourly limit: not kept while the cache is unavailable, error=%s", type(error).__name__)
        return None
    if usage is None:  # RATELIMIT_ENABLE is off, or the counter vanished between two commands
        return None
    return Window(usage["count"], usage["limit"], now + timedelta(seconds=max(usage["time_left"], 1)))
