"""Continue the runs of workers that are dead.

The first worker that notices claims a run, by compare-and-set in PostgreSQL, so noticing twice does no harm. The text is
continued from the log.
"""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.db import connections

from core.streams import metrics
from core.streams.cluster.membership import Membership
from core.streams.hub.admission import Admission
from core.streams.hub.hub import Hub
from core.streams.models import LIVE, Run
from core.streams.production.produce import Producer

logger = logging.getLogger(__name__)


class Takeover:
    """Takes runs over for this worker."""

    def __init__(self, hub: Hub, admission: Admission, producer: Producer, membership: Membership) -> None:
        self._hub = hub
        self._admission = admission
        self._producer = producer
        self._membership = membership

    def take_over_from(self, worker: str) -> None:
        """Continue the runs of a dead worker, as many as there is room for here. Raises ``RedisError``.

        Without room nothing is looked for: the heartbeat comes again soon, and so do others'.
        """
        room = self._admission.room()
        if not room:
            return
        orphans = _live_runs(worker, limit=room)
        connections.close_all()
        taken = sum(self._take_over(run) for run in orphans)
        metrics.taken_over.inc(taken)
        if orphans:
            logger.warning("takeover: runs claimed, runs=%d, worker=%s", taken, worker)
        if taken == len(orphans) < room:
            self._membership.remove(worker)

    def sweep(self) -> None:
        """Continue what slipped through: the runs of workers that Redis does not know."""
        workers = Run.objects.filter(status__in=LIVE).order_by().values_list("worker", flat=True).distinct()
        for worker in self._membership.dead_among(sorted(workers)):
            self.take_over_from(worker)

    def find_lost(self, *, older_than: float) -> None:
        """Continue runs of this worker that are not active here though they are older than so many seconds."""
        for run in _live_runs(self._membership.worker, limit=settings.MAX_STREAMS):
            is_old = time.time() - run.created_at.timestamp() > older_than
            if is_old and run.subject not in self._hub.active:
                self._take_over(run)

    def _take_over(self, run: Run) -> bool:
        """Continue the run if there is a place for it."""
        place = self._admission.spare_run()
        if place is not None:
            with place:
                self._producer.resume(run, place)
        return place is not None


def _live_runs(worker: str, *, limit: int) -> list[Run]:
    return list(Run.objects.filter(worker=worker, status__in=LIVE).order_by("created_at")[:limit])
