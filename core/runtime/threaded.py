"""gunicorn's threaded worker, the roll-back, which leaves as the gevent worker does."""

from __future__ import annotations

from gunicorn.workers.gthread import ThreadWorker as GunicornsThreadWorker

from core.runtime.leaving import Leaving


class ThreadWorker(Leaving, GunicornsThreadWorker):  # type: ignore[misc]
    """After a reload it stays until its last run has ended; when the instance stops, it goes."""
