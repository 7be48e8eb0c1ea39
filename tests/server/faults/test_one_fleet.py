"""Faults that one running instance recovers from; these tests share it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import pytest

from tests.server.faults.browser import Visitor, finish
from tests.server.faults.fleet import Fleet, until
from tests.server.faults.test_workers import all_stored, begin

Trouble = Callable[[Fleet], None]


def redis_restarts(fleet: Fleet) -> None:
    fleet.valkey.stop()
    time.sleep(1)
    fleet.valkey.start()


def redis_does_not_answer(fleet: Fleet) -> None:
    fleet.valkey.signal(signal.SIGSTOP)
    time.sleep(3)
    fleet.valkey.signal(signal.SIGCONT)


def redis_is_read_only(fleet: Fleet) -> None:
    assert b"OK" in fleet.valkey.command("REPLICAOF", "127.0.0.1", "1")
    time.sleep(2)
    assert b"OK" in fleet.valkey.command("REPLICAOF", "NO", "ONE")


def redis_is_full(fleet: Fleet) -> None:
    assert b"OK" in fleet.valkey.command("CONFIG", "SET", "maxmemory", "1")
    time.sleep(2)
    assert b"OK" in fleet.valkey.command("CONFIG", "SET", "maxmemory", "0")


@pytest.mark.parametrize(
    "trouble", [redis_restarts, redis_does_not_answer, redis_is_read_only, redis_is_full]
)
def test_attached_browsers_see_everything_through_trouble_with_redis(steady: Fleet, trouble: Trouble) -> None:
    visitors = begin(steady, 20)
    trouble(steady)
    finish(visitors)
    all_stored(steady, visitors)
    assert all(visitor.connections == 1 for visitor in visitors)


def test_killed_database_backends_cost_nobody_a_byte(steady: Fleet) -> None:
    visitors = begin(steady, 20)
    for _ in range(5):
        steady.database.kill_backends()
        time.sleep(0.5)
    finish(visitors)
    all_stored(steady, visitors)


def test_leaving_is_not_stopping(steady: Fleet) -> None:
    (visitor,) = begin(steady, 1)
    visitor.ask_to_leave.set()
    visitor.join(60)
    until(lambda: steady.run_row(visitor.reading)["status"] == "done", "it is finished without anybody")
    again = Visitor(steady.instances, "", reading=visitor.reading, cookie=visitor.cookie)
    again.position, again.text, again.epoch = visitor.position, visitor.text, visitor.epoch
    again.start()
    finish([again])
    assert again.text.decode() == steady.run_row(visitor.reading)["text"]


def test_two_tabs_see_the_same(steady: Fleet) -> None:
    (visitor,) = begin(steady, 1)
    # Four streams of one reading are a visitor's at each worker, and one may get all of them.
    tabs = [Visitor(steady.instances, "", reading=visitor.reading, cookie=visitor.cookie) for _ in range(3)]
    for tab in tabs:
        tab.start()
    finish([visitor, *tabs])
    assert {tab.text for tab in tabs} == {visitor.text}


def test_a_stranger_sees_nothing(steady: Fleet) -> None:
    (instance,) = steady.instances
    (visitor,) = begin(steady, 1)
    for path in ("events", "stop", "retry", "regenerate"):
        method = "GET" if path == "events" else "POST"
        assert instance.request(method, f"/fortune/readings/{visitor.reading}/{path}").status == 404
    assert instance.get(f"/fortune/readings/{visitor.reading}.json")[0] == 404
    finish([visitor])
