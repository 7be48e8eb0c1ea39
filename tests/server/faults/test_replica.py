"""Lists of readings come from a replica that streams, and are never older than what the primary has."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from core.db.replica import BEHIND_FOR
from tests.server.faults.middle import PgBouncer
from tests.server.faults.standby import Pair
from tests.server.harness import Live
from tests.server.processes import until
from tests.server.visitor import BIRTH, Visitor

HISTORY = "/fortune/history/"
LISTS = (HISTORY, f"{HISTORY}?q=a", f"{HISTORY}statistics/", f"{HISTORY}export/")
READING = re.compile(r"/fortune/readings/([0-9a-f-]{36})/")


@pytest.fixture(scope="module")
def pair(services: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    made = Pair(tmp_path_factory.mktemp("pair"))
    yield made
    made.end()


@pytest.fixture(scope="module")
def started() -> dict[str, Live]:
    return {}


@pytest.fixture(params=["gevent", "gthread"])
def live(
    request: pytest.FixtureRequest, serve: Callable[..., Live], pair: Pair, started: dict[str, Live]
) -> Live:
    """A server with one worker and a replica, which has served other tests."""
    kind = request.param
    if kind not in started:
        started[kind] = serve(
            DATABASE_URL=pair.url,
            DATABASE_REPLICA_URL=f"{pair.replica_url}?application_name={kind}",
            DATABASE_POOL_SIZE="4",
            WORKER_CLASS=kind,
            WEB_CONCURRENCY="1",
            RATELIMIT_ENABLE="false",
            COUNT_VISITORS="false",
        )
    return started[kind]


@pytest.fixture
def visitor(live: Live) -> Visitor:
    """A guest with one reading, which is done, and which the replica shows."""
    visitor = Visitor(live)
    begin(visitor)
    until(lambda: by_replica(live, visitor, HISTORY))
    return visitor


def begin(visitor: Visitor, birth_date: str = "1990-05-15") -> str:
    """Begin a reading, follow it to its end, and return its id."""
    address = visitor.post("/fortune/", BIRTH | {"birth_date": birth_date}).headers["Location"]
    assert visitor.get(f"{address}events").status_code == 200
    found = READING.search(address)
    assert found
    return found[1]


def answers(live: Live) -> dict[str, int]:
    """Return how many lists there were, by who has answered or why the replica was not asked."""
    found = re.findall(r'fortune_replica_reads_total\{answer="(\w+)"\} (\d+)', live.get("/metrics").text)
    return {answer: int(number) for answer, number in found}


def more(live: Live, before: dict[str, int]) -> dict[str, int]:
    """Return the answers since ``before``."""
    return {
        answer: number - before.get(answer, 0)
        for answer, number in answers(live).items()
        if number > before.get(answer, 0)
    }


def by_replica(live: Live, visitor: Visitor, path: str) -> bool:
    """Ask for a list, and return whether the replica has answered all of it."""
    before = answers(live)
    assert visitor.get(path).status_code == 200
    return more(live, before).keys() == {"replica"}


def history(visitor: Visitor) -> set[str]:
    answer = visitor.get(HISTORY)
    assert answer.status_code == 200
    return set(READING.findall(answer.text))


def exported(visitor: Visitor) -> set[str]:
    return {row["id"] for row in json.loads(visitor.get(f"{HISTORY}export/").content)["readings"]}


def elsewhere(visitor: Visitor) -> Visitor:
    """Return the same person on another device, which knows nothing of what this one has done."""
    other = Visitor(visitor.live)
    other.session.cookies.set("guest", visitor.session.cookies["guest"])
    return other


def test_each_list_is_read_from_the_replica(live: Live, visitor: Visitor, pair: Pair) -> None:
    scans = "SELECT sum(coalesce(idx_scan, 0) + seq_scan) FROM pg_stat_user_tables WHERE relname IN ('fortune_reading', 'streams_run')"
    before = pair.ask_standby(scans)
    for path in LISTS:
        until(lambda path=path: by_replica(live, visitor, path))
    until(lambda: pair.ask_standby(scans) > before)
    assert history(visitor) == exported(visitor) and len(history(visitor)) == 1


def test_nothing_is_missing_and_nothing_deleted_comes_back_while_the_replica_is_behind(
    live: Live, visitor: Visitor, pair: Pair
) -> None:
    (old,) = history(visitor)
    other = elsewhere(visitor)
    before = answers(live)
    pair.hold_back()
    try:
        new = begin(visitor, "1991-06-16")
        assert history(visitor) == history(other) == {old, new}
        assert visitor.post(f"{HISTORY}{old}/delete/").status_code == 302
        for device in (visitor, other):
            assert history(device) == exported(device) == {new}
            assert old not in device.get(f"{HISTORY}?kind=full").text
        # As staff deletes it, or another site's worker: nobody's browser has asked for it.
        live.query("DELETE FROM streams_run")
        live.query("DELETE FROM fortune_reading")
        assert history(visitor) == history(other) == exported(visitor) == set()
        assert more(live, before)["behind"] >= 1
        # The replica has all of it still: a list of its own would be the lie.
        assert pair.ask_standby(f"SELECT count(*) FROM fortune_reading WHERE id = '{old}'") == 1
    finally:
        pair.let_go()
    until(lambda: by_replica(live, visitor, HISTORY))
    assert history(visitor) == set()
    assert live.logs().count("replica: left alone") == live.logs().count("replica: answers again") >= 1


def test_a_replica_that_is_killed_costs_nothing_and_is_used_again_when_it_is_back(
    live: Live, visitor: Visitor, pair: Pair
) -> None:
    mine, before = history(visitor), answers(live)
    pair.kill_standby()
    try:
        for _ in range(3):
            assert history(visitor) == exported(visitor) == mine
        found = more(live, before)
        assert found["away"] >= 1
        assert found["left_alone"] > found["away"], "it is not asked again by each list"
        assert live.get("/readyz").status == 200
    finally:
        pair.start_standby()
    until(lambda: by_replica(live, visitor, HISTORY))
    assert history(visitor) == mine


def test_a_replica_that_hangs_holds_nobody_up(live: Live, visitor: Visitor, pair: Pair) -> None:
    mine, before = history(visitor), answers(live)
    found: list[set[str]] = []

    def look(device: Visitor) -> None:
        found.append(history(device))

    with pair.hanging():
        threads = [threading.Thread(target=look, args=(elsewhere(visitor),)) for _ in range(20)]
        for thread in threads:
            thread.start()
        begun = begin(
            visitor, "1992-07-17"
        )  # the primary's pool, half of which begins readings, is not used up
        for thread in threads:
            thread.join(240)
        assert len(found) == 20 and all(mine <= seen for seen in found)
        assert history(visitor) == mine | {begun}
        assert more(live, before)["away"] >= 1
    until(lambda: by_replica(live, visitor, HISTORY))
    assert history(visitor) == mine | {begun}


def test_the_replicas_pool_is_bounded_and_its_time_out_is_no_error(
    live: Live, visitor: Visitor, pair: Pair
) -> None:
    mine = history(visitor)
    found: list[set[str]] = []
    threads = [threading.Thread(target=lambda: found.append(history(elsewhere(visitor)))) for _ in range(40)]
    for thread in threads:
        thread.start()
    most = 0
    kind = live.environ["WORKER_CLASS"]
    users = f"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{kind}'"
    while any(thread.is_alive() for thread in threads):
        most = max(most, pair.ask_standby(users))
    assert found == [mine] * 40
    assert 1 <= most <= 4


def test_lists_come_from_the_replica_through_poolers_in_transaction_mode(
    serve: Callable[..., Live], pair: Pair
) -> None:
    """Each has two connections for everybody, so that a list's statements come by whichever is free."""
    with ExitStack() as ending:
        poolers = [PgBouncer(url) for url in (pair.url, pair.replica_url)]
        for pooler in poolers:
            ending.callback(pooler.end)
        live = serve(
            DATABASE_URL=poolers[0].url,
            DATABASE_REPLICA_URL=poolers[1].url,
            DATABASE_POOL_SIZE="8",
            RATELIMIT_ENABLE="false",
            COUNT_VISITORS="false",
        )
        ending.callback(live.stop)
        visitor = Visitor(live)
        made = begin(visitor)
        for path in LISTS:
            until(lambda path=path: by_replica(live, visitor, path))
        found: list[set[str]] = []
        threads = [
            threading.Thread(target=lambda: found.append(history(elsewhere(visitor)))) for _ in range(20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(240)
        assert found == [{made}] * 20
        pair.hold_back()
        try:
            new = begin(visitor, "1991-06-16")
            assert history(visitor) == exported(visitor) == {made, new}
        finally:
            pair.let_go()
        until(lambda: by_replica(live, visitor, HISTORY))
        poolers[1].stop()
        assert history(visitor) == exported(visitor) == {made, new}, "the primary answers"
        poolers[1].start()
        until(lambda: by_replica(live, visitor, HISTORY))
        assert history(visitor) == {made, new}


@pytest.mark.parametrize("wrong", ["the primary", "another database"])
def test_an_address_of_no_replica_is_told_and_never_read(
    serve: Callable[..., Live], pair: Pair, wrong: str
) -> None:
    ours, given = (pair.url, pair.url) if wrong == "the primary" else (pair.another(), pair.replica_url)
    live = serve(DATABASE_URL=ours, DATABASE_REPLICA_URL=given, RATELIMIT_ENABLE="false")
    visitor = Visitor(live)
    made = begin(visitor)
    for _ in range(3):
        time.sleep(BEHIND_FOR)  # it is tried again
        assert history(visitor) == exported(visitor) == {made}
    found = answers(live)
    assert "replica" not in found and found["behind"] >= 2
    assert "is no replica of DATABASE_URL" in live.manage("doctor")
    live.stop()
