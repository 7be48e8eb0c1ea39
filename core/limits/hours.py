"""Counters of readings by the hour: many people's in one small hash of the cache's Redis (docs/decisions/056).

Every counter belongs to one of a few groups, whose hours begin ten minutes apart, so that all counters of a hash end
with it. A counter is a field of eight bytes, made with SECRET_KEY of what is counted, and a number. Its share of
Redis is a sixth of what a key of its own takes, with a name and a time at which it expires.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from core.redis import Script
from core.redis.cache import cache_client
from core.security.crypto import fingerprint

SCRIPT: Final = Script(Path(__file__).with_name("hours.lua"))
HOUR: Final = 3600
GROUPS: Final = 6
FIELD_BYTES: Final = 8
# A window is kept for so many seconds longer: for workers whose clocks are behind.
LATE: Final = 5


@dataclass(frozen=True, slots=True)
class Counter:
    """One number that rises with each reading: ``name`` says of whom, ``limit`` how far in an hour."""

    name: str
    limit: int


@dataclass(frozen=True, slots=True)
class Window:
    """The use of one hour, or minute, by one key, and when it ends."""

    used: int
    limit: int
    resets_at: datetime

    @property
    def full(self) -> bool:
        return self.used >= self.limit

    @property
    def over(self) -> bool:
        return self.used > self.limit


def look(counters: Sequence[Counter], *, now: datetime) -> list[Window]:
    """Return the windows of these counters as they are. Raises RedisError or OSError."""
    return _step(counters, now, take=False)[1]


def take(counters: Sequence[Counter], *, now: datetime) -> tuple[bool, list[Window]]:
    """Count one reading in all of them, or in none if one is full: whether it was counted, and the windows before.

    One step for all workers. Raises RedisError or OSError.
    """
    return _step(counters, now, take=True)


def _step(counters: Sequence[Counter], now: datetime, *, take: bool) -> tuple[bool, list[Window]]:
    keys: list[str] = []
    args: list[int | bytes] = [int(take)]
    ends: list[datetime] = []
    for counter in counters:
        key, field, end = slot(counter.name, now=now)
        keys.append(key)
        ends.append(end)
        args += [field, counter.limit, int((end - now).total_seconds()) + LATE]
    taken, counts = SCRIPT.run(cache_client(), keys, args)
    windows = [
        Window(count, counter.limit, end) for counter, count, end in zip(counters, counts, ends, strict=True)
    ]
    return bool(taken), windows


def slot(name: str, *, now: datetime) -> tuple[str, bytes, datetime]:
    """Return the key of the window in which something is counted now, its field there, and when the window ends."""
    digest = bytes.fromhex(fingerprint(name, purpose="hour"))
    group = digest[0] % GROUPS
    late = group * HOUR // GROUPS
    number = (int(now.timestamp()) - late) // HOUR
    end = datetime.fromtimestamp((number + 1) * HOUR + late, tz=UTC)
    return f"limits:hour:{group}:{number}", digest[1 : 1 + FIELD_BYTES], end
