"""A stop ends any wait at once and closes the provider's socket, whatever was being waited for."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable

import pytest

from core.llm.cancel import Cancel, Cancelled
from core.llm.types import TextStream
from tests.fakes.fake import FakeProvider
from tests.integration.llm.conftest import Made, ask, read_all

FORMS = ["openai", "gemini"]
LONG = {"connect": 30.0, "first_token": 30.0, "idle": 30.0, "total": 60.0}


class Waiting:
    """A call that waits in a thread of its own."""

    def __init__(self, wait: Callable[[], object]) -> None:
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(wait,), daemon=True)
        self._thread.start()

    def _run(self, wait: Callable[[], object]) -> None:
        try:
            wait()
        except BaseException as error:
            self.error = error

    def join(self) -> None:
        self._thread.join(20)
        assert not self._thread.is_alive(), "it still waits"


def stopped(waiting: Waiting, stop: Callable[[], None]) -> None:
    """Stop the call and check that the stop ended it: every deadline is 30 seconds away."""
    stop()
    waiting.join()
    assert isinstance(waiting.error, Cancelled)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("chaos", ["no_headers", "silence", "stall", "keepalive"])
def test_a_cancel_ends_the_wait_for_a_provider(make: Made, fake: FakeProvider, form: str, chaos: str) -> None:
    cancel = Cancel()
    provider = make.of(form, f"chaos={chaos},at=2")
    waiting = Waiting(lambda: read_all(ask(provider, cancel=cancel, **LONG)))
    fake.wait_for(lambda stats: stats["streams"] == 1)
    stopped(waiting, cancel.set)
    stats = fake.wait_for(lambda stats: stats["open"] == 0)
    assert (stats["open"], stats["streams"]) == (0, 0)


def test_a_cancel_ends_a_connect(deaf: str) -> None:
    cancel = Cancel()
    provider = Made(deaf).deepseek()
    connecting = threading.Event()
    waiting = Waiting(lambda: (connecting.set(), ask(provider, cancel=cancel, **LONG)))
    connecting.wait(5)
    time.sleep(0.1)  # let the SYN leave; earlier is right too, only not what is meant here
    stopped(waiting, cancel.set)
    assert provider.pool.in_use == 0


def test_a_cancel_ends_a_handshake() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        cancel = Cancel()
        provider = Made(f"https://127.0.0.1:{mute.getsockname()[1]}").deepseek()
        waiting = Waiting(lambda: ask(provider, cancel=cancel, **LONG))
        accepted, _ = mute.accept()
        with accepted:
            assert accepted.recv(4096)
            stopped(waiting, cancel.set)


@pytest.mark.parametrize("form", FORMS)
def test_a_close_from_another_thread_ends_a_read(make: Made, fake: FakeProvider, form: str) -> None:
    stream = ask(make.of(form, "chaos=stall,at=2"), **LONG)
    assert stream.read()
    waiting = Waiting(stream.read)
    time.sleep(0.05)
    stopped(waiting, stream.close)
    assert fake.wait_for(lambda stats: stats["open"] == 0)["open"] == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_stream_nobody_reads_is_closed_as_well(make: Made, fake: FakeProvider, form: str) -> None:
    stream = ask(make.of(form, "interval=0.01,count=10000"))
    stream.close()
    stream.close()
    assert fake.wait_for(lambda stats: stats["open"] == 0)["aborted"] == 1
    with pytest.raises(Cancelled):
        stream.read()


def test_a_cancel_that_came_first_sends_nothing(make: Made, fake: FakeProvider) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        ask(make.deepseek(), cancel=cancel)
    assert fake.stats()["attempts"] == 0


def test_closing_at_any_moment_loses_no_connection(make: Made, fake: FakeProvider) -> None:
    provider = make.deepseek("interval=0.001,count=60", limit=4)
    for wait in range(40):
        stream: TextStream = ask(provider)
        waiting = Waiting(lambda stream=stream: read_all(stream))
        time.sleep(wait * 0.002)
        stream.close()
        waiting.join()
        assert waiting.error is None or isinstance(waiting.error, Cancelled)
    assert provider.pool.in_use == 0
    assert fake.wait_for(lambda stats: stats["open"] <= 1)["open"] <= 1


def test_a_wish_to_stop_is_told_once_and_can_be_taken_back() -> None:
    cancel, calls = Cancel(), []
    forget = cancel.on_set(lambda: calls.append("forgotten"))
    cancel.on_set(lambda: calls.append("kept"))
    forget()
    cancel.set()
    cancel.set()
    cancel.on_set(lambda: calls.append("late"))
    assert calls == ["kept", "late"]
    assert cancel.is_set()
    assert cancel.wait(0)
