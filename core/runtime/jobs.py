"""The one way to start a background job.

A greenlet or thread started by hand loses the caller's context (request id, language) and, if it used
the ORM, keeps its database connection until a garbage collection (measured: docs/decisions/). A job
started here copies the context, is named and counted, and gives its connections back when it ends.

The set of running jobs is a module's object, as the standard library's table of threads is: a job is of the process,
whoever started it.
"""

from __future__ import annotations

import contextvars
import logging
import threading
from collections.abc import Callable

from core.runtime.patch import is_patched

log = logging.getLogger(__name__)

# Far above any MAX_STREAMS; reaching it means jobs are leaking, not that there is load.
MAX_JOBS = 20_000

_running: set[Job] = set()


class TooManyJobs(RuntimeError):
    """This process already runs ``MAX_JOBS`` background jobs."""


class Job:
    """A running background job. ``error`` holds what it raised, once it is done."""

    __slots__ = ("__weakref__", "_finished", "error", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.error: BaseException | None = None
        self._finished = threading.Event()

    @property
    def done(self) -> bool:
        return self._finished.is_set()

    def join(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds; True when the job has ended."""
        return self._finished.wait(timeout)

    def _run(self, fn: Callable[..., object], args: tuple[object, ...]) -> None:
        from django.db import connections

        try:
            fn(*args)
        except BaseException as error:
            self.error = error
            log.exception("jobs: failed, job=%s", self.name)
        finally:
            connections.close_all()
            _running.discard(self)
            self._finished.set()


def spawn(name: str, fn: Callable[..., object], *args: object) -> Job:
    """Run ``fn(*args)`` in the background, in a copy of the caller's context."""
    if len(_running) >= MAX_JOBS:
        raise TooManyJobs(name)
    job = Job(name)
    _running.add(job)
    run = contextvars.copy_context().run
    if is_patched():
        import gevent

        gevent.spawn(run, job._run, fn, args)
    else:
        threading.Thread(target=run, args=(job._run, fn, args), name=name, daemon=True).start()
    return job


def running_jobs() -> list[Job]:
    """Return the jobs that run in this process now."""
    return list(_running)
