"""The cost of many workers that are merely there: renewals, the sums of the last hour, listening for commands.

At the pace of life, and spread as evenly as chance would spread them: a command for which Valkey wakes up costs it several
times as much as one of many in a row. The same connections are first left silent, which is what they cost by being open.
"""

from __future__ import annotations

import contextlib
import heapq
import random
import time
from typing import Any, Final

import redis

from bench.harness import meter

# By then every worker has counted the others, renews as often as among so many, and has begun to listen.
WARM: Final = 35.0
IDLE: Final = 20.0
SECONDS: Final = 60.0
FIGURES: Final = {"writing": 100, "watching": 100, "unsaved": 0, "lag_ms": 3, "blocked": 0}


class _Worker:
    """A worker that is there. Each method does one thing and returns the seconds until it is due again."""

    def __init__(self, url: str, number: int) -> None:
        from core.redis import Minutes
        from core.streams.cluster.heartbeat import Timing
        from core.streams.cluster.membership import Membership

        self._timing = Timing()
        self._redis = redis.Redis.from_url(url)
        name = f"host{number}-family{number}-1-{number:08x}"
        self._membership = Membership(
            self._redis, name, renew_every=self._timing.renew_every, expires_after=self._timing.dead_after
        )
        self._minutes = Minutes(lambda: self._redis)
        self._listener: Any = self._redis.connection_pool.make_connection()
        self._lists = (f"streams:stops:{name}", f"streams:forget:{name}")
        self._listens = False

    def connect(self) -> None:
        self._redis.ping()
        self._listener.connect()

    def renew(self) -> float:
        self._membership.renew(FIGURES)
        return self._membership.renew_every

    def publish(self) -> float:
        """Add what a hundred runs tell: streams, cost, requests, and waits in eight buckets."""
        for name in ("streams", "cost", "asked:deepseek"):
            self._minutes.add(name, 1000)
        for bucket in range(8):
            self._minutes.add(f"first:{bucket}", 3)
        self._minutes.publish()
        return max(self._timing.publish_every, 5 * self._membership.renew_every)

    def listen(self) -> float:
        from core.streams.cluster.stops import BLOCK_FOR

        if self._listens:
            self._listener.read_response()
        self._listener.send_command("BLPOP", *self._lists, BLOCK_FOR)
        self._listens = True
        return BLOCK_FOR + 0.2  # by then Valkey has answered

    def close(self) -> None:
        self._listener.disconnect()
        self._redis.close()


def measure(url: str, *, workers: int) -> dict[str, float]:
    """Return the share of a core that Valkey uses for so many workers, and how often they ask it."""
    with contextlib.ExitStack() as stack:
        client = stack.enter_context(redis.Redis.from_url(url))
        stack.callback(client.flushdb)
        valkey = [int(client.info("server")["process_id"])]
        everybody = [_Worker(url, number) for number in range(workers)]
        for worker in everybody:
            stack.callback(worker.close)
            worker.connect()
        before, since = meter.cpu_clock(valkey), time.monotonic()
        time.sleep(IDLE)
        idle = (meter.cpu_clock(valkey) - before) / (time.monotonic() - since)
        steps = (_Worker.renew, _Worker.publish, _Worker.listen)
        chance, began = random.Random(1), time.monotonic()
        due = [
            (began + chance.uniform(0, WARM), n, step) for n in range(workers) for step in range(len(steps))
        ]
        heapq.heapify(due)
        _work(due, everybody, steps, until=began + WARM)
        cpu, since = meter.cpu_clock(valkey), time.monotonic()
        asked = _work(due, everybody, steps, until=since + SECONDS)
        used, lasted = meter.cpu_clock(valkey) - cpu, time.monotonic() - since
    share = used / lasted
    return {
        "workers": workers,
        "round_trips": asked / lasted,
        "round_trip_us": (share - idle) * 1e6 / (asked / lasted),
        "idle_share_of_a_core": idle,
        "share_of_a_core": share,
    }


def _work(due: list[tuple[float, int, int]], everybody: list[_Worker], steps: Any, *, until: float) -> int:
    """Do what is due, in order, and return how often Valkey was asked."""
    asked = 0
    while due[0][0] < until:
        at, n, step = due[0]
        time.sleep(max(0.0, at - time.monotonic()))
        heapq.heapreplace(due, (at + steps[step](everybody[n]), n, step))
        asked += 1
    return asked
