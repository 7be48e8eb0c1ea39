"""What a browser's socket carries when text is sent without waking up whoever serves it."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.streams import response
from core.streams.channel import Channel, End, Reader
from core.streams.response import _Events

FRAMING = {"HTTP/1.1": True, "HTTP/1.0": False}
pieces = st.builds(
    lambda text, times: text * times, st.text('가 b\n"\\😀', min_size=1, max_size=4), st.integers(1, 400)
)
texts = st.lists(pieces, min_size=1, max_size=20)


class Connection:
    """A server's and a browser's end. The server writes a body as gunicorn does; the browser keeps all it gets.

    ``narrow``: little fits on the way, and the browser begins to read when all has been said.
    """

    def __init__(self, protocol: str, *, narrow: bool) -> None:
        self.chunked = FRAMING[protocol]
        self.server, self.browser = socket.socketpair()
        self.reads = threading.Event()
        if narrow:
            self.server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
        else:
            self.reads.set()
        self.environ = {"gunicorn.socket": self.server, "SERVER_PROTOCOL": protocol}
        self.got = b""

    def serve(self, body: Iterator[bytes]) -> None:
        with contextlib.suppress(BrokenPipeError):
            for part in body:
                self.server.sendall(b"%X\r\n%b\r\n" % (len(part), part) if self.chunked else part)
            self.server.sendall(b"0\r\n\r\n" if self.chunked else b"")
        self.server.close()

    def read(self) -> None:
        assert self.reads.wait(20)
        while data := self.browser.recv(700):
            self.got += data
        self.browser.close()

    def body(self) -> bytes:
        if not self.chunked:
            return self.got
        body, rest = b"", self.got
        while rest:
            size, _, rest = rest.partition(b"\r\n")
            length = int(size, 16)
            assert rest[length : length + 2] == b"\r\n"
            body, rest = body + rest[:length], rest[length + 2 :]
        return body


def has_the_turn_to_give(events: _Events, tries: int = 10) -> bool:
    """Whether the server has come to wait for news; else it may hang in a send."""
    for _ in range(tries):
        if events._turn.acquire(blocking=False):
            events._turn.release()
            return True
        threading.Event().wait(0.002)
    return False


def taken(channel: Channel) -> Callable[[Reader], Channel]:
    """Gives readers their place on this channel."""

    def find(reader: Reader) -> Channel:
        channel.readers.add(reader)
        return channel

    return find


def streamed(
    connection: Connection, parts: list[str], **more: Any
) -> tuple[Channel, list[dict[bytes, bytes]]]:
    """Publish the parts while a browser reads; its events."""
    channel = Channel(uuid.uuid4(), 1)
    channel.filled = True
    events = _Events(taken(channel), None, b"", more.get("annotator"), connection.environ)
    threads = [
        threading.Thread(target=connection.serve, args=(iter(events),)),
        threading.Thread(target=connection.read),
    ]
    for thread in threads:
        thread.start()
    for part in parts:
        has_the_turn_to_give(events)
        channel.publish(part.encode())
    connection.reads.set()
    channel.finish(End("done", "scripted", "m"))
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    events.close()
    found = []
    for block in connection.body().split(b"\n\n"):
        lines = [line.partition(b": ") for line in block.split(b"\n") if line and not line.startswith(b":")]
        found.append({name: value for name, _, value in lines})
    return channel, [event for event in found if b"event" in event]


@pytest.mark.parametrize("protocol", FRAMING)
@pytest.mark.parametrize("narrow", [False, True])
@settings(max_examples=25, deadline=None)
@given(texts)
def test_a_browser_gets_every_byte_once_and_in_order(protocol: str, narrow: bool, parts: list[str]) -> None:
    channel, events = streamed(Connection(protocol, narrow=narrow), parts)
    offset = 0
    for event in events[:-1]:
        assert event[b"event"] == b"text"
        new = json.loads(event[b"data"])["text"].encode()
        assert channel.data[offset : offset + len(new)] == new
        offset += len(new)
        assert event[b"id"] == b"1-%d" % offset
    assert offset == len(channel.data) == len("".join(parts).encode())
    assert events[-1][b"event"] == b"done"
    assert events[-1][b"id"] == b"1-%d" % offset


def test_text_goes_out_without_waking_the_server_up() -> None:
    connection = Connection("HTTP/1.1", narrow=False)
    channel = Channel(uuid.uuid4(), 1)
    events = _Events(taken(channel), None, b"", None, connection.environ)
    body = iter(events)
    assert next(body).startswith(b"retry")
    waiting = threading.Thread(target=lambda: next(body))
    waiting.start()
    assert has_the_turn_to_give(events, tries=5_000)
    channel.publish("가나다".encode())
    assert connection.browser.recv(4096).endswith(
        b'id: 1-9\nevent: text\ndata: {"text":"' + "가나다".encode() + b'"}\n\n\r\n'
    )
    assert waiting.is_alive()
    channel.finish(End("done"))
    waiting.join(10)
    assert not waiting.is_alive()
    events.close()
    connection.server.close()
    connection.browser.close()


def test_a_silent_stream_beats_as_long_as_its_browser_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(response, "HEARTBEAT", 0.05)
    monkeypatch.setattr(response, "LOOK_EVERY", 0.02)
    connection = Connection("HTTP/1.0", narrow=False)
    events = _Events(taken(Channel(uuid.uuid4(), 1)), None, b"", None, connection.environ)
    server = threading.Thread(target=connection.serve, args=(iter(events),))
    server.start()
    connection.browser.settimeout(10)  # no more than a bound for when none comes
    while connection.got.count(b"\n:\n\n") < 3:
        connection.got += connection.browser.recv(100)
    connection.browser.close()
    server.join(10)
    assert not server.is_alive(), "it has not noticed that the browser left"
    events.close()


def test_rendering_is_left_to_the_reader() -> None:
    class Annotator:
        def __init__(self) -> None:
            self.threads: set[str] = set()

        def feed(self, text: str) -> list[tuple[str, Any]]:
            self.threads.add(threading.current_thread().name)
            return [("block", text)]

        def reset(self) -> None: ...

        def finish(self) -> list[tuple[str, Any]]:
            return []

    annotator = Annotator()
    _, events = streamed(Connection("HTTP/1.1", narrow=False), ["가", "나", "다"], annotator=annotator)
    assert "".join(json.loads(e[b"data"]) for e in events if e[b"event"] == b"block") == "가나다"
    assert threading.current_thread().name not in annotator.threads


def test_a_stream_that_can_not_be_sent_on_is_broken_off_and_not_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("core.streams.browser.SEND_TIMEOUT", 0.2)
    connection = Connection("HTTP/1.1", narrow=True)
    channel = Channel(uuid.uuid4(), 1)
    events = _Events(taken(channel), None, b"", None, connection.environ)
    broken = threading.Event()

    def serve() -> None:
        body = iter(events)
        connection.server.sendall(next(body))
        try:
            next(body)
        except OSError:
            broken.set()
        except StopIteration:
            return

    serving = threading.Thread(target=serve)
    serving.start()
    while not channel.readers or not events._turn.acquire(blocking=False):  # until it waits for text
        threading.Event().wait(0.01)
    events._turn.release()
    channel.publish(b"x" * 500_000)  # more than the connection holds, and nobody reads
    serving.join(20)
    assert not serving.is_alive()
    # A server that takes this for the end would close the chunk that was begun, in the middle of an event
    # whose id has been received.
    assert broken.is_set()
    events.close()
    connection.server.close()
    connection.browser.close()
