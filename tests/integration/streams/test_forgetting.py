"""Subjects that were deleted while their texts are written and watched."""

from __future__ import annotations

import threading

from core import streams
from core.redis import client
from core.streams import Run
from core.streams.log.client import Tail
from core.streams.node import node
from tests.integration.streams.conftest import (
    RecordingAuthor,
    Script,
    made_of,
    new_run,
    no_redis,
    serving,
    wait_until,
)


def held(script: Script) -> Run:
    """Begin a run whose provider waits after the first piece of text, with somebody who watches it."""
    script.hold_at = 1
    run = new_run()
    streams.start(run)
    wait_until(lambda: (c := node().hub.channel(run.subject)) and c.data)
    node().hub.subscribe(run.subject, threading.Event())
    return run


def test_a_text_that_is_deleted_while_it_is_written_leaves_nothing(script: Script) -> None:
    run = held(script)
    channel = node().hub.channel(run.subject)
    Run.objects.filter(id=run.id).delete()
    streams.forget([run.subject])
    wait_until(lambda: run.subject not in node().hub.active)
    assert script.closed == 1, "nothing more is paid for"
    assert channel is not None and channel.is_closing, "who watches is sent away"
    assert node().hub.channel(run.subject) is None
    assert node().log.tail([(run.subject, 1, 0)]) == [Tail(0, b"", b"")]


def test_another_worker_forgets_what_it_writes_and_shows(script: Script, author: RecordingAuthor) -> None:
    with serving(made_of(script, author)) as other:
        run = held(script)
        channel = other.hub.channel(run.subject)
        Run.objects.filter(id=run.id).delete()
        client().zadd("streams:expiring", {other.worker: 10**15})  # as its heartbeat does
        with serving(made_of(script, author)) as this:
            this.forget([run.subject])
        wait_until(lambda: run.subject not in other.hub.active)
        assert channel is not None and channel.is_closing
        assert not client().exists(f"streams:forget:{other.worker}")


def test_without_redis_this_process_forgets_all_the_same(script: Script, author: RecordingAuthor) -> None:
    with serving(made_of(script, author, redis=no_redis())):
        run = held(script)
        Run.objects.filter(id=run.id).delete()
        streams.forget([run.subject])
        wait_until(lambda: run.subject not in node().hub.active)
        assert node().hub.channel(run.subject) is None
