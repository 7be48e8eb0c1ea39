"""A scripted provider and an author without a product, so that the streams are tested alone."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from core import streams
from core.llm.cancel import Cancel, Cancelled
from core.llm.events import Event, Hook
from core.llm.types import Prompt, ProviderError, Usage
from core.redis import client
from core.runtime import is_patched
from core.streams import Run
from core.streams.cluster.heartbeat import Timing
from core.streams.hub.active import Interrupt
from core.streams.node import StreamNode, install

# test_under_the_patch.py runs this folder once more, with an event loop. One file needs it; to the other, whose pages
# are read by the test itself in one thread, it makes no difference.
collect_ignore = ["test_renditions.py"] if is_patched() else ["test_detached.py"]


@dataclass
class Script:
    """A provider's answer. ``gate`` holds it before the piece number ``hold_at``."""

    pieces: list[str | Exception] = field(default_factory=lambda: ["가나다", " 라마바", " 사아자."])
    gate: threading.Event = field(default_factory=threading.Event)
    hold_at: int = 10**6
    refuse: ProviderError | None = None
    continues: bool = True
    usage: Usage = field(default_factory=lambda: Usage(10, 5))
    cost_micro: int = 0
    prompts: list[Prompt] = field(default_factory=list)
    closed: int = 0
    opened: threading.Event = field(default_factory=threading.Event)
    then: Script | None = None  # what it says when it is asked once more


class ScriptedStream:
    provider, model, finish_reason = "scripted", "m-1", "stop"

    def __init__(self, script: Script, prompt: Prompt, cancel: Cancel) -> None:
        self.script, self.cancel = script, cancel
        self.continues = script.continues
        self.usage = script.usage
        self.left = list(script.pieces)
        if prompt.prefix and script.continues:
            whole = "".join(p for p in script.pieces if isinstance(p, str))
            self.left = [whole[len(prompt.prefix) :]] if whole.startswith(prompt.prefix) else self.left
        self.said = 0
        cancel.on_set(script.gate.set)

    def read(self) -> str | None:
        if self.said == self.script.hold_at:
            assert self.script.gate.wait(20)
        if self.cancel.is_set():
            raise Cancelled
        if not self.left or self.left == [""]:
            return None
        self.said += 1
        piece = self.left.pop(0)
        if isinstance(piece, Exception):
            raise piece
        return piece

    def read_nowait(self) -> str | None:
        waits = self.said == self.script.hold_at and not self.script.gate.is_set()
        if self.cancel.is_set() or not self.left or isinstance(self.left[0], Exception):
            return None
        if waits:
            return ""
        return self.read()

    def close(self) -> None:
        self.script.closed += 1


class ScriptedRouter:
    def __init__(self, script: Script) -> None:
        self.script = script

    def open(
        self,
        prompt: Prompt,
        *,
        cancel: Cancel,
        own_key: str | None = None,
        on_event: Hook | None = None,
    ) -> ScriptedStream:
        if cancel.is_set():
            raise Cancelled
        self.script.prompts.append(prompt)
        self.script.opened.set()
        is_again = len(self.script.prompts) > 1 and self.script.then is not None
        script = self.script.then if is_again and self.script.then else self.script
        if on_event is not None:
            on_event(Event("ended", "scripted", "m-1", cost_micro=script.cost_micro))
        if script.refuse is not None:
            raise script.refuse
        return ScriptedStream(script, prompt, cancel)


class RecordingAuthor:
    def __init__(self) -> None:
        self.finished_runs: list[tuple[uuid.UUID, str]] = []
        self.gate = threading.Event()  # holds its answer to what is to be asked, when it is cleared
        self.gate.set()

    def prompt(self, run: Run) -> Prompt:
        assert self.gate.wait(20)
        return Prompt(system="s", messages=())

    def own_key(self, run: Run) -> str | None:
        return None

    def forget(self, subjects: Collection[uuid.UUID]) -> None:
        pass

    def finished(self, run: Run) -> None:
        self.finished_runs.append((run.id, run.status))


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def author() -> RecordingAuthor:
    return RecordingAuthor()


@contextmanager
def serving(made: StreamNode, *, start: bool = True) -> Iterator[StreamNode]:
    """Make ``made`` the node of this process, with its jobs, and end them afterwards."""
    before = install(made)
    if start:
        made.start()
    try:
        yield made
        for active in list(made.hub.active.values()):
            active.interrupt(Interrupt.HANDOVER)
        wait_until(lambda: not made.hub.active)
    finally:
        for channel in made.hub.channels():
            channel.subscribers.clear()  # of responses that the test left open
        made.close()
        install(before)
        connections.close_all()


def made_of(script: Script, author: RecordingAuthor, **parts: Any) -> StreamNode:
    """Return a node whose model answers with the script. It declares no worker dead: "elsewhere" in a test is no worker."""
    parts = {"timing": Timing(dead_after=10**6)} | parts
    return StreamNode(author=author, router=lambda: ScriptedRouter(script), **parts)


@pytest.fixture(autouse=True)
def served(transactional_db: None, script: Script, author: RecordingAuthor) -> Iterator[StreamNode]:
    """The node of this process."""
    client().flushdb()
    with serving(made_of(script, author)) as made:
        yield made


def no_redis() -> Redis:
    """Return a client of a Redis that can't be reached."""
    return Redis(port=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))


def new_run(subject: uuid.UUID | None = None) -> Run:
    run = streams.draft(subject=subject or uuid.uuid4(), now=datetime.now(UTC))
    run.save(force_insert=True)
    return run


def wait_until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Poll until the condition is true: it becomes so in another thread."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.01)):
        if condition():
            return
        pause.wait(0.01)
    raise AssertionError("it never happened")


def collect(response: object) -> list[bytes]:
    """Return the whole body of a streaming response as events."""
    body = b"".join(response)  # type: ignore[call-overload]
    response.close()  # type: ignore[attr-defined]
    return [part for part in body.split(b"\n\n") if part.strip(b":\n ")]
