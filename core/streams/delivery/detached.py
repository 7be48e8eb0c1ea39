"""Detached connections: event streams whose connection is ours, without the server.

A stream that waits in its server's greenlet costs a stack, the request, and whatever else Django keeps until a
response has been sent. Detached, it is an entry in a table. News on its channel is sent at once, by the job that
brings the news and as far as the connection takes it; the rest goes out once there is room again. One job sends
heartbeats on idle connections and text that was withheld for a while, and closes stalled ones.

This is an optimisation, which ``STREAM_DETACH`` turns off. It needs an event loop to watch the sockets.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from typing import Final

from core.runtime import on_hangup, on_writable
from core.streams.delivery.connection import HEARTBEAT_AFTER, SEND_TIMEOUT
from core.streams.delivery.frames import Frames, heartbeat
from core.streams.hub.admission import Place
from core.streams.hub.channel import Channel
from core.streams.hub.hub import Hub

logger = logging.getLogger(__name__)

# So many connections are checked before other jobs get their turn.
SLICE: Final = 500


class DetachedConnection:
    """A subscriber whose connection was taken over from the server."""

    __slots__ = (
        "_channel",
        "_chunked",
        "_frames",
        "_loop",
        "_place",
        "_sent_at",
        "_sock",
        "_stop_waiting",
        "_stop_watching",
        "_unsent",
    )

    def __init__(
        self,
        loop: DetachedLoop,
        sock: socket.socket,
        channel: Channel,
        frames: Frames,
        *,
        chunked: bool,
        place: Place | None,
    ) -> None:
        self._loop = loop
        self._place = place
        self._sock: socket.socket | None = sock
        self._channel = channel
        self._frames = frames
        self._chunked = chunked
        self._unsent = b""  # what the connection has not taken yet
        self._sent_at = time.monotonic()
        self._stop_waiting = _nothing
        self._stop_watching = on_hangup(sock, self.close) or _nothing

    def send_news(self) -> None:
        """Send what follows, as far as the connection takes it."""
        try:
            if self._unsent:
                self._send(b"")
            if self._sock is None or self._unsent:
                return
            data = b"" if self._frames.is_ended else self._frames.data_to_send()
            if data:
                self._send(self._framed(data) + (self._framed(b"") if self._frames.is_ended else b""))
            if self._frames.is_ended and not self._unsent:
                self.close()
        except Exception:
            logger.exception("detached connection: failed, closing it")
            self.close()

    set = send_news  # as a subscriber: there is news on the channel

    def check(self, now: float, *, heartbeat_after: float, send_timeout: float) -> None:
        """Send what was withheld, or a heartbeat if it has been idle; close it if it has stalled."""
        if self._unsent:
            if now - self._sent_at > send_timeout:
                self.close()
            return
        if self._frames.is_behind:
            self.send_news()
        data, after = heartbeat(annotated=self._frames.is_annotated, after=heartbeat_after)
        if now - self._sent_at >= after and self._sock is not None:
            self._send(self._framed(data))

    def close(self) -> None:
        """Close the connection, whatever is unsent. Idempotent."""
        sock, self._sock = self._sock, None
        if sock is not None:
            self._stop_watching()
            self._stop_waiting()
            sock.close()
            if self._place is not None:
                self._place.release()
            self._loop.discard(self, self._channel)

    def _framed(self, data: bytes) -> bytes:
        """Frame as gunicorn does: in chunks, of which an empty one is the last."""
        return b"%X\r\n%b\r\n" % (len(data), data) if self._chunked else data

    def _send(self, data: bytes) -> None:
        assert self._sock is not None
        if self._unsent:
            self._stop_waiting()
            data = self._unsent + data
        try:
            sent = self._sock.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.close()
            return
        if sent:
            self._sent_at = time.monotonic()
        self._unsent = data[sent:]
        if self._unsent:
            self._stop_waiting = on_writable(self._sock, lambda: self._loop.schedule(self))


class DetachedLoop:
    """One per process; ``run`` is its job, for what does not happen by itself."""

    def __init__(
        self,
        hub: Hub,
        *,
        check_every: float = 0.5,
        heartbeat_after: float = HEARTBEAT_AFTER,
        send_timeout: float = SEND_TIMEOUT,
    ) -> None:
        self._hub = hub
        self._check_every = check_every
        self._heartbeat_after = heartbeat_after
        self._send_timeout = send_timeout
        self._connections: set[DetachedConnection] = set()
        self._scheduled: dict[DetachedConnection, None] = {}
        self._wake = threading.Event()
        self._closed = False

    def __len__(self) -> int:
        return len(self._connections)

    def add(
        self,
        sock: socket.socket,
        channel: Channel,
        frames: Frames,
        *,
        chunked: bool,
        instead_of: threading.Event,
        place: Place | None = None,
    ) -> None:
        """Continue a stream on its own connection, in the place of ``instead_of`` on the channel."""
        connection = DetachedConnection(self, sock, channel, frames, chunked=chunked, place=place)
        self._connections.add(connection)
        self._hub.replace(channel, instead_of, connection)

    def discard(self, connection: DetachedConnection, channel: Channel) -> None:
        self._connections.discard(connection)
        self._scheduled.pop(connection, None)
        self._hub.unsubscribe(channel, connection)

    def schedule(self, connection: DetachedConnection) -> None:
        """Let the connection send its news, but in the loop's job."""
        self._scheduled[connection] = None
        self._wake.set()

    def run(self) -> None:
        """Serve scheduled connections and check all of them now and then, until the loop is closed."""
        checked_at = time.monotonic()
        while not self._closed:
            self._wake.wait(self._check_every)
            self._wake.clear()
            scheduled, self._scheduled = self._scheduled, {}
            for connection in scheduled:
                connection.send_news()
                time.sleep(0)
            now = time.monotonic()
            if now - checked_at >= self._check_every:
                checked_at = now
                self._check_all(now)

    def _check_all(self, now: float) -> None:
        for place, connection in enumerate(list(self._connections), 1):
            connection.check(now, heartbeat_after=self._heartbeat_after, send_timeout=self._send_timeout)
            if place % SLICE == 0:
                time.sleep(0)

    def close(self) -> None:
        self._closed = True
        self._wake.set()


def _nothing() -> None:
    return None
