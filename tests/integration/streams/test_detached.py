"""Detached connections. Collected under the patch only: an event loop must watch them."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import get_language, override

from core.runtime import DETACH, spawn
from core.streams import Status
from core.streams.delivery.detached import DetachedLoop
from core.streams.delivery.response import EventStream
from core.streams.hub.channel import Channel
from core.streams.hub.outcome import Outcome
from core.streams.node import node
from tests.integration.streams.conftest import RecordingAuthor, Script, made_of, serving, wait_until
from tests.integration.streams.test_wire import Connection, beats_while_idle, stream


@pytest.fixture(autouse=True)
def detaching(served: object, settings: Any, script: Script, author: RecordingAuthor) -> Iterator[None]:
    """Give a node that detaches connections, also where the other tests run without."""
    settings.STREAM_DETACH = True
    with serving(made_of(script, author)):
        yield


def kept(connection: Connection, channel: Channel) -> EventStream:
    """Return a stream that the server has detached."""
    events = stream(connection, channel)
    connection.serve(iter(events))
    events.close()
    return events


def test_news_go_out_by_whoever_brings_them() -> None:
    connection, channel = Connection("HTTP/1.1", narrow=False), Channel(uuid.uuid4(), 1)
    kept(connection, channel)
    assert b"retry: 1000" in connection.browser.recv(4096)
    channel.publish("가나다".encode())
    connection.browser.setblocking(False)  # it is there already
    assert connection.browser.recv(4096).endswith(
        b'id: 1-9\nevent: text\ndata: {"text":"' + "가나다".encode() + b'"}\n\n\r\n'
    )
    channel.finish(Outcome(Status.DONE))
    assert connection.browser.recv(4096).endswith(b"\n\n\r\n0\r\n\r\n")
    assert not channel.subscribers
    connection.browser.settimeout(5)  # gevent may leave the closing of the server's handle to the loop
    assert connection.browser.recv(1) == b""
    connection.browser.close()


def test_a_connection_that_may_be_kept_is_announced_to_close_before_its_head_is_sent() -> None:
    connection, channel = Connection("HTTP/1.1", narrow=False), Channel(uuid.uuid4(), 1)
    events = stream(connection, channel)
    assert not connection.says_close
    next(iter(events))
    assert connection.says_close
    events.close()
    connection.server.close()
    connection.browser.close()


def test_a_connection_that_can_not_be_announced_to_close_is_served_to_the_end() -> None:
    connection, channel = Connection("HTTP/1.1", narrow=False), Channel(uuid.uuid4(), 1)
    del connection.environ[DETACH]
    events = stream(connection, channel)
    serving = threading.Thread(target=connection.serve, args=(iter(events),))
    serving.start()
    wait_until(lambda: channel.subscribers)
    channel.finish(Outcome(Status.DONE))
    serving.join(20)
    assert connection.server.fileno() < 0 and not len(node().detached or ())
    connection.read()
    assert connection.got.endswith(b"0\r\n\r\n")


def test_a_browser_that_leaves_gives_its_place_up_at_once() -> None:
    connection, channel = Connection("HTTP/1.1", narrow=False), Channel(uuid.uuid4(), 1)
    kept(connection, channel)
    assert len(channel.subscribers) == 1
    connection.browser.close()
    wait_until(lambda: not channel.subscribers)


def test_a_stream_whose_pieces_fail_is_broken_off_and_harms_no_other() -> None:
    class Annotator:
        def skip(self, text: str) -> list[tuple[str, Any]]:
            return []

        def feed(self, text: str) -> dict[str, Any]:
            raise ValueError(text)

        def finish(self) -> list[tuple[str, Any]]:
            return []

    channel = Channel(uuid.uuid4(), 1)
    failing, other = Connection("HTTP/1.1", narrow=False), Connection("HTTP/1.1", narrow=False)
    events = stream(failing, channel, annotate=Annotator)
    failing.serve(iter(events))
    kept(other, channel)
    channel.publish("가".encode())
    wait_until(lambda: len(channel.subscribers) == 1)
    channel.finish(Outcome(Status.DONE))
    for connection in (failing, other):
        connection.read()
    assert not failing.got.endswith(b"0\r\n\r\n")
    assert b"event: done" in other.got
    assert other.got.endswith(b"0\r\n\r\n")


def test_whoever_brings_the_news_it_is_told_in_the_language_of_the_visitor() -> None:
    class Annotator:
        def __init__(self) -> None:
            self.language = get_language()

        def skip(self, text: str) -> list[tuple[str, Any]]:
            return []

        def feed(self, text: str) -> dict[str, Any]:
            return {"language": self.language}

        def finish(self) -> list[tuple[str, Any]]:
            return [("language", get_language())]

    connection, channel = Connection("HTTP/1.1", narrow=False), Channel(uuid.uuid4(), 1)
    events = stream(connection, channel, annotate=Annotator)
    with override("en"):
        connection.serve(iter(events))
    with override("ko"):
        channel.publish("가".encode())
        channel.finish(Outcome(Status.FAILED, code="server"))
    connection.read()
    assert b'{"text":"' + "가".encode() + b'","language":"en"}' in connection.got
    assert b'event: language\ndata: "en"\n' in connection.got
    assert b"Please try again in a moment." in connection.got


def test_a_stream_that_can_not_be_sent_on_is_broken_off_and_not_ended() -> None:
    loop = DetachedLoop(node().hub, check_every=0.05, send_timeout=0.2)
    spawn("detached connections", loop.run)
    connection, channel = Connection("HTTP/1.1", narrow=True), Channel(uuid.uuid4(), 1)
    events = stream(connection, channel, detached=loop)
    connection.serve(iter(events))
    events.close()
    channel.publish(b"x" * 500_000)  # more than the connection holds, and nobody reads
    channel.finish(Outcome(Status.DONE))
    wait_until(lambda: not channel.subscribers)
    connection.reads.set()
    connection.read()
    # An end would be one in the middle of an event whose id has been received.
    assert not connection.got.endswith(b"0\r\n\r\n")
    loop.close()


def test_an_idle_detached_connection_gets_heartbeats_as_long_as_its_browser_is_there() -> None:
    loop = DetachedLoop(node().hub, check_every=0.02, heartbeat_after=0.05)
    spawn("detached connections", loop.run)
    beats_while_idle(loop)
    loop.close()
