"""This process as a member of the members: alive, taking over from the dead, draining before it goes.

Each worker renews one key in Redis. A worker whose key is gone is dead, and so is a sibling (a worker of
the same master) whose process is gone, which shows sooner: whoever notices first claims its
runs (a compare-and-set in PostgreSQL, so noticing twice does no harm) and continues them from the log.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.redis import client, connect
from core.runtime import Job, blocked_count, lag, spawn
from core.streams import metrics
from core.streams.cluster import identity
from core.streams.delivery.tailer import tailer
from core.streams.hub import hub
from core.streams.models import Run
from core.streams.production import produce as producer
from core.streams.production import save as saving
from core.streams.production import states
from core.streams.production.batcher import batcher

logger = logging.getLogger(__name__)

HEARTBEAT: Final = 0.5
# How long the ear for stops listens at a time.
LISTEN: Final = 2
RENEW_EVERY: Final = 2.0
DEAD_AFTER: Final = 6.0
# PostgreSQL is asked about orphans that Redis does not know of at the start and then this often.
SWEEP_EVERY: Final = 60.0
# Word of a stop goes through Redis and may be lost there: PostgreSQL is asked this often.
ASK_FOR_STOPS_EVERY: Final = 5.0
WORKERS: Final = b"streams:workers"

_started = False
_draining = False
_gone = False


def is_draining() -> bool:
    """Whether this process takes nothing new, because it is about to go."""
    return _draining


def start_worker(*, is_alive: Callable[[], bool] = lambda: True) -> None:
    """Begin the housekeeping of this process; further calls do nothing."""
    global _started
    if _started:
        return
    _started = True
    batcher.start()
    tailer.start()
    spawn("heartbeat", _heartbeat_loop, is_alive)
    spawn("stop listener", _listen_for_stops)


def drain(*, seconds: float) -> None:
    """Take nothing new, let runs end for ``seconds``, then hand the rest over to other workers."""
    global _draining
    if not _started:
        return
    _draining = True
    deadline = time.monotonic() + seconds
    while hub.active_runs and time.monotonic() < deadline:
        time.sleep(0.1)
    for writing in list(hub.active_runs.values()):
        writing.interrupt("handover")
    settled = time.monotonic() + 3
    while hub.active_runs and time.monotonic() < settled:
        time.sleep(0.05)
    _say_goodbye()
    for channel in hub.all_channels():
        channel.leaving = True
        channel.wake()
    gone = time.monotonic() + 1
    while hub.subscriber_count() and time.monotonic() < gone:  # they are told to come again, elsewhere
        time.sleep(0.05)


def _say_goodbye() -> None:
    """Stop being alive in Redis, so that what is left here is continued elsewhere at once."""
    global _gone
    _gone = True
    try:
        client().delete(_alive_key(identity.worker_id()))
    except RedisError:
        logger.warning("could not announce the end of this worker")


def _alive_key(worker: str) -> str:
    return f"streams:worker:{worker}"


def _stops_key(worker: str) -> str:
    return f"streams:stops:{worker}"


def send_stop(run: Run) -> None:
    """Let the worker of a run know that it has to stop it. Raises RedisError when it can't be told.

    The word names the run and not its subject: it may be read when the next version is being written.
    """
    pipeline = client().pipeline(transaction=False)
    pipeline.rpush(_stops_key(run.worker), str(run.id))
    pipeline.expire(_stops_key(run.worker), 300)
    pipeline.execute()


def withdraw_stop(run: Run) -> None:
    """Take back what its worker was told of this run and has not read. Raises RedisError."""
    client().lrem(_stops_key(run.worker), 0, str(run.id))


class _Heartbeat:
    """When this worker last said that it lives, and whether it may call others dead.

    After a Redis that was away, restarted or stalled, and after a sleep of our own, everybody's key may be
    gone: the others get the time that a dead worker's key takes to expire.
    """

    def __init__(self) -> None:
        self.renewed = self.swept = self.doubted = self.asked = 0.0
        self.others: list[str] = []  # the workers that were there at the last renewal
        self.asking: Job | None = None

    def beat(self) -> None:
        """What is due now. Raises RedisError and the database's errors."""
        now = time.monotonic()
        # The log is tried again only where a renewal, which writes too, has just been taken.
        if now - self.renewed >= RENEW_EVERY or not batcher.available:
            metrics.sample(unsaved_texts=saving.unsaved())
            was_known, dead, self.others = _renew(self.others)
            if not was_known or now - self.renewed > RENEW_EVERY * 1.5:
                self.doubted = now
            self.renewed = now
            if _gone:
                _say_goodbye()  # it was said while this renewal was on its way
            elif not _draining:
                self._take_over_from_all(dead, now)
        if now - self.asked >= ASK_FOR_STOPS_EVERY and (self.asking is None or self.asking.done):
            self.asked = now
            # In a job: a database that hangs must not stop the pulse.
            self.asking = spawn("ask", _ask_database_for_stops)
        if not batcher.available:
            batcher.resync()
        due = now - self.swept >= SWEEP_EVERY or not self.swept
        if due and not _draining and now - self.doubted > DEAD_AFTER:
            self.swept = now
            _sweep()

    def _take_over_from_all(self, dead: list[str], now: float) -> None:
        for worker in dead:
            if now - self.doubted > DEAD_AFTER or identity.has_exited(worker):
                _take_over_from(worker)


def _heartbeat_loop(is_alive: Callable[[], bool]) -> None:
    pulse, told_to_go = _Heartbeat(), False
    while not _gone:
        if not told_to_go and not is_alive():
            # gunicorn was told to go: it waits for open connections, we end them in time. Until then
            # this worker is alive, or others would take over what it is about to finish.
            told_to_go = True
            spawn("drain", lambda: drain(seconds=settings.GRACEFUL_TIMEOUT / 2))
        try:
            pulse.beat()
        except RedisError:
            _ask_database_for_stops()
        except (DatabaseError, PoolTimeout) as error:
            logger.warning("heartbeat: the database is away: %s", error)
        except Exception:
            logger.exception("heartbeat loop failed")
        finally:
            connections.close_all()
        time.sleep(HEARTBEAT)


def _renew(others: list[str]) -> tuple[bool, list[str], list[str]]:
    """Say that this worker lives, in one round trip.

    Whether Redis still knew it, who of ``others`` lives no more, and who the others are now.
    """
    me = identity.worker_id()
    pipeline = client().pipeline(transaction=False)
    pipeline.exists(_alive_key(me))
    pipeline.set(_alive_key(me), msgspec.json.encode(_figures()), px=int(DEAD_AFTER * 1000))
    pipeline.sadd(WORKERS, me)
    pipeline.smembers(WORKERS)
    pipeline.mget([_alive_key(me), *map(_alive_key, others)])
    was_known, _, _, names, (_, *pulses) = pipeline.execute()
    now = sorted({name.decode() for name in names} - {me})
    # Who is no longer among the names has been seen to since.
    return bool(was_known), [w for w in _without_heartbeat(others, pulses) if w in now], now


def _figures() -> dict[str, float]:
    return {
        "writing": len(hub.active_runs),
        "watching": hub.subscriber_count(),
        "unsaved": saving.unsaved(),
        "lag_ms": round(lag() * 1000),
        "blocked": blocked_count(),
    }


def members() -> dict[str, dict[str, float]]:
    """Every live worker and what it carries. Raises RedisError."""
    workers = sorted(name.decode() for name in client().smembers(WORKERS))  # type: ignore[union-attr]
    pulses = client().mget([_alive_key(worker) for worker in workers]) if workers else []
    return {w: msgspec.json.decode(p) for w, p in zip(workers, pulses, strict=True) if p is not None}


def _dead_among(workers: list[str]) -> list[str]:
    others = [worker for worker in workers if worker != identity.worker_id()]
    if not others:
        return []
    return _without_heartbeat(others, client().mget([_alive_key(worker) for worker in others]))


def _without_heartbeat(workers: list[str], pulses: Sequence[object]) -> list[str]:
    return [w for w, pulse in zip(workers, pulses, strict=True) if pulse is None or identity.has_exited(w)]


def _take_over_from(worker: str) -> None:
    """Continue the runs of a dead worker, as many as there is room for here."""
    room = max(0, settings.MAX_STREAMS - len(hub.active_runs))
    orphans = states.orphans(worker, limit=room + 1)
    connections.close_all()
    for run in orphans[:room]:
        metrics.taken_over.inc()
        producer.take_over(run)
    if orphans:
        logger.warning("took over %d runs of %s", len(orphans[:room]), worker)
    if len(orphans) <= room:
        client().srem(WORKERS, worker)


def _sweep() -> None:
    """Find what slipped through: runs of workers unknown to Redis, runs lost here."""
    me = identity.worker_id()
    for worker in _dead_among(sorted(states.live_workers())):
        _take_over_from(worker)
    for run in states.orphans(me, limit=settings.MAX_STREAMS):
        old = time.time() - run.created_at.timestamp() > SWEEP_EVERY
        if old and run.subject not in hub.active_runs:
            producer.take_over(run)


def _listen_for_stops() -> None:
    """Stop what others ask for as soon as word of it comes.

    Not with the keeper's beat: half of it on average, and all that the keeper does for a dead worker, would
    come before tick and save, and all of it together is promised within a second.
    """
    key, ear = _stops_key(identity.worker_id()), _stop_listener()
    while not _gone:
        try:
            word: Any = ear.blpop([key], timeout=LISTEN)
            if word:
                _stop_here(UUID(word[1].decode()))
        except RedisError:
            time.sleep(HEARTBEAT)  # the keeper asks PostgreSQL meanwhile
        except Exception:
            logger.exception("stop listener failed")


def _stop_listener() -> Redis:
    """A client that waits longer than it listens: others call silence a failure after a second."""
    return connect(seconds=LISTEN + 1)


def _ask_database_for_stops() -> None:
    """Ask PostgreSQL which of our runs should stop: Redis is away, or word of it was lost there."""
    if not hub.active_runs:
        return
    try:
        for run_id in states.asked_to_stop(identity.worker_id()):
            _stop_here(run_id)
    except (DatabaseError, PoolTimeout):
        logger.warning("neither Redis nor the database answers")


def _stop_here(run_id: UUID) -> None:
    for writing in list(hub.active_runs.values()):
        if writing.run_id == run_id:
            writing.interrupt("stop")
