"""Random schedules: whatever happens at whatever moment, a browser ends with exactly the stored text.

Schedules are drawn from the test's parameter: a failure is repeated by its number. In each a
run is written while browsers come, leave in the middle of a byte stream, and come back (to this process or
through the log, as to another one); the producer's worker may be killed or paused, the person may press stop.
"""

from __future__ import annotations

import json
import random
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.test import RequestFactory

from core import streams
from core.llm.cancel import Cancel
from core.llm.events import Hook
from core.llm.types import Prompt, ProviderError
from core.redis import client
from core.runtime import spawn
from core.streams import Author, Run, Status
from core.streams.cluster.heartbeat import Timing
from core.streams.hub.active import Interrupt
from core.streams.node import StreamNode, node
from core.streams.production.model_request import Router
from tests.integration.streams.conftest import (
    RecordingAuthor,
    Script,
    ScriptedStream,
    new_run,
    serving,
    wait_until,
)

WORDS = ("가나다 ", "one ", "五行", "🙂", "é", "\n\n", "글이 이어집니다. ", "x")


class Browser:
    """An EventSource: cut anywhere, it processes whole events only, and sends the last id when it reconnects."""

    def __init__(self, subject: uuid.UUID, chance: random.Random, server: StreamNode) -> None:
        self.subject, self.chance, self.server = subject, chance, server
        self.position: str | None = chance.choice([None, None, "nonsense", "9-0", "1-999999", "0-0"])
        self.text, self.epoch, self.offset = b"", 0, 0
        self.heard = (0, -1)  # the last event id on this connection
        self.ended = ""
        self.faults: list[str] = []

    def run(self) -> None:
        end = time.monotonic() + 20
        while not self.ended and time.monotonic() < end:
            self._connect(self.chance.choice([0, 3, 40, 150, 400, 10**9]))
            time.sleep(0.01)
        if not self.ended:
            self.faults.append("never ended")

    def _connect(self, patience: int) -> None:
        run = streams.current(self.subject)
        answer = self.server.event_response(RequestFactory().get("/"), run=run, position=self.position)
        connections.close_all()
        if answer.status_code == 204:
            self.ended = "204"
            return
        received, self.heard = b"", (0, -1)
        try:
            for part in answer:
                received += part
                if len(received) > patience:
                    received = received[:patience]  # the connection breaks here, in the middle of anything
                    break
        finally:
            answer.close()
        for event in received.split(b"\n\n")[:-1]:
            self._take(dict(line.split(b": ", 1) for line in event.split(b"\n") if b": " in line))

    def _take(self, event: dict[bytes, bytes]) -> None:
        if b"id" in event:
            self.position = event[b"id"].decode()
        name = event.get(b"event")
        if b"id" in event and name != b"done":  # an end says the last text's again
            before, self.heard = self.heard, tuple(map(int, event[b"id"].split(b"-")))
            if self.heard <= before:
                self.faults.append(f"{self.heard} after {before} on one connection")
        if name == b"reset":
            self.epoch, self.offset, self.text = int(event[b"id"].split(b"-")[0]), 0, b""
        elif name == b"text":
            epoch, offset = map(int, event[b"id"].split(b"-"))
            new = json.loads(event[b"data"])["text"].encode()
            if self.epoch and epoch != self.epoch:
                self.faults.append(f"epoch {epoch} after {self.epoch} without a reset")
            if offset <= self.offset or offset != self.offset + len(new):
                self.faults.append(f"{offset} after {self.offset} with {len(new)} bytes")
            self.epoch, self.offset = epoch, offset
            self.text += new
        elif name in (b"done", b"failed"):
            self.ended = name.decode()


@contextmanager
def two_nodes(author: Author, router: Router) -> Iterator[tuple[StreamNode, StreamNode]]:
    """Give the node of this process, which writes, and another, which can only read the log and the database."""
    here, elsewhere = (
        StreamNode(author=author, router=lambda: router, timing=Timing(dead_after=10**6)) for _ in range(2)
    )
    elsewhere.start()
    try:
        with serving(here):
            yield here, elsewhere
    finally:
        elsewhere.close()


class Many:
    """A router that answers each subject's prompt with a script of its own."""

    def __init__(self) -> None:
        self.scripts: dict[object, Script] = {}

    def open(
        self,
        prompt: Prompt,
        *,
        cancel: Cancel,
        own_key: str | None = None,
        on_event: Hook | None = None,
    ) -> ScriptedStream:
        return ScriptedStream(self.scripts[prompt.inputs], prompt, cancel)


class AuthorOfMany(RecordingAuthor):
    def prompt(self, run: Run) -> Prompt:
        return Prompt(system="s", messages=(), inputs=run.subject)


def drawn(chance: random.Random) -> Script:
    """Draw a text in pieces, one per flush; now and then it breaks off, or can't be continued by another worker."""
    pieces: list[str | ProviderError] = [chance.choice(WORDS) for _ in range(chance.randint(5, 40))]
    if chance.random() < 0.2:
        pieces.insert(chance.randrange(len(pieces)), ProviderError("connect", "scripted"))
    return Script(pieces=pieces, continues=chance.random() < 0.7)


def kill(subject: uuid.UUID) -> None:
    """Kill the worker: nothing that it still does has an effect, and another takes its run over."""
    if writing := node().hub.active.get(subject):
        writing.fence()  # dead: no text of it is accepted any more
        pause(subject)


def pause(subject: uuid.UUID) -> None:
    """Declare the worker dead while it writes on: the log and the row refuse it, and its browsers are cut off."""
    writing = node().hub.active.pop(subject, None)
    if writing is None:
        return
    node().hub.close(writing.channel)  # it was another process
    if (run := Run.objects.get(id=writing.run_id)).is_live:
        node().producer.resume(run)


def hand_over(subject: uuid.UUID) -> None:
    """Drain the worker: it hands its runs over to the next one, which starts when it has ended."""
    if writing := node().hub.active.get(subject):
        writing.interrupt(Interrupt.HANDOVER)


def hand_over_as_stop_comes(subject: uuid.UUID) -> None:
    """Hand over and stop at once: in either order the run is stopped, by this worker or the next."""
    hand_over(subject)
    stop(subject)


def stop(subject: uuid.UUID) -> None:
    streams.stop(subject=subject, now=datetime.now(UTC))


def lose_log(subject: uuid.UUID) -> None:
    """Restart Redis, empty."""
    client().flushdb()


def nothing(subject: uuid.UUID) -> None:
    pass


TROUBLES: tuple[Callable[[uuid.UUID], None], ...] = (
    nothing,
    kill,
    kill,
    pause,
    stop,
    lose_log,
    hand_over,
    hand_over,
    hand_over_as_stop_comes,
)


class Schedule:
    """One run, its browsers and its faults."""

    def __init__(self, seed: str, many: Many, servers: Sequence[StreamNode]) -> None:
        self.chance = random.Random(seed)
        self.script = drawn(self.chance)
        self.run = new_run()
        many.scripts[self.run.subject] = self.script
        streams.start(self.run)
        self.browsers = [
            Browser(self.run.subject, random.Random(f"{seed}-{i}"), servers[i % 2]) for i in range(3)
        ]
        self.jobs = [spawn("browser", browser.run) for browser in self.browsers]
        self.jobs.append(spawn("trouble", self.trouble))

    def trouble(self) -> None:
        for trouble in self.chance.choices(TROUBLES, k=self.chance.randint(1, 3)):
            time.sleep(self.chance.random() * 0.4)
            trouble(self.run.subject)
            connections.close_all()  # eight may be held at a time
        end = time.monotonic() + 20
        while (run := Run.objects.get(id=self.run.id)).is_live and time.monotonic() < end:
            if (
                run.subject not in node().hub.active
            ):  # its worker died between two steps: the heartbeat's work
                node().producer.resume(run)
            connections.close_all()
            time.sleep(0.1)

    def check(self, author: RecordingAuthor) -> None:
        for job in self.jobs:
            assert job.join(30)
            assert job.error is None
        wait_until(lambda: not Run.objects.get(id=self.run.id).is_live, 20)
        wait_until(lambda: self.run.subject not in node().hub.active)
        saved = Run.objects.get(id=self.run.id)
        assert [browser.faults for browser in self.browsers if browser.faults] == []
        for browser in self.browsers:
            assert (browser.epoch or saved.epoch, browser.text.decode()) == (saved.epoch, saved.text)
        assert [end for end in author.finished_runs if end[0] == saved.id] == [(saved.id, saved.status)]
        whole = "".join(piece for piece in self.script.pieces if isinstance(piece, str))
        assert saved.text == whole if saved.status == Status.DONE else whole.startswith(saved.text)
        tail = node().log.tail([(saved.subject, saved.epoch, 0)])[0]
        assert not tail.epoch or tail.data.decode() == saved.text


@pytest.mark.parametrize("seed", range(8))
def test_everybody_ends_with_the_stored_text(seed: int) -> None:
    many, author = Many(), AuthorOfMany()
    with two_nodes(author, many) as servers:
        schedules = [Schedule(f"{seed}-{number}", many, servers) for number in range(12)]
        for schedule in schedules:
            schedule.check(author)
