"""A scripted provider and an author of nothing in particular, so that the streams are tested alone."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from django.db import connections

from core import redis
from core.llm.cancel import Cancel, Cancelled
from core.llm.types import Prompt, ProviderError, Usage
from core.runtime import is_patched
from core.streams import Run
from core.streams.cluster import lifecycle
from core.streams.hub import hub
from core.streams.production import question, states

# What needs an event loop: test_under_the_patch.py runs this folder with one.
collect_ignore = [] if is_patched() else ["test_kept.py"]


@dataclass
class Script:
    """What the provider will say; ``gate`` holds it before the piece of that number."""

    pieces: list[str | ProviderError] = field(default_factory=lambda: ["가나다", " 라마바", " 사아자."])
    gate: threading.Event = field(default_factory=threading.Event)
    hold_at: int = 10**6
    refuse: ProviderError | None = None
    continues: bool = True
    usage: Usage = field(default_factory=lambda: Usage(10, 5))
    prompts: list[Prompt] = field(default_factory=list)
    closed: int = 0


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
        if isinstance(piece, ProviderError):
            raise piece
        return piece

    def take(self) -> str | None:
        waits = self.said == self.script.hold_at and not self.script.gate.is_set()
        if self.cancel.is_set() or not self.left or isinstance(self.left[0], ProviderError):
            return None
        if waits:
            return ""
        return self.read()

    def close(self) -> None:
        self.script.closed += 1


class ScriptedRouter:
    def __init__(self, script: Script) -> None:
        self.script = script

    def open(self, prompt: Prompt, *, cancel: Cancel, own_key: str | None = None) -> ScriptedStream:
        if cancel.is_set():
            raise Cancelled
        self.script.prompts.append(prompt)
        if self.script.refuse is not None:
            raise self.script.refuse
        return ScriptedStream(self.script, prompt, cancel)


class RecordingAuthor:
    def __init__(self) -> None:
        self.finished_runs: list[tuple[uuid.UUID, str]] = []

    def prompt(self, run: Run) -> Prompt:
        return Prompt(system="s", messages=())

    def own_key(self, run: Run) -> str | None:
        return None

    def finished(self, run: Run) -> None:
        self.finished_runs.append((run.id, run.status))


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    script = Script()
    monkeypatch.setattr(question, "get_router", lambda: ScriptedRouter(script))
    return script


@pytest.fixture
def author(monkeypatch: pytest.MonkeyPatch) -> RecordingAuthor:
    author = RecordingAuthor()
    monkeypatch.setattr("core.streams.production.author._author", author)
    return author


@pytest.fixture(autouse=True)
def clean_redis(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    redis.client().flushdb()
    # A test's "elsewhere" is dead to the keeper, which would inherit from it in the middle of the test.
    monkeypatch.setattr(lifecycle, "_sweep", lambda: None)
    lifecycle.start_worker()  # a worker's batcher runs before anything is written; here any test may be the first
    yield
    for writing in list(hub.active_runs.values()):
        writing.interrupt("handover")
    wait_until(lambda: not hub.active_runs)
    for channel in hub.all_channels():
        channel.subscribers.clear()  # of answers that the test left open: nobody need follow them
    connections.close_all()


def new_run(subject: uuid.UUID | None = None) -> Run:
    run = states.draft(subject=subject or uuid.uuid4(), now=datetime.now(UTC))
    run.save(force_insert=True)
    return run


def wait_until(condition: Callable[[], object], seconds: float = 10) -> None:
    """Poll, because the thing awaited happens in another thread."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.01)):
        if condition():
            return
        pause.wait(0.01)
    raise AssertionError("it never happened")


def collect(response: object) -> list[bytes]:
    """The whole body of a streaming response, as events."""
    body = b"".join(response)  # type: ignore[call-overload]
    response.close()  # type: ignore[attr-defined]
    return [part for part in body.split(b"\n\n") if part.strip(b":\n ")]
