"""Sums of what happened in each of the last sixty minutes, over all workers, for the operators' page (decision 018).

A worker gathers what happens in memory, and every ten seconds adds it to one hash per minute after its heartbeat. Names
are few and fixed (a figure, or a figure and a provider), so that an hour takes some tens of kilobytes, whatever the load.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from redis import Redis
from redis.exceptions import RedisError

MINUTES: Final = 60
# Buckets of waits: from 50 ms up, each 19 % wider than the one before, to about three minutes.
SHORTEST: Final = 0.05
STEPS_PER_DOUBLING: Final = 4
BUCKETS: Final = 48


@dataclass(frozen=True, slots=True)
class Minute:
    """The sums of one minute. ``starts_at`` and ``seconds`` (60, or fewer of the minute that goes on) are its time."""

    starts_at: int
    seconds: float
    sums: Mapping[str, int]

    def count(self, name: str) -> int:
        return self.sums.get(name, 0)

    def mean(self, name: str) -> float:
        """Return the mean of what ``sample`` was told."""
        return self.count(name) / 1000 / self.seconds

    def by(self, name: str) -> dict[str, int]:
        """Return the sums of ``name`` by what follows it: a provider, a bucket."""
        return {key[len(name) + 1 :]: n for key, n in self.sums.items() if key.startswith(name + ":")}


class Minutes:
    """One per process."""

    def __init__(self, client: Callable[[], Redis], *, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: dict[int, Counter[str]] = {}
        self._sampled_at: float | None = None

    def add(self, name: str, amount: int = 1) -> None:
        now = int(self._clock() // 60)
        with self._lock:
            self._waiting.setdefault(now, Counter())[name] += amount
            for old in [minute for minute in self._waiting if minute <= now - MINUTES]:
                del self._waiting[old]  # Redis has been away for an hour

    def observe(self, name: str, seconds: float) -> None:
        """Count a wait in its bucket."""
        self.add(f"{name}:{_bucket(seconds)}")

    def sample(self, name: str, value: float) -> None:
        """Tell a value that has held since the last sample, for at most a minute. The sums are of values times milliseconds."""
        now = self._clock()
        before, self._sampled_at = self._sampled_at, now
        if before is not None and value:
            self.add(name, round(value * 1000 * min(60.0, max(0.0, now - before))))

    def publish(self) -> None:
        """Add what has happened to the hashes in Redis. Raises RedisError; then the next call adds it."""
        with self._lock:
            told, self._waiting = self._waiting, {}
        if not told:
            return
        pipeline = self._client().pipeline(transaction=False)
        for minute, sums in told.items():
            for name, amount in sums.items():
                pipeline.hincrby(_key(minute), name, amount)
            pipeline.expire(_key(minute), (MINUTES + 5) * 60)
        try:
            pipeline.execute()
        except RedisError:
            with self._lock:
                for minute, sums in told.items():
                    self._waiting.setdefault(minute, Counter()).update(sums)
            raise

    def last_hour(self) -> list[Minute]:
        """Return sixty minutes, the last of which goes on. Raises RedisError."""
        now = self._clock()
        current = int(now // 60)
        numbers = range(current - MINUTES + 1, current + 1)
        pipeline = self._client().pipeline(transaction=False)
        for number in numbers:
            pipeline.hgetall(_key(number))
        return [
            Minute(
                number * 60,
                60.0 if number < current else max(1.0, now - current * 60),
                {name.decode(): int(amount) for name, amount in found.items()},
            )
            for number, found in zip(numbers, pipeline.execute(), strict=True)
        ]


def percentile(buckets: Mapping[str, int], share: float) -> float | None:
    """Return the seconds within which ``share`` of the waits were over, to about a tenth; None without any."""
    wanted = share * sum(buckets.values())
    seen = 0
    for bucket in sorted(map(int, buckets)):
        seen += buckets[str(bucket)]
        if seen >= wanted:
            return float(SHORTEST * 2 ** ((bucket - 0.5) / STEPS_PER_DOUBLING))
    return None


def _bucket(seconds: float) -> int:
    """Return the number of the bucket whose upper bound is the first that is not below ``seconds``."""
    number = math.ceil(math.log2(max(seconds, SHORTEST) / SHORTEST) * STEPS_PER_DOUBLING)
    return min(number, BUCKETS - 1)


def _key(minute: int) -> str:
    return f"ops:minute:{minute}"
