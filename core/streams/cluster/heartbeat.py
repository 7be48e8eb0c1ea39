"""The heartbeat of this worker: alive in Redis, looking for dead workers, trying again what is away."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import Error as DatabaseError
from django.db import connections
from redis.exceptions import RedisError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.redis import Minutes
from core.runtime import Job, Stage, spawn
from core.streams import metrics
from core.streams.cluster.membership import Membership
from core.streams.cluster.stops import Stops
from core.streams.cluster.takeover import Takeover
from core.streams.hub.hub import Hub
from core.streams.log.client import Log

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """In seconds. A worker whose key was not renewed for ``dead_after`` is dead.

    Among many workers ``renew_every``, ``dead_after`` and ``publish_every`` are longer (``Membership``).
    PostgreSQL is asked for orphans that Redis does not know of, by each worker at its start and by one of all workers
    every ``sweep_every``, and for stops whose command was lost in Redis every ``check_stops_every``. The figures of
    this process are added to the sums of all workers every ``publish_every``.
    """

    beat_every: float = 0.5
    renew_every: float = 2.0
    dead_after: float = 6.0
    sweep_every: float = 60.0
    check_stops_every: float = 5.0
    publish_every: float = 10.0


class Heartbeat:
    """One per process; ``run`` is its job.

    After a Redis that was away, restarted or stalled, and after a sleep of our own, everybody's key may have
    expired: others are not called dead for as long as a dead worker's key takes to expire. After Sentinel has named
    another primary they may still renew their keys in the former one, and have twice as long to follow.
    """

    def __init__(
        self,
        *,
        hub: Hub,
        log: Log,
        membership: Membership,
        takeover: Takeover,
        stops: Stops,
        timing: Timing,
        figures: Callable[[], dict[str, float]],
        minutes: Minutes,
        on_log_back: Callable[[], None],
    ) -> None:
        self._hub = hub
        self._log = log
        self._membership = membership
        self._takeover = takeover
        self._stops = stops
        self._timing = timing
        self._figures = figures
        self._minutes = minutes
        self._on_log_back = on_log_back
        self._closed = threading.Event()
        self._renewed_at = self._swept_at = self._trusts_after = self._checked_at = self._published_at = 0.0
        self._asked_at = 0.0
        self._primary: tuple[str, int] | None = None  # as Sentinel named it at the last renewal
        self._checking = _Alone("stop check", stops.check_database)
        self._probing = _Alone("log probe", self._probe)
        self._asking = _Alone("primary", self._follow)
        self._is_serving = True

    def run(self, stage: Callable[[], Stage], on_stop: Callable[[], None]) -> None:
        """Beat until ``close``. Once this worker stops, ``on_stop`` is called, in a job of its own."""
        is_stopping = False
        while not self._closed.is_set():
            now = stage()
            self._is_serving = now is Stage.SERVING
            if not is_stopping and now is Stage.STOPPING:
                is_stopping = True
                spawn("drain", on_stop)
            try:
                self.beat(time.monotonic())
            except RedisError:
                metrics.redis_away.set(1)
                self._stops.reconnect()
                self._stops.check_database()
            except (DatabaseError, PoolTimeout) as error:
                logger.warning("heartbeat: database unavailable, going on, error=%s", error)
            except Exception:
                logger.exception("heartbeat: failed")
            finally:
                connections.close_all()
            self._closed.wait(self._timing.beat_every)

    def close(self) -> None:
        """Stop beating and leave, so that what is left here is continued elsewhere at once."""
        self._closed.set()
        self._leave()

    def _leave(self) -> None:
        try:
            self._membership.leave()
        except RedisError:
            logger.warning("heartbeat: leaving not announced, Redis unavailable")

    def beat(self, now: float) -> None:
        """Do what is due at ``now``, in seconds. Raises ``RedisError`` and the database's errors."""
        timing = self._timing
        away = self._log.away()
        metrics.log_servers_away.set(len(away))
        if away:
            self._probing.start()
        if self._primary is not None and now - self._asked_at >= self._membership.renew_every / 4:
            self._asked_at = now
            self._asking.start()
        if now - self._renewed_at >= self._membership.renew_every:
            self._renew(now)
        if self._takes_over():
            for worker in self._membership.exited():
                self._takeover.take_over_from(worker)
        if now - self._checked_at >= timing.check_stops_every:
            self._checked_at = now
            self._checking.start()
        is_first = not self._swept_at
        is_due = is_first or now - self._swept_at >= timing.sweep_every
        if is_due and self._takes_over() and now > self._trusts_after:
            self._swept_at = now
            self._takeover.find_lost(older_than=timing.sweep_every)
            if is_first or self._membership.may_sweep(seconds=timing.sweep_every * 0.9):
                self._takeover.sweep()

    def _probe(self) -> None:
        for server in self._log.away():
            if server.probe():
                self._on_log_back()

    def _follow(self) -> None:
        with contextlib.suppress(RedisError):  # no sentinel answers: the primary is the one that was
            self._membership.follow()

    def _takes_over(self) -> bool:
        return self._is_serving and not self._hub.is_draining

    def _renew(self, now: float) -> None:
        every, lifetime = self._membership.renew_every, self._membership.expires_after
        renewal = self._membership.renew(self._figures())
        metrics.redis_away.set(0)
        if not renewal.was_known or now - self._renewed_at > every * 1.5:
            self._trusts_after = now + lifetime
        before, self._primary = self._primary, self._membership.primary
        if before not in (None, self._primary):
            self._trusts_after = now + 2 * lifetime
            self._stops.reconnect()
        self._renewed_at = now
        if self._closed.is_set():
            self._leave()  # the worker left while this renewal was on its way
        elif self._takes_over() and now > self._trusts_after:
            for worker in renewal.expired:
                self._takeover.take_over_from(worker)
        if now - self._published_at >= max(self._timing.publish_every, 5 * every):
            self._published_at = now
            self._minutes.publish()


class _Alone:
    """Work of the heartbeat that may wait for a server that hangs: in a job of its own, and never twice at once."""

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        self._name = name
        self._work = work
        self._job: Job | None = None

    def start(self) -> None:
        """Begin, unless the last time has not ended yet."""
        if self._job is None or self._job.done:
            self._job = spawn(self._name, self._work)
