"""The site's switches (maintenance, banner), cheap enough to read in every request.

A worker queries the database at most once in ``KEPT_FOR`` seconds and keeps the last answer when the database
can't be reached: a switch set in the admin reaches every worker within that time, without a shared cache.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import get_language

from core.db import pool
from core.models import SiteState

log = logging.getLogger(__name__)

KEPT_FOR = 5.0


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


_lock = threading.Lock()
_kept: tuple[float, State] = (float("-inf"), State())


def state() -> State:
    """Return the switches as they were at most ``KEPT_FOR`` seconds ago."""
    global _kept
    looked_at, kept = _kept
    # The thread that holds the lock is asking already; all others go on with what is known.
    if time.monotonic() - looked_at < KEPT_FOR or not _lock.acquire(blocking=False):
        return _with_environment(kept)
    try:
        kept = _read()
    except (DatabaseError, pool.PoolTimeout):
        log.warning("switches: read failed, keeping the last known", exc_info=True)
    finally:
        _kept = (time.monotonic(), kept)
        _lock.release()
    return _with_environment(kept)


def forget() -> None:
    """Make the next ``state`` query the database: for the worker in which a switch was set."""
    global _kept
    _kept = (float("-inf"), _kept[1])


def _read() -> State:
    row = SiteState.objects.filter(pk=1).first()
    if row is None:
        return State()
    return State(row.maintenance, row.maintenance_until, row.banner, row.banner_en, row.banner_until)


def _with_environment(kept: State) -> State:
    if not settings.MAINTENANCE_MODE:
        return kept
    return State(True, kept.maintenance_until, kept.banner_ko, kept.banner_en, kept.banner_until)
