"""The bytes times minutes that readings keep in Valkey, by what they are."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import redis

EVERY: Final = 1.0
# Keys of workers that are merely there, and of no reading.
OF_WORKERS: Final = (b"streams:worker", b"streams:master", b"streams:expiring", b"streams:sweeper", b"ops:")


@contextmanager
def watched(url: str) -> Iterator[Counter[str]]:
    """Count kilobyte-minutes: ``running`` logs, ``ended`` logs, and ``else``, which is limits, sessions and the cache.

    Keys that are left at the end are counted for as long as they will live.
    """
    found: Counter[str] = Counter()
    over = threading.Event()
    with redis.Redis.from_url(url) as client:

        def watch() -> None:
            at = time.monotonic()
            while not over.wait(EVERY):
                since, at = at, time.monotonic()
                for kind, size, _ in _keys(client):
                    found[kind] += size / 1000 * (at - since) / 60

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield found
        finally:
            over.set()
            watcher.join()
        for kind, size, left in _keys(client):
            found[kind] += size / 1000 * left / 60


def _keys(client: redis.Redis) -> Iterator[tuple[str, int, float]]:
    """Yield each key's kind, its bytes, and the seconds for which it will live."""
    keys = [key for key in client.scan_iter(count=1000) if not key.startswith(OF_WORKERS)]
    pipeline = client.pipeline(transaction=False)
    for key in keys:
        pipeline.memory_usage(key)
        pipeline.pttl(key)
        is_log = key.startswith(b"streams:{")
        pipeline.hexists(key.rpartition(b":")[0] + b":meta", "end") if is_log else pipeline.echo("")
    answers = iter(pipeline.execute())
    for key, size, left, has_ended in zip(keys, answers, answers, answers, strict=True):
        kind = ("ended" if has_ended else "running") if key.startswith(b"streams:{") else "else"
        yield kind, size or 0, max(0.0, left / 1000)
