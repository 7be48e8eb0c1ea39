"""Decide how much this process takes on, before any costly work.

``MAX_STREAMS`` bounds the runs written here, ``MAX_SUBSCRIBERS`` the browsers that watch one. Both stay below
gunicorn's ``worker_connections``, or its ``threads`` after a roll-back, so that health, sign-in, stop and the
pages keep lanes of their own (``config/capacity.py``).
"""

from __future__ import annotations

import random

from django.conf import settings

from core.runtime import Watchdog
from core.streams import metrics
from core.streams.hub.hub import Hub

# Seconds. A loop that is this late serves nobody well: better to send newcomers elsewhere.
TOO_LATE = 1.0


class Full(Exception):
    """This process takes no more. ``retry_after`` is in whole seconds, spread so that not all come back at once."""

    def __init__(self) -> None:
        super().__init__("full")
        self.retry_after = random.randint(2, 6)  # noqa: S311


class Admission:
    """Decides by what the hub carries, and by how late the event loop is."""

    def __init__(self, hub: Hub, watchdog: Watchdog) -> None:
        self._hub = hub
        self._watchdog = watchdog

    def admit_run(self) -> None:
        """Make sure there is room for one more run. Raises ``Full``."""
        is_full = len(self._hub.active) >= settings.MAX_STREAMS
        if self._hub.is_draining or is_full or self._watchdog.lag > TOO_LATE:
            _refuse("write")

    def admit_subscriber(self) -> None:
        """Make sure there is room for one more browser that watches a run. Raises ``Full``."""
        if self._hub.is_draining or self._hub.subscriber_count() >= settings.MAX_SUBSCRIBERS:
            _refuse("watch")

    def is_overfull(self) -> bool:
        """Return whether more browsers watch than may: on threads, several can find the same place free."""
        return self._hub.subscriber_count() > settings.MAX_SUBSCRIBERS

    def load(self) -> float:
        """Return how full this process is: 0 when idle, 1 when it takes nothing more."""
        written = len(self._hub.active) / settings.MAX_STREAMS
        watched = self._hub.subscriber_count() / settings.MAX_SUBSCRIBERS
        return round(max(written, watched), 2)


def _refuse(lane: str) -> None:
    metrics.rejected.labels(lane).inc()
    raise Full
