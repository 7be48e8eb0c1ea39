"""The primary of Redis fails, Sentinel promotes its replica, and running readings go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.server.faults.browser import Visitor, births, finish
from tests.server.faults.fleet import PATIENCE, until
from tests.server.faults.test_workers import all_stored, begin
from tests.server.faults.watched import WatchedFleet, WatchedRedis

# Longer than any failover: the test itself ends it.
MODEL = "deepseek-chat@delay=0.2,interval=0.1,count=1500"


@pytest.fixture
def fleet() -> Iterator[WatchedFleet]:
    made = WatchedFleet()
    try:
        yield made
    finally:
        made.end()


@pytest.mark.parametrize("trouble", [WatchedRedis.kill, WatchedRedis.switch])
def test_readings_survive_a_failover(fleet: WatchedFleet, trouble: Callable[[WatchedRedis], None]) -> None:
    same = {"DEEPSEEK_MODEL": MODEL, "WEB_CONCURRENCY": "1"}
    first, second = fleet.start(**same), fleet.start(**same)
    visitors = begin(fleet, 20)
    trouble(fleet.redis)
    fleet.redis.wait_for_the_second()
    until(lambda: first.get("/readyz")[0] == 200 == second.get("/readyz")[0], "both caches answer")
    # A browser that connects to the other instance now reads what the first has logged in the new primary.
    tabs = [Visitor([second], "", reading=v.reading, cookie=v.cookie) for v in visitors[:5]]
    for tab in tabs:
        tab.start()
    assert all(tab.first.wait(PATIENCE) for tab in tabs)
    assert fleet.database.query("SELECT DISTINCT status FROM streams_run") == [("writing",)]
    # Stop commands go through the new primary as well.
    stopped = Visitor([first], births(21)[-1])
    stopped.start()
    assert stopped.first.wait(PATIENCE)
    path = f"/fortune/readings/{stopped.reading}/stop"
    assert second.request("POST", path, cookie=stopped.cookie).status == 204
    until(lambda: stopped.end, "it is stopped")
    fleet.provider.hurry()
    finish([*visitors, *tabs, stopped])
    assert stopped.end is not None and stopped.end[1]["status"] == "stopped"
    all_stored(fleet, visitors, MODEL)
    assert [tab.text for tab in tabs] == [visitor.text for visitor in visitors[:5]]
    # No connection broke, no text began anew, and no worker was declared dead.
    assert {(v.connections, v.resets) for v in [*visitors, *tabs]} == {(1, 0)}
    assert fleet.database.query("SELECT max(fence) FROM streams_run") == [(1,)]
