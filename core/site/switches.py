"""The site's switches (maintenance, banner), cheap enough to read in every request.

A worker queries the database at most once in ``CACHED_FOR`` seconds and keeps the last answer when the database
can't be reached: a switch set in the admin reaches every worker within that time, without a shared cache.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import get_language

from core.db import pool
from core.models import SiteState

log = logging.getLogger(__name__)

CACHED_FOR = 5.0


@dataclass(frozen=True, slots=True)
class State:
    maintenance: bool = False
    maintenance_until: datetime | None = None
    banner_ko: str = ""
    banner_en: str = ""
    banner_until: datetime | None = None

    def banner(self, *, now: datetime) -> str:
        """Return the notice to show now in the visitor's language, or ""."""
        if self.banner_until and self.banner_until <= now:
            return ""
        if (get_language() or "").startswith("en"):
            return self.banner_en or self.banner_ko
        return self.banner_ko


def read_row() -> State:
    """Return the switches as the database has them."""
    row = SiteState.objects.filter(pk=1).first()
    if row is None:
        return State()
    return State(row.maintenance, row.maintenance_until, row.banner, row.banner_en, row.banner_until)


class Switches:
    """The switches as one process knows them."""

    def __init__(
        self, read: Callable[[], State] = read_row, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._known = State()
        self._read_at = float("-inf")

    def state(self) -> State:
        """Return the switches as they were at most ``CACHED_FOR`` seconds ago."""
        # The thread that holds the lock is asking already; all others go on with what is known.
        if self._clock() - self._read_at >= CACHED_FOR and self._lock.acquire(blocking=False):
            try:
                self._known = self._read()
            except (DatabaseError, pool.PoolTimeout):
                log.warning("switches: read failed, keeping the last known", exc_info=True)
            finally:
                self._read_at = self._clock()
                self._lock.release()
        return replace(self._known, maintenance=True) if settings.MAINTENANCE_MODE else self._known

    def forget(self) -> None:
        """Make the next ``state`` query the database: for the worker in which a switch was set."""
        self._read_at = float("-inf")


def switches() -> Switches:
    """Return the switches of this process (core/apps.py)."""
    found: Switches = apps.get_app_config("core").switches  # type: ignore[attr-defined]
    return found
