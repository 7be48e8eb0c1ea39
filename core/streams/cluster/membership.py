"""The workers that are alive, in Redis: each renews one key, and a worker whose key has expired is dead.

A sibling (a worker of the same master) whose process has exited is dead without doubt, and that shows sooner.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from redis import Redis

from core.streams import metrics

WORKERS: Final = b"streams:workers"


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

    ``was_known``: Redis still had the key. ``dead``: workers of the last renewal whose key has expired or whose
    process has exited, and that nobody has taken over yet. ``others``: the workers that are listed now.
    """

    was_known: bool
    dead: list[str]
    others: list[str]


class Membership:
    """This worker's place among the others. Every method raises ``RedisError``."""

    def __init__(self, redis: Redis, worker: str, *, expires_after: float) -> None:
        self._redis = redis
        self.worker = worker
        self.expires_after = expires_after

    def renew(self, figures: Mapping[str, float], others: Sequence[str]) -> Renewal:
        """Say that this worker is alive, and look at ``others``, in one round trip."""
        pipeline = self._redis.pipeline(transaction=False)
        pipeline.exists(_key(self.worker))
        pipeline.set(_key(self.worker), msgspec.json.encode(figures), px=int(self.expires_after * 1000))
        pipeline.sadd(WORKERS, self.worker)
        pipeline.smembers(WORKERS)
        pipeline.mget([_key(self.worker), *map(_key, others)])
        with metrics.redis.labels("heartbeat").time():
            was_known, _, _, names, (_, *heartbeats) = pipeline.execute()
        listed = sorted({name.decode() for name in names} - {self.worker})
        # A worker that is no longer listed has already been taken over.
        dead = [worker for worker in self._without_heartbeat(others, heartbeats) if worker in listed]
        return Renewal(bool(was_known), dead, listed)

    def leave(self) -> None:
        """Stop being alive, so that what is left here is continued elsewhere at once."""
        self._redis.delete(_key(self.worker))

    def remove(self, worker: str) -> None:
        """Take a dead worker off the list: all of its runs have been taken over."""
        self._redis.srem(WORKERS, worker)

    def dead_among(self, workers: Sequence[str]) -> list[str]:
        others = [worker for worker in workers if worker != self.worker]
        return self._without_heartbeat(others, self._redis.mget(map(_key, others))) if others else []

    def figures(self) -> dict[str, dict[str, float]]:
        """Return every live worker and what it carries."""
        workers = sorted(name.decode() for name in self._redis.smembers(WORKERS))  # type: ignore[union-attr]
        heartbeats = self._redis.mget([_key(worker) for worker in workers]) if workers else []
        return {w: msgspec.json.decode(h) for w, h in zip(workers, heartbeats, strict=True) if h is not None}

    def has_exited(self, worker: str) -> bool:
        """Whether ``worker`` was a sibling of this one and its process has exited. False when it can't be told."""
        parts = worker.rsplit("-", 3)
        is_sibling = len(parts) == 4 and parts[:2] == self.worker.rsplit("-", 3)[:2]
        return is_sibling and not Path("/proc", parts[2]).exists()

    def _without_heartbeat(self, workers: Sequence[str], heartbeats: Sequence[object]) -> list[str]:
        return [w for w, h in zip(workers, heartbeats, strict=True) if h is None or self.has_exited(w)]


def _key(worker: str) -> str:
    return f"streams:worker:{worker}"
