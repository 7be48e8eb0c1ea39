"""Readings that arrive at one of many equal workers, event by event, and what the services behind them need.

The workers share nothing but the services, and arrivals are spread evenly over them, so one worker's fate is that of
all. Its processor serves running streams first (their tokens are a constant load while they run) and begins readings with
what is left, one after another.
"""

from __future__ import annotations

import heapq
import math
import random
from dataclasses import dataclass
from typing import Final

SECONDS: Final = 45.0  # a reading
RATE: Final = 30.0  # tokens a second
# Of a processor, what may be used so that a wave finds room.
BUSY: Final = 0.7
WAIT: Final = 1.0  # seconds until a reading begins, at p99
# The load that one server of a kind may carry; of Valkey one core, and the memory of a small machine.
LOG_MEMORY: Final = 2e9
# A mixed workload of short transactions on one PostgreSQL of sixteen cores, and the log that a good disk takes.
POSTGRESQL_CORES: Final = 16
WAL_PER_SECOND: Final = 200e6
# Dollars: on-demand prices of large providers in November 2026, rounded.
CORE_HOUR, GIGABYTE_HOUR, GIGABYTE_MONTH = 0.04, 0.005, 0.10


@dataclass(frozen=True, slots=True)
class Costs:
    """One reading's costs. ``begin`` and ``token`` in seconds of a worker's CPU."""

    begin: float
    token: float
    stored: float  # bytes, as `wal`, `log`
    wal: float
    log: float
    append: float  # seconds of Valkey for each flush of a run
    postgresql: float  # seconds of CPU
    log_after_end: float  # seconds that an ended log lives
    flush: float = 0.25


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker under load: how busy it is, and what those who arrive wait, in seconds."""

    busy: float
    wait_p50: float
    wait_p99: float
    running: float


def worker(costs: Costs, arrivals: float, *, seconds: float = 400.0, seed: int = 1) -> Worker:
    """Simulate one worker at which so many readings a second arrive, by chance; the first 100 s are left out."""
    chance = random.Random(seed)
    per_stream = RATE * costs.token
    running, peak_load, waits = 0, 0.0, []
    ends: list[float] = []
    now = free_at = 0.0
    busy = 0.0
    while now < seconds:
        now += chance.expovariate(arrivals)
        while ends and ends[0] <= now:
            heapq.heappop(ends)
            running -= 1
        left = max(0.02, 1.0 - running * per_stream)  # of the processor, for those who begin
        begun = max(now, free_at)
        free_at = begun + costs.begin / left
        running += 1
        heapq.heappush(ends, free_at + chance.lognormvariate(math.log(SECONDS) - 0.02, 0.2))
        if now > 100:
            waits.append(free_at - now)
            busy += costs.begin
            peak_load = max(peak_load, running * per_stream)
    waits.sort()
    used = busy / (seconds - 100) + min(1.0, arrivals * SECONDS * per_stream)
    return Worker(used, waits[len(waits) // 2], waits[int(len(waits) * 0.99)], arrivals * SECONDS)


@dataclass(frozen=True, slots=True)
class Need:
    """The needs of so many readings at once, in bytes and seconds; ``first`` is the part that reaches its bound first."""

    at_once: int
    starts: float
    workers: int
    wait_p99: float
    log_bytes: float
    log_cores: float
    log_servers: int
    postgresql_cores: float
    wal: float
    stored_a_day: float
    databases: int
    first: str
    dollars_a_minute: float


def need(costs: Costs, at_once: int) -> Need:
    """Return what so many readings at once need; how many a worker carries is found by simulation."""
    starts = at_once / SECONDS
    each = _most_arrivals(costs)
    workers = math.ceil(starts / each)
    found = worker(costs, starts / workers)
    log_bytes = starts * (SECONDS / 2 + costs.log_after_end) * costs.log
    log_cores = at_once / costs.flush * costs.append
    database, wal = starts * costs.postgresql, starts * costs.wal
    shares = {
        "workers' CPU": starts / each / 2,  # of the two that one machine has
        "memory for logs": log_bytes / LOG_MEMORY,
        "Valkey's core": log_cores / BUSY,
        "PostgreSQL's CPU": database / POSTGRESQL_CORES / BUSY,
        "PostgreSQL's log": wal / WAL_PER_SECOND,
    }
    log_servers = math.ceil(max(shares["memory for logs"], shares["Valkey's core"]))
    databases = math.ceil(max(shares["PostgreSQL's CPU"], shares["PostgreSQL's log"]))
    stored = starts * 86_400 * costs.stored
    hour = (workers + log_servers + databases * POSTGRESQL_CORES) * CORE_HOUR
    hour += (workers * 1.0 + log_servers * LOG_MEMORY / 1e9 + databases * 64) * GIGABYTE_HOUR
    month = stored * 30 / 1e9 * GIGABYTE_MONTH
    return Need(
        at_once,
        starts,
        workers,
        found.wait_p99,
        log_bytes,
        log_cores,
        log_servers,
        database,
        wal,
        stored,
        databases,
        max(shares, key=lambda name: shares[name]),
        hour / 60 + month / 43_200,
    )


def _most_arrivals(costs: Costs) -> float:
    """Return how many readings a second one worker begins while it stays within ``BUSY`` and ``WAIT``."""
    low, high = 0.01, BUSY / (costs.begin + SECONDS * RATE * costs.token)
    for _ in range(12):
        middle = (low + high) / 2
        found = worker(costs, middle)
        is_fine = found.busy <= BUSY and found.wait_p99 <= WAIT
        low, high = (middle, high) if is_fine else (low, middle)
    return low
