"""The bytes on a browser's socket: written by the server to the end, or detached once there is nothing to send.

It is kept where an event loop can tell when it is writable (streams/detached.py): in the run under the patch.
"""

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

from core.runtime import DETACH, detached_socket, is_patched
from core.streams import Status
from core.streams.delivery.connection import Connection as ClientConnection
from core.streams.delivery.detached import DetachedLoop
from core.streams.delivery.response import EventStream
from core.streams.hub.channel import Channel, Subscriber
from core.streams.hub.outcome import Outcome
from core.streams.node import node
from tests.integration.streams.conftest import wait_until

FRAMING = {"HTTP/1.1": True, "HTTP/1.0": False}
pieces = st.builds(
    lambda text, times: text * times, st.text('가 b\n"\\😀', min_size=1, max_size=4), st.integers(1, 400)
)
texts = st.lists(pieces, min_size=1, max_size=20)


class Connection:
    """A server's and a browser's end of a connection. The server writes a body as gunicorn does, then closes its socket.

    ``narrow``: the buffers are small, and the browser begins to read when all has been written.
    """

    def __init__(self, protocol: str, *, narrow: bool) -> None:
        self.chunked = FRAMING[protocol]
        self.server, self.browser = socket.socketpair()
        self.reads = threading.Event()
        if narrow:
            self.server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
        else:
            self.reads.set()
        self.says_close = self.is_detached = False
        self.environ = {"gunicorn.socket": self.server}
        if is_patched():
            self.environ[DETACH] = self
        self.got = b""

    def announce(self) -> None:
        self.says_close = True

    def detach(self) -> tuple[socket.socket, bool]:
        self.is_detached = True
        return detached_socket(self.server), self.chunked

    def serve(self, body: Iterator[bytes]) -> None:
        with contextlib.suppress(BrokenPipeError):
            for part in body:
                self.server.sendall(b"%X\r\n%b\r\n" % (len(part), part) if self.chunked else part)
            if not self.is_detached:
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


def taken(channel: Channel) -> Callable[[Subscriber], Channel]:
    """Return a function that subscribes to this channel."""

    def find(reader: Subscriber) -> Channel:
        channel.subscribers.add(reader)
        return channel

    return find


def stream(connection: Connection, channel: Channel, **options: Any) -> EventStream:
    """Return the body of a response on this connection, made by the node of this process."""
    options = {"detached": node().detached} | options
    return EventStream(node().hub, taken(channel), ClientConnection(connection.environ), **options)


def streamed(
    connection: Connection, parts: list[str], **more: Any
) -> tuple[Channel, list[dict[bytes, bytes]]]:
    """Publish the parts while a browser reads; return its events."""
    channel = Channel(uuid.uuid4(), 1)
    channel.is_filled = True
    events = stream(connection, channel, annotate=more.get("annotate"))
    threads = [
        threading.Thread(target=connection.serve, args=(iter(events),)),
        threading.Thread(target=connection.read),
    ]
    for thread in threads:
        thread.start()
    wait_until(lambda: channel.subscribers)
    for part in parts:
        threading.Event().wait(0.002)  # now and then it waits for news, now and then it still sends
        channel.publish(part.encode())
    connection.reads.set()
    channel.finish(Outcome(Status.DONE, "scripted", "m"))
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


def test_an_idle_stream_gets_heartbeats_as_long_as_its_browser_is_there() -> None:
    beats_while_idle(None)


def beats_while_idle(loop: DetachedLoop | None) -> None:
    """Check the heartbeats of an idle stream; ``loop`` is None for one that is not detached."""
    connection, channel = Connection("HTTP/1.0", narrow=False), Channel(uuid.uuid4(), 1)
    events = stream(connection, channel, detached=loop, heartbeat_after=0.05, poll_every=0.02)
    server = threading.Thread(target=connection.serve, args=(iter(events),))
    server.start()
    connection.browser.settimeout(10)  # no more than a bound for when none comes
    while connection.got.count(b"\n:\n\n") < 3:
        connection.got += connection.browser.recv(100)
    connection.browser.close()
    server.join(10)
    assert not server.is_alive(), "it has not noticed that the browser left"
    events.close()
    wait_until(lambda: not channel.subscribers)
