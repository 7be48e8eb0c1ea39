"""Workers die, sleep, drain and restart under running readings; nobody loses or doubles a byte."""

from __future__ import annotations

import os
import signal
import statistics
import time

import pytest

from tests.server.faults.browser import Visitor, births, finish
from tests.server.faults.fleet import HOLDS, PATIENCE, SLOW, Fleet, Instance, until


def begin(fleet: Fleet, count: int, **more: object) -> list[Visitor]:
    visitors = [Visitor(fleet.instances, birth) for birth in births(count)]
    for visitor in visitors:
        visitor.start()
        time.sleep(0.02)
    for visitor in visitors:
        assert visitor.first.wait(PATIENCE), visitor.refused
    return visitors


def writers(fleet: Fleet) -> list[tuple[int, int]]:
    """Return the processes that write readings, and how many each of them, the busiest first."""
    rows = fleet.database.query(
        "SELECT worker, count(*) FROM streams_run WHERE status = 'writing' GROUP BY worker ORDER BY 2 DESC"
    )
    return [(int(worker.rsplit("-", 2)[1]), count) for worker, count in rows]


def written_by(fleet: Fleet, instance: Instance) -> int:
    """Return how many readings this instance writes."""
    workers = instance.workers()
    return sum(count for pid, count in writers(fleet) if pid in workers)


def hurry(fleet: Fleet, *, writing: int, taken_over: int = 0) -> None:
    """Wait until the provider writes so many texts, some of them after a takeover, and have it send the rest at once."""
    taken = "SELECT count(*) FROM streams_run WHERE fence > 1"
    until(lambda: fleet.database.query(taken)[0][0] >= taken_over, "the takeovers")
    stats = fleet.provider.wait_for(lambda s: s["open"] == writing, PATIENCE)
    assert stats["open"] == writing, stats
    fleet.provider.hurry()


def all_stored(fleet: Fleet, visitors: list[Visitor], model: str = SLOW) -> None:
    """Check that every guest saw the stored text to its end, and that it is the provider's whole text."""
    whole = max(len(v.text) for v in visitors)
    for visitor in visitors:
        row = until(
            lambda v=visitor: (r := fleet.run_row(v.reading))["status"] == "done" and r, "it is stored"
        )
        assert row["text"].encode() == visitor.text
        assert len(visitor.text) == whole
        assert visitor.end is not None
        name, data = visitor.end
        if name == "204":  # it had the whole text when its worker died, and another had ended the run since
            continue
        # A run taken over after its last byte asks a model that has nothing to add, and names only whom.
        assert (name, data["status"], data["provider"]) == ("done", "done", "deepseek")
        assert data["model"] in (model, "")


def test_a_killed_workers_readings_are_continued_by_another(fleet: Fleet) -> None:
    fleet.start(DEEPSEEK_MODEL=HOLDS)
    visitors = begin(fleet, 40)
    pid, count = writers(fleet)[0]
    os.kill(pid, signal.SIGKILL)
    hurry(fleet, writing=40, taken_over=count)
    finish(visitors)
    all_stored(fleet, visitors, HOLDS)
    assert any(visitor.connections > 1 for visitor in visitors)
    assert all(visitor.resets == 0 for visitor in visitors)
    # Within fifteen seconds text flows again for everybody.
    assert max(visitor.longest_gap for visitor in visitors) < 15


def test_a_paused_worker_that_wakes_up_late_writes_nothing(fleet: Fleet) -> None:
    fleet.start(DEEPSEEK_MODEL=HOLDS)
    visitors = begin(fleet, 12)
    asleep, count = writers(fleet)[0]
    os.kill(asleep, signal.SIGSTOP)
    # Until then the provider has two connections for each of these: the sleeping worker's and the other's.
    stats = fleet.provider.wait_for(lambda s: s["open"] == 12 + count, PATIENCE)
    assert stats["open"] == 12 + count, stats
    os.kill(asleep, signal.SIGCONT)
    hurry(fleet, writing=12, taken_over=count)
    finish(visitors)
    all_stored(fleet, visitors, HOLDS)


def test_an_instance_that_is_taken_away_hands_its_readings_over(fleet: Fleet) -> None:
    # More text than the half of its grace that a leaving instance lets runs end in.
    first = fleet.start(DEEPSEEK_MODEL=HOLDS)
    fleet.start(DEEPSEEK_MODEL=HOLDS)
    visitors = begin(fleet, 20)  # on the first instance, as long as it is not too busy
    count = written_by(fleet, first)
    first.signal(signal.SIGTERM)
    assert first.process.wait(PATIENCE) == 0
    hurry(fleet, writing=20, taken_over=count)
    finish(visitors)
    all_stored(fleet, visitors, HOLDS)
    assert any(visitor.connections > 1 for visitor in visitors)  # those it could not finish in its grace


def test_readings_are_stopped_from_another_instance_within_a_second(fleet: Fleet) -> None:
    fleet.start(DEEPSEEK_MODEL=HOLDS, WEB_CONCURRENCY="1")
    visitors = begin(fleet, 5)  # all of them on the first instance
    other = fleet.start(WEB_CONCURRENCY="1")
    tabs = [Visitor([other], "", reading=visitor.reading, cookie=visitor.cookie) for visitor in visitors]
    for tab in tabs:
        tab.start()
    assert all(tab.first.wait(PATIENCE) for tab in tabs)
    assert fleet.provider.stats()["open"] == 5
    seconds = []
    for number, (visitor, tab) in enumerate(zip(visitors, tabs, strict=True), 1):
        asked = time.monotonic()
        answer = other.request("POST", f"/fortune/readings/{visitor.reading}/stop", cookie=visitor.cookie)
        assert answer.status == 204
        until(lambda v=visitor, t=tab: v.end and t.end, "both browsers are told")
        told = time.monotonic()
        stats = fleet.provider.wait_for(lambda s, n=number: s["aborted"] == n)
        assert (stats["aborted"], stats["open"]) == (number, 5 - number)  # this one's connection is closed
        seconds.append(max(told, stats["aborted_at"]) - asked)
        row = fleet.run_row(visitor.reading)
        assert (row["status"], row["text"].encode()) == ("stopped", visitor.text)
        assert visitor.text == tab.text != b""
    finish([*visitors, *tabs])
    assert {v.end[1]["status"] for v in [*visitors, *tabs] if v.end} == {"stopped"}
    # The middle one of five: on a busy machine any of them may be held up.
    assert statistics.median(seconds) < 1, seconds


@pytest.mark.parametrize("worker_class", ["gevent", "gthread"])
def test_a_double_click_is_one_reading(fleet: Fleet, worker_class: str) -> None:
    instance = fleet.start(DEEPSEEK_MODEL=SLOW, WORKER_CLASS=worker_class)
    session = instance.answer("POST", "/fortune/api/streaming/", {"birth_date": "nonsense"})
    assert session.status == 422
    first = Visitor(fleet.instances, "1990-05-15", token="press-0")
    first.start()
    assert first.first.wait(PATIENCE)
    same = [Visitor(fleet.instances, "1985-01-01", token="press-1", cookie=first.cookie) for _ in range(4)]
    for visitor in same:
        visitor.start()
    finish([first, *same])
    assert len({visitor.reading for visitor in same}) == 1
    assert len({visitor.text for visitor in same}) == 1
    assert fleet.database.query("SELECT count(*) FROM fortune_reading")[0][0] == 2


def test_past_the_bound_visitors_are_sent_away_at_once_and_the_rest_still_answers(fleet: Fleet) -> None:
    instance = fleet.start(DEEPSEEK_MODEL=HOLDS, MAX_STREAMS="3", WEB_CONCURRENCY="1")
    visitors = begin(fleet, 3)
    form = {"birth_date": "1999-09-09", "gender": "male"}
    refused = instance.request("POST", "/fortune/api/streaming/", form)
    assert refused.status == 503
    assert 1 <= int(refused.headers["Retry-After"]) <= 10
    assert refused.json()["error"]["code"] == "busy"
    assert instance.get("/healthz")[0] == 200
    assert instance.get("/accounts/login/")[0] == 200
    assert instance.get(f"/fortune/readings/{visitors[0].reading}.json", visitors[0].cookie)[0] == 200
    for visitor in visitors:
        path = f"/fortune/readings/{visitor.reading}/stop"
        assert instance.request("POST", path, cookie=visitor.cookie).status == 204
    finish(visitors)
    assert {visitor.end[1]["status"] for visitor in visitors if visitor.end} == {"stopped"}


def test_one_hundred_streams_on_one_worker_hold_no_connection(fleet: Fleet) -> None:
    instance = fleet.start(DEEPSEEK_MODEL=HOLDS, WEB_CONCURRENCY="1")
    visitors = begin(fleet, 100)
    stats = fleet.provider.wait_for(lambda s: s["streams"] == 100, PATIENCE)
    assert stats["streams"] == 100  # all at once, on one worker
    assert len(instance.workers()) == 1
    busy = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    # The heartbeat uses a connection for a moment now and then; a stream that held one would hold it to its end.
    until(lambda: fleet.database.query(busy) == [(0,)], "no connection is held")
    assert fleet.database.connections() <= 8  # the pool's size
    assert instance.get("/readyz")[0] == 200  # and the pool has a connection to give at once
    fleet.provider.hurry()
    finish(visitors)
    for visitor in visitors:
        assert fleet.run_row(visitor.reading)["text"].encode() == visitor.text


@pytest.mark.parametrize("provider", ["deepseek", "gemini"])
def test_the_same_code_serves_on_threads(fleet: Fleet, provider: str) -> None:
    fleet.start(
        WORKER_CLASS="gthread",
        AI_PROVIDERS=provider,
        # Silent for longer than a thread waits before it looks whether its browser is still there.
        DEEPSEEK_MODEL="deepseek-chat@delay=1.5,interval=0.05,count=20",
        GEMINI_API_KEY="for-tests",
        GEMINI_BASE_URL=fleet.provider.url,
        GEMINI_MODEL="gemini-2.5-flash@delay=1.5,interval=0.05,count=20",
        WEB_CONCURRENCY="3",
    )
    visitors = [Visitor(fleet.instances, birth) for birth in births(20)]
    for visitor in visitors:
        visitor.start()
    finish(visitors)
    assert {visitor.connections for visitor in visitors} == {1}
    for visitor in visitors:
        row = until(lambda v=visitor: (r := fleet.run_row(v.reading))["status"] == "done" and r, "stored")
        assert row["text"].encode() == visitor.text != b""
