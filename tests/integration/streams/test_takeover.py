"""Two workers in one process: when one dies, the other continues its runs, and nobody loses a byte."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from core import streams
from core.streams import Run, Status
from core.streams.cluster.heartbeat import Timing
from core.streams.hub.channel import Position
from core.streams.node import StreamNode, node
from tests.integration.streams.conftest import (
    RecordingAuthor,
    Script,
    made_of,
    new_run,
    serving,
    wait_until,
)
from tests.integration.streams.test_writing import names, open_events, texts

HASTY = Timing(beat_every=0.05, renew_every=0.1, dead_after=0.4, sweep_every=3600)


@pytest.fixture
def survivor(served: StreamNode, script: Script, author: RecordingAuthor) -> Iterator[StreamNode]:
    other = made_of(script, author, timing=HASTY)
    other.start()
    yield other
    wait_until(lambda: not other.hub.active)
    other.close()


def die(node: StreamNode) -> None:
    """Stop the node at once with its runs active, as a killed process does."""
    node.close()
    for active in list(node.hub.active.values()):
        active.fence()  # no text that it still holds reaches the log or a browser
    for channel in node.hub.channels():
        channel.close()  # its connections break


def test_a_dead_workers_run_is_continued_by_another_one(
    survivor: StreamNode, script: Script, author: RecordingAuthor
) -> None:
    script.hold_at = 2
    with serving(made_of(script, author, timing=HASTY)) as first:
        run = new_run()
        assert run.worker == first.worker != survivor.worker
        streams.start(run)
        wait_until(lambda: (c := first.hub.channel(run.subject)) and len(c.data) == 19)
        wait_until(lambda: first.worker in survivor.membership.figures())
        # A page of each worker watches.
        before = iter(open_events(run))  # type: ignore[call-overload]
        next(before)
        seen = texts([next(before)])
        die(first)
        script.gate.set()
        wait_until(lambda: not Run.objects.get(id=run.id).is_live)
    saved = Run.objects.get(id=run.id)
    assert (saved.status, saved.worker, saved.fence) == (Status.DONE, survivor.worker, 2)
    assert saved.text == "가나다 라마바 사아자."
    assert script.prompts[-1].prefix == seen == "가나다 라마바"
    assert author.finished_runs == [(run.id, "done")]
    # Its browser comes back, to the survivor, and gets exactly the rest.
    with serving(survivor):
        rest = b"".join(open_events(saved, "1-19"))  # type: ignore[call-overload]
    events = [part for part in rest.split(b"\n\n") if b"event" in part]
    assert Position.parse("1-19") == Position(1, len(seen.encode()))
    assert texts(events) == " 사아자."
    assert names(events) == ["text", "done"]


def test_a_stop_reaches_the_worker_that_writes(
    survivor: StreamNode, script: Script, author: RecordingAuthor
) -> None:
    script.hold_at = 1
    run = new_run()
    streams.start(run)
    wait_until(script.opened.is_set)
    survivor.stop_run(subject=run.subject, now=run.created_at)
    wait_until(lambda: not Run.objects.get(id=run.id).is_live)
    assert Run.objects.get(id=run.id).status == Status.STOPPED


def test_a_worker_that_drains_hands_its_run_over(
    survivor: StreamNode, script: Script, author: RecordingAuthor
) -> None:
    script.hold_at = 1
    with serving(made_of(script, author, timing=HASTY)) as first:
        run = new_run()
        streams.start(run)
        wait_until(lambda: (c := first.hub.channel(run.subject)) and c.data)
        wait_until(lambda: first.worker in survivor.membership.figures())
        first.drain(seconds=0)
        script.gate.set()
        wait_until(lambda: not Run.objects.get(id=run.id).is_live)
    saved = Run.objects.get(id=run.id)
    assert (saved.status, saved.worker, saved.text) == (Status.DONE, survivor.worker, "가나다 라마바 사아자.")


def test_a_full_worker_does_not_look_for_a_dead_ones_runs(
    script: Script, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.MAX_STREAMS = 1
    script.hold_at = 1
    run, orphan = new_run(), new_run()
    Run.objects.filter(id=orphan.id).update(worker="gone")
    streams.start(run)
    wait_until(script.opened.is_set)
    with django_assert_num_queries(0):
        node().takeover.take_over_from("gone")
    script.gate.set()
    wait_until(lambda: not node().hub.active)
    node().takeover.take_over_from("gone")
    wait_until(lambda: not Run.objects.get(id=orphan.id).is_live)
    assert Run.objects.get(id=orphan.id).status == Status.DONE
