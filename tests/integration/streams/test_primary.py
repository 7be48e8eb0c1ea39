"""Workers follow Sentinel to another primary one after the other; nobody is called dead meanwhile."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from core.redis import connect
from core.streams import Run
from core.streams.cluster.heartbeat import Timing
from core.streams.cluster.membership import WORKERS, Membership
from tests.integration.streams.conftest import RecordingAuthor, Script, made_of, new_run, wait_until
from tests.server.faults.fleet import Valkey

WRITER = "there-bbbbbbbb-2-2"


class Named:
    """Stands for the sentinels behind the one method that redis-py asks, and names the server it was given."""

    def __init__(self, server: Valkey) -> None:
        self.server = server

    def discover_master(self, name: str) -> tuple[str, int]:
        return "127.0.0.1", self.server.port

    @contextlib.contextmanager
    def client(self) -> Iterator[Redis]:
        made = connect("redis://primary/0", seconds=1)
        made.connection_pool.proxy.sentinel_manager = self
        try:
            yield made
        finally:
            made.connection_pool.disconnect()


@pytest.fixture
def first(settings: Any, tmp_path: Path) -> Iterator[Valkey]:
    settings.REDIS_SENTINELS = [("unused", 1)]
    server = Valkey("--dir", str(tmp_path))
    yield server
    server.stop()


@pytest.fixture
def second(first: Valkey, tmp_path: Path) -> Iterator[Valkey]:
    """A replica of the first."""
    server = Valkey("--dir", str(tmp_path), "--replicaof", "127.0.0.1", str(first.port))
    with Redis(port=server.port) as replica:
        wait_until(lambda: replica.info("replication")["master_link_status"] == "up")
    yield server
    server.stop()


@pytest.fixture
def promoted(second: Valkey) -> Iterator[Redis]:
    """A client of the second; ``replicaof("NO", "ONE")`` promotes it, and the first lives on."""
    with Redis(port=second.port) as client:
        yield client


def test_nobody_is_called_dead_before_all_have_followed_to_a_new_primary(
    first: Valkey, second: Valkey, promoted: Redis, script: Script, author: RecordingAuthor
) -> None:
    sentinels = Named(first)
    # Keys live longer than the test takes; time passes by the heartbeat's own argument.
    timing = Timing(renew_every=2, dead_after=60)
    run = new_run()
    Run.objects.filter(id=run.id).update(worker=WRITER)
    with (
        sentinels.client() as redis,
        Named(first).client() as of_the_writer,
        contextlib.closing(made_of(script, author, redis=redis, timing=timing)) as here,
    ):
        there = Membership(of_the_writer, WRITER, renew_every=2, expires_after=60)

        def fence_at(now: float) -> int:
            there.renew({})
            here.heartbeat.beat(now)
            return Run.objects.get(id=run.id).fence

        assert {fence_at(now) for now in range(1000, 1100, 2)} == {1}
        wait_until(lambda: promoted.exists(f"streams:worker:{WRITER}"))
        promoted.replicaof("NO", "ONE")
        # The writer renews its key in the former primary; in the new one it expires.
        promoted.delete(f"streams:worker:{WRITER}")
        promoted.zadd(WORKERS, {WRITER: 0})
        sentinels.server = second
        here.membership.follow()
        assert {fence_at(now) for now in range(1100, 1221, 2)} == {1}
        # A worker that has not followed in all that time is dead.
        wait_until(lambda: fence_at(1222) == 2)
        here.start()  # the run that was taken over ends
        wait_until(lambda: not here.hub.active)


def test_a_worker_follows_to_the_primary_that_is_named_though_its_connection_lives(
    first: Valkey, second: Valkey, promoted: Redis, script: Script, author: RecordingAuthor
) -> None:
    sentinels = Named(first)
    timing = Timing(beat_every=0.05, renew_every=0.1, dead_after=60)
    with (
        sentinels.client() as redis,
        contextlib.closing(made_of(script, author, redis=redis, timing=timing)) as node,
    ):
        node.start()
        wait_until(lambda: promoted.exists(f"streams:worker:{node.worker}"))
        promoted.replicaof("NO", "ONE")
        promoted.flushall()
        sentinels.server = second
        wait_until(lambda: promoted.exists(f"streams:worker:{node.worker}"))
