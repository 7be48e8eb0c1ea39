"""The logs lie on several servers: one of them dies, another is added, one is taken away, under running readings."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest

from tests.server.faults.browser import Visitor, births, finish
from tests.server.faults.fleet import HOLDS, PATIENCE, Fleet, Valkey, until
from tests.server.faults.test_workers import all_stored, begin, hurry, written_by


@pytest.fixture
def three() -> Iterator[list[Valkey]]:
    servers = [Valkey() for _ in range(3)]
    yield servers
    for server in servers:
        server.stop()


def urls(servers: list[Valkey]) -> str:
    return ",".join(server.url for server in servers)


def logs_on(server: Valkey) -> set[str]:
    """Return the readings whose log is on this server."""
    return {key.decode().split(":")[2] for key in server.keys("streams:*:log")}


def test_a_log_server_that_dies_is_noticed_by_its_own_readings_alone(
    fleet: Fleet, three: list[Valkey]
) -> None:
    first = fleet.start(DEEPSEEK_MODEL=HOLDS, WEB_CONCURRENCY="1", REDIS_LOG_URLS=urls(three))
    second = fleet.start(DEEPSEEK_MODEL=HOLDS, WEB_CONCURRENCY="1", REDIS_LOG_URLS=urls(three))
    visitors = begin(fleet, 12)  # all of them on the first instance
    for server in three:  # which of them has a log is for its random id to say
        if not logs_on(server):
            visitors += begin_until(fleet, server)
    held = [logs_on(server) for server in three]
    assert all(held) and sum(map(len, held)) == len(visitors)  # each has some, and none has another's
    # A tab of each on the instance that does not write has its text from the log.
    tabs = [Visitor([second], "", reading=v.reading, cookie=v.cookie) for v in visitors]
    for tab in tabs:
        tab.start()
    assert all(tab.first.wait(PATIENCE) for tab in tabs)
    three[0].stop()
    until(lambda: "log: server unreachable" in first.log.read_text(), "its writer notices")
    time.sleep(4)  # so long all others go on without it
    fleet.provider.hurry()
    finish([*visitors, *tabs])
    all_stored(fleet, visitors, HOLDS)
    all_stored(fleet, tabs, HOLDS)  # of the dead server's from the database, at the end
    assert all(visitor.connections == 1 for visitor in visitors)
    spared = [tab for tab in tabs if tab.reading.replace("-", "") not in held[0]]
    assert max(tab.longest_gap for tab in spared) < 3
    # It comes back empty, and takes the logs of what is begun from now on.
    three[0].start()
    later = begin_until(fleet, three[0])
    fleet.provider.hurry()
    finish(later)
    all_stored(fleet, later, HOLDS)


def begin_until(fleet: Fleet, server: Valkey) -> list[Visitor]:
    """Begin readings until the server has the log of one."""
    begun: list[Visitor] = []
    for birth in births(30, year=1990):
        visitor = Visitor(fleet.instances, birth)
        visitor.start()
        begun.append(visitor)
        assert visitor.first.wait(PATIENCE)
        if visitor.reading.replace("-", "") in logs_on(server):
            return begun
    raise AssertionError("no log on a server that is back")


@pytest.mark.parametrize("is_added", [True, False], ids=["added", "removed"])
def test_readings_go_on_while_the_list_of_log_servers_changes(
    fleet: Fleet, three: list[Valkey], is_added: bool
) -> None:
    before, after = (three[:2], three) if is_added else (three, three[:2])
    # As a deployment does it: first every worker learns the list that is to come, then it becomes the list.
    settings = {"DEEPSEEK_MODEL": HOLDS, "WEB_CONCURRENCY": "1"}
    old = fleet.start(REDIS_LOG_URLS=urls(before), REDIS_LOG_URLS_ALSO=urls(after), **settings)
    new = fleet.start(REDIS_LOG_URLS=urls(after), REDIS_LOG_URLS_ALSO=urls(before), **settings)
    visitors = begin(fleet, 12)  # all of them on the old instance
    # Tabs on an instance with the other list: the old one's runs are read by the new one, and the reverse.
    tabs = [Visitor([new], "", reading=v.reading, cookie=v.cookie) for v in visitors]
    begun_later = [Visitor([new], f"1980-02-{day:02}") for day in range(1, 9)]
    for one in (*tabs, *begun_later):
        one.start()
    assert all(one.first.wait(PATIENCE) for one in (*tabs, *begun_later))
    more = [Visitor([old, new], "", reading=v.reading, cookie=v.cookie) for v in begun_later]
    for tab in more:
        tab.start()
    assert all(tab.first.wait(PATIENCE) for tab in more)
    count = written_by(fleet, old)
    old.signal(signal.SIGTERM)  # hands over what it can't finish
    until(lambda: old.process.poll() is not None, "the old instance has left")
    hurry(fleet, writing=20, taken_over=count)
    everybody = [*visitors, *tabs, *begun_later, *more]
    finish(everybody)
    all_stored(fleet, everybody, HOLDS)
    assert all(one.resets == 0 and not one.faults for one in everybody)
    assert any(fleet.run_row(v.reading)["fence"] > 1 for v in visitors)
