"""This process as a member of the fleet: alive, taking over from the dead, draining before it goes.

Each worker renews one key in Redis. A worker whose key is gone is dead: whoever notices first claims its
runs (a compare-and-set in PostgreSQL, so noticing twice does no harm) and continues them from the log.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections
from redis.exceptions import RedisError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.runtime import blocked_count, lag, spawn
from core.streams import board, metrics, runs, writer
from core.streams.follower import follower
from core.streams.redis import client
from core.streams.ticker import ticker

logger = logging.getLogger(__name__)

BEAT: Final = 0.5
RENEW_EVERY: Final = 2.0
DEAD_AFTER: Final = 6.0
# PostgreSQL is asked about orphans that Redis does not know of at the start and then this often.
SWEEP_EVERY: Final = 60.0
WORKERS: Final = b"streams:workers"

_started = False
_draining = False


def is_draining() -> bool:
    """Whether this process takes nothing new, because it is about to go."""
    return _draining


def start(*, is_alive: Callable[[], bool] = lambda: True) -> None:
    """Begin the housekeeping of this process; further calls do nothing."""
    global _started
    if _started:
        return
    _started = True
    ticker.start()
    follower.start()
    spawn("keeper", _keep, is_alive)


def drain(*, seconds: float) -> None:
    """Take nothing new, let runs end for ``seconds``, then hand the rest over to other workers."""
    global _draining
    if not _started:
        return
    _draining = True
    deadline = time.monotonic() + seconds
    while board.writings and time.monotonic() < deadline:
        time.sleep(0.1)
    for writing in list(board.writings.values()):
        writing.interrupt("handover")
    settled = time.monotonic() + 3
    while board.writings and time.monotonic() < settled:
        time.sleep(0.05)
    _say_goodbye()
    for channel in board.all_channels():
        channel.leaving = True
        channel.wake()


def _say_goodbye() -> None:
    """Stop being alive in Redis, so that what is left here is continued elsewhere at once."""
    try:
        client().delete(_alive_key(runs.worker_id()))
    except RedisError:
        logger.warning("could not announce the end of this worker")


def _alive_key(worker: str) -> str:
    return f"streams:worker:{worker}"


def _stops_key(worker: str) -> str:
    return f"streams:stops:{worker}"


def tell_stop(worker: str, subject: str) -> None:
    """Let a worker know that it has to stop a run. Raises RedisError when it can't be told."""
    pipeline = client().pipeline(transaction=False)
    pipeline.sadd(_stops_key(worker), subject)
    pipeline.expire(_stops_key(worker), 300)
    pipeline.execute()


def _keep(is_alive: Callable[[], bool]) -> None:
    renewed = swept = 0.0
    while not _draining:
        now = time.monotonic()
        if not is_alive():
            # gunicorn was told to go: it waits for open connections, we end them in time.
            spawn("drain", lambda: drain(seconds=settings.GRACEFUL_TIMEOUT / 2))
            return
        metrics.sample(unsaved_texts=writer.unsaved())
        try:
            if now - renewed >= RENEW_EVERY:
                dead = _renew()
                renewed = now
                for worker in dead:
                    _inherit(worker)
            _obey_stops()
            if not ticker.available:
                ticker.resync()
            if now - swept >= SWEEP_EVERY:
                swept = now
                _sweep()
        except RedisError:
            _obey_stops_by_database()
        except (DatabaseError, PoolTimeout) as error:
            logger.warning("the keeper goes on without the database: %s", error)
        except Exception:
            logger.exception("the keeper stumbled")
        finally:
            connections.close_all()
        time.sleep(BEAT)


def _renew() -> list[str]:
    """Say that this worker lives; return those that don't any more."""
    me = runs.worker_id()
    pipeline = client().pipeline(transaction=False)
    pipeline.set(_alive_key(me), msgspec.json.encode(_pulse()), px=int(DEAD_AFTER * 1000))
    pipeline.sadd(WORKERS, me)
    pipeline.smembers(WORKERS)
    known = [name.decode() for name in pipeline.execute()[2]]
    return _dead_among(known)


def _pulse() -> dict[str, float]:
    return {
        "writing": len(board.writings),
        "watching": board.reader_count(),
        "unsaved": writer.unsaved(),
        "lag_ms": round(lag() * 1000),
        "blocked": blocked_count(),
    }


def fleet() -> dict[str, dict[str, float]]:
    """Every live worker and what it carries. Raises RedisError."""
    workers = sorted(name.decode() for name in client().smembers(WORKERS))
    pulses = client().mget([_alive_key(worker) for worker in workers]) if workers else []
    return {w: msgspec.json.decode(p) for w, p in zip(workers, pulses, strict=True) if p is not None}


def _dead_among(workers: list[str]) -> list[str]:
    others = [worker for worker in workers if worker != runs.worker_id()]
    if not others:
        return []
    alive = client().mget([_alive_key(worker) for worker in others])
    return [worker for worker, key in zip(others, alive, strict=True) if key is None]


def _inherit(worker: str) -> None:
    """Continue the runs of a dead worker, as many as there is room for here."""
    room = max(0, settings.MAX_STREAMS - len(board.writings))
    orphans = runs.orphans(worker, limit=room + 1)
    connections.close_all()
    for run in orphans[:room]:
        metrics.taken_over.inc()
        writer.take_over(run)
    if orphans:
        logger.warning("took over %d runs of %s", len(orphans[:room]), worker)
    if len(orphans) <= room:
        client().srem(WORKERS, worker)


def _sweep() -> None:
    """Find live runs whose worker is unknown to Redis, or that this process has lost sight of."""
    me = runs.worker_id()
    for worker in _dead_among(sorted(runs.live_workers())):
        _inherit(worker)
    for run in runs.orphans(me, limit=settings.MAX_STREAMS):
        old = time.time() - run.created_at.timestamp() > SWEEP_EVERY
        if old and run.subject not in board.writings:
            writer.take_over(run)


def _obey_stops() -> None:
    for name in client().spop(_stops_key(runs.worker_id()), 100):
        _stop_here(name.decode())


def _obey_stops_by_database() -> None:
    """Redis is away: ask PostgreSQL which of our runs should stop."""
    if not board.writings:
        return
    try:
        for subject in runs.stops_among([w.run_id for w in board.writings.values()]):
            _stop_here(str(subject))
    except (DatabaseError, PoolTimeout):
        logger.warning("neither Redis nor the database answers")


def _stop_here(subject: str) -> None:
    if writing := board.writings.get(UUID(subject)):
        writing.interrupt("stop")
