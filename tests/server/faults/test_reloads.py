"""SIGHUP: the old workers stay until their last reading has ended, the new ones serve meanwhile."""

from __future__ import annotations

import signal

import pytest

from tests.server.faults.browser import Visitor, births, finish
from tests.server.faults.fleet import PATIENCE, Fleet, Instance, until
from tests.server.faults.test_workers import begin

# Ten minutes of text, unless the provider is told to hurry: longer than all these reloads take.
ENDLESS = "deepseek-chat@delay=0.2,interval=0.1,count=6000"
PATIENT = {"AI_TOTAL_TIMEOUT": "900", "WEB_CONCURRENCY": "1"}


def reload(instance: Instance) -> None:
    """Send SIGHUP and wait for the new worker. It answers all requests from now on."""
    known = set(instance.workers())
    instance.signal(signal.SIGHUP)
    until(lambda: set(instance.workers()) - known, "a new worker is there")


# Eleven workers start, one after another; each wait for one has a deadline of its own.
@pytest.mark.timeout(900)
@pytest.mark.parametrize("worker_class", ["gevent", "gthread"])
def test_ten_reloads_in_a_row_break_no_reading(fleet: Fleet, worker_class: str) -> None:
    instance = fleet.start(DEEPSEEK_MODEL=ENDLESS, WORKER_CLASS=worker_class, GRACEFUL_TIMEOUT="5", **PATIENT)
    first = set(instance.workers())
    visitors = begin(fleet, 3)
    for birth in births(10, 1970):
        reload(instance)
        visitors.append(Visitor(fleet.instances, birth))
        visitors[-1].start()
        assert visitors[-1].first.wait(PATIENCE), (
            f"{visitors[-1].refused}: {instance.log.read_text()[-3000:]}"
        )
    assert first <= set(instance.workers())  # the oldest of eleven generations still writes
    fleet.provider.hurry()
    finish(visitors)
    assert {visitor.connections for visitor in visitors} == {1}
    assert [visitor.refused for visitor in visitors if visitor.refused] == []
    for visitor in visitors:
        row = fleet.run_row(visitor.reading)
        assert (row["status"], row["text"].encode()) == ("done", visitor.text)
    # No new worker has taken over what an old one was still writing.
    assert fleet.database.query("SELECT max(fence) FROM streams_run") == [(1,)]
    until(lambda: len(instance.workers()) == 1, "the old workers are gone")


@pytest.mark.parametrize("worker_class", ["gevent", "gthread"])
def test_a_stop_in_the_middle_of_reloads_keeps_its_grace(fleet: Fleet, worker_class: str) -> None:
    instance = fleet.start(
        DEEPSEEK_MODEL=ENDLESS, WORKER_CLASS=worker_class, GRACEFUL_TIMEOUT="20", **PATIENT
    )
    visitors = begin(fleet, 3)
    reload(instance)  # the master waits for the old worker now, for the whole grace
    instance.signal(signal.SIGHUP)
    instance.signal(signal.SIGTERM)
    fleet.start(DEEPSEEK_MODEL=ENDLESS, **PATIENT)
    assert instance.process.wait(PATIENCE) == 0
    assert "SIGKILL" not in instance.log.read_text()
    until(
        lambda: fleet.database.query("SELECT count(*) FROM streams_run WHERE fence > 1") == [(3,)],
        "the readings are handed over",
    )
    stats = fleet.provider.wait_for(lambda s: s["attempts"] == 6)  # only what is being answered hurries
    assert stats["attempts"] == 6
    fleet.provider.hurry()
    finish(visitors)
