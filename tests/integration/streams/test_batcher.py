"""The batcher serves all runs of a process: a failed flush must lose the text of none of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from uuid import uuid4

import pytest
from django.conf import settings

from core import streams
from core.llm.cancel import Cancel
from core.redis import client
from core.streams import Run, Status
from core.streams.hub.active import ActiveRun, Interrupt
from core.streams.hub.channel import Channel
from core.streams.log.client import Append, Log
from core.streams.log.server import LogServer
from core.streams.node import node
from core.streams.production.batcher import (
    FULL_LOAD,
    FULL_LOAD_OF_PAGES,
    LONGEST,
    LONGEST_FOR_PAGES,
    SHORTEST,
    Batcher,
)
from tests.integration.streams.conftest import RecordingAuthor, Script, made_of, new_run, serving, wait_until
from tests.integration.streams.test_writing import ended


class Failing(Log):
    """A log that fails with the next append once ``fails_next`` is set."""

    fails_next = threading.Event()

    def append(self, batch: Sequence[Append]) -> list[int]:
        if self.fails_next.is_set():
            self.fails_next.clear()
            raise ZeroDivisionError
        return super().append(batch)


@pytest.fixture
def failing(served: object, script: Script, author: RecordingAuthor) -> Iterator[Failing]:
    log = Failing([LogServer(settings.REDIS_URL, client())])
    with serving(made_of(script, author, log=log)):
        yield log


def has(run: Run, text: str) -> bool:
    channel = node().hub.channel(run.subject)
    return channel is not None and bytes(channel.data) == text.encode()


def test_a_run_that_ends_while_the_flush_fails_is_saved_all_the_same(
    script: Script, failing: Failing
) -> None:
    script.pieces, script.hold_at = ["가", "나", "다"], 2
    first, second = new_run(), new_run()
    for run in (first, second):
        streams.start(run)
    wait_until(lambda: has(first, "가나") and has(second, "가나"))
    failing.fails_next.set()
    node().hub.active[first.subject].interrupt(Interrupt.STOP)  # opens the gate for the other one as well
    assert (ended(first).status, ended(first).text) == (Status.STOPPED, "가나")
    assert (ended(second).status, ended(second).text) == (Status.DONE, "가나다")
    assert not failing.fails_next.is_set()


def test_text_of_a_flush_that_failed_goes_out_with_the_next(script: Script, failing: Failing) -> None:
    script.pieces, script.hold_at = ["가", "나", "다"], 1
    run = new_run()
    streams.start(run)
    wait_until(lambda: has(run, "가"))
    failing.fails_next.set()
    script.hold_at = 2
    script.gate.set()
    script.gate.clear()
    wait_until(lambda: not failing.fails_next.is_set() and has(run, "가나"))  # though no more comes for now
    script.gate.set()
    assert ended(run).text == "가나다"


def test_the_interval_grows_with_the_number_of_runs_up_to_a_quarter_of_a_second() -> None:
    hub = node().hub
    batcher = Batcher(hub, node().log)
    assert batcher.interval() == SHORTEST
    found = []
    for number in range(FULL_LOAD * 2):
        subject = uuid4()
        hub.active[subject] = ActiveRun(Channel(subject, 1), run_id=subject, cancel=Cancel())
        found.append(batcher.interval())
        if number == FULL_LOAD // 2 - 1:
            assert found[-1] == pytest.approx((SHORTEST + LONGEST) / 2)
    hub.active.clear()
    assert found == sorted(found)
    assert found[FULL_LOAD - 1 :] == [LONGEST] * (FULL_LOAD + 1)


def test_the_interval_is_longer_while_nobody_is_sent_text_as_it_comes() -> None:
    hub = node().hub
    batcher = Batcher(hub, node().log)
    assert batcher.interval_now() == SHORTEST
    actives = []
    for _ in range(FULL_LOAD_OF_PAGES):
        subject, page = uuid4(), threading.Event()
        active = hub.active[subject] = ActiveRun(
            hub.add(Channel(subject, 1), page), run_id=subject, cancel=Cancel()
        )
        actives.append((active.channel, page))
    assert batcher.interval_now() == LONGEST_FOR_PAGES
    channel, subscriber = actives[-1][0], threading.Event()
    hub.subscribe(channel.subject, subscriber)
    hub.mark_plain(channel, subscriber)
    assert batcher.interval_now() == batcher.interval() < LONGEST
    other = threading.Event()
    hub.replace(channel, subscriber, other)
    assert batcher.interval_now() == batcher.interval()
    hub.unsubscribe(channel, other)
    assert batcher.interval_now() == LONGEST_FOR_PAGES
    hub.active.clear()
    for channel, page in actives:
        hub.unsubscribe(channel, page)
