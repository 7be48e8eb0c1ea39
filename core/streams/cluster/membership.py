"""The workers that are alive, in Redis: each renews one key, and a worker whose key has expired is dead.

The cost of a renewal does not grow with the number of workers: a sorted set holds them by the time at which their key
expires, so reading its beginning finds those that may be dead. That time comes from each worker's own clock; therefore
Redis is asked whether the key has expired before anything is done about it. Nor does the number of renewals a second grow
past a bound: among many workers each renews its key less often, and the key lives longer by as much. A sibling (a worker
of the same master) whose process has exited is dead without doubt, and is noticed sooner.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
from redis import Redis

from core.redis import follow_primary, primary_of
from core.streams import metrics

WORKERS: Final = b"streams:expiring"
# Held by the worker that looks through PostgreSQL for all of them.
SWEEPER: Final = b"streams:sweeper"
# Renewals a second, of all workers together: beyond three hundred workers each renews less often than every two seconds.
MOST_RENEWALS: Final = 150
# Of the dead, so many are looked at after one renewal.
AT_ONCE: Final = 100
# Seconds between two looks at who the siblings are, and how many workers there are.
LIST_EVERY: Final = 10.0


def new_worker_name() -> str:
    """Return a name for this process: host, family, process id, and a token against reuse of the id."""
    return f"{socket.gethostname()[:40]}-{_family()}-{os.getpid()}-{secrets.token_hex(4)}"


def _family() -> str:
    """Return the same for all workers of one master and for no others: process ids mean the same to all of them."""
    parent = os.getppid()
    try:
        started = Path(f"/proc/{parent}/stat").read_text().rpartition(")")[2].split()[19]
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()
        space = Path("/proc/self/ns/pid").readlink()
    except OSError:
        return secrets.token_hex(4)  # no /proc: no worker counts as a sibling
    return hashlib.sha256(f"{boot} {space} {parent} {started}".encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Renewal:
    """The answer to a renewal.

    ``was_known``: Redis still had the key. ``expired``: workers whose key has expired and that nobody has taken over
    yet, a few of them.
    """

    was_known: bool
    expired: list[str]


class Membership:
    """This worker's place among the others. Every method that asks Redis raises ``RedisError``.

    In seconds: ``renew_every`` is the time from the last renewal to the next one, and ``expires_after`` the time for which
    the last one keeps the key. Both begin as they are given, and grow by the same with the number of workers.
    """

    def __init__(self, redis: Redis, worker: str, *, renew_every: float, expires_after: float) -> None:
        self._redis = redis
        self.worker = worker
        self.renew_every = self._shortest = renew_every
        self.expires_after = expires_after
        self._count = 0
        self._siblings_key = "streams:master:" + "-".join(_master_of(worker))
        self._siblings: set[str] = set()
        self._listed_at = float("-inf")

    def renew(self, figures: Mapping[str, float]) -> Renewal:
        """Say that this worker is alive, and ask who is not, in one round trip unless somebody may be dead."""
        now = time.time()
        # Of the number that was counted before: the key must live longer than the time to the next renewal.
        renew_every = max(self._shortest, self._count / MOST_RENEWALS)
        expires_after = self.expires_after + renew_every - self.renew_every
        pipeline = self._redis.pipeline(transaction=False)
        lifetime = int(expires_after * 1000)
        pipeline.set(_key(self.worker), msgspec.json.encode(figures), px=lifetime, get=True)
        pipeline.zadd(WORKERS, {self.worker: now + expires_after})
        pipeline.zrangebyscore(WORKERS, "-inf", now, start=0, num=AT_ONCE)
        if time.monotonic() - self._listed_at > LIST_EVERY:
            self._listed_at = time.monotonic()
            pipeline.sadd(self._siblings_key, self.worker)
            pipeline.expire(self._siblings_key, 600)
            pipeline.smembers(self._siblings_key)
            pipeline.zcard(WORKERS)
        with metrics.redis.labels("heartbeat").time():
            before, _, late, *listed = pipeline.execute()
        self.renew_every, self.expires_after = renew_every, expires_after
        if listed:
            *_, siblings, self._count = listed
            self._siblings = set(_names(siblings))
        return Renewal(before is not None, self.dead_among(_names(late)))

    def exited(self) -> list[str]:
        """Return the siblings whose process has exited and that are not removed yet. Redis is not asked."""
        return sorted(name for name in self._siblings if self.has_exited(name))

    @property
    def primary(self) -> tuple[str, int] | None:
        """The address of the Redis that is asked, as Sentinel last named it; None without Sentinel."""
        return primary_of(self._redis)

    def follow(self) -> None:
        """Ask Sentinel for the primary."""
        follow_primary(self._redis)

    def leave(self) -> None:
        """Stop being alive, so that what is left here is continued elsewhere at once."""
        pipeline = self._redis.pipeline(transaction=False)
        pipeline.delete(_key(self.worker))
        pipeline.zadd(WORKERS, {self.worker: 0})  # expired long ago
        pipeline.execute()

    def remove(self, worker: str) -> None:
        """Take a dead worker off the list: all of its runs have been taken over."""
        pipeline = self._redis.pipeline(transaction=False)
        pipeline.zrem(WORKERS, worker)
        pipeline.srem(self._siblings_key, worker)
        pipeline.execute()
        self._siblings.discard(worker)

    def dead_among(self, workers: Sequence[str]) -> list[str]:
        others = [worker for worker in workers if worker != self.worker]
        heartbeats = self._redis.mget(map(_key, others)) if others else []
        return [w for w, h in zip(others, heartbeats, strict=True) if h is None or self.has_exited(w)]

    def may_sweep(self, *, seconds: float) -> bool:
        """Return whether this worker is the one that sweeps in the next ``seconds``."""
        return bool(self._redis.set(SWEEPER, self.worker, nx=True, px=int(seconds * 1000)))

    def others(self) -> list[str]:
        """Return the other workers that are listed, some of which may be dead."""
        return sorted({*_names(self._redis.zrange(WORKERS, 0, -1))} - {self.worker})

    def figures(self) -> dict[str, dict[str, float]]:
        """Return every live worker and what it carries."""
        workers = sorted(_names(self._redis.zrange(WORKERS, 0, -1)))
        heartbeats = self._redis.mget([_key(worker) for worker in workers]) if workers else []
        return {w: msgspec.json.decode(h) for w, h in zip(workers, heartbeats, strict=True) if h is not None}

    def has_exited(self, worker: str) -> bool:
        """Whether ``worker`` was a sibling of this one and its process has exited. False when it can't be told."""
        is_sibling = _master_of(worker) == _master_of(self.worker)
        return is_sibling and not Path("/proc", worker.rsplit("-", 2)[1]).exists()


def _master_of(worker: str) -> list[str]:
    """Return the host and the family in a worker's name."""
    return worker.rsplit("-", 3)[:2]


def _names(found: Any) -> list[str]:
    return [name.decode() for name in found if name]


def _key(worker: str) -> str:
    return f"streams:worker:{worker}"
