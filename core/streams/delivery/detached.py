"""Event streams that nobody has to serve: their connections are kept here, without the server.

A stream that waits in its server's greenlet costs a stack, the request, and whatever else Django keeps until an
answer has been sent. Here it is an entry in a table. News on its channel sends what follows at once, by whoever
brings the news and as far as the connection takes it; the rest goes out once there is room again. One job
renders for those whose text is annotated, beats for the silent, and gives up who takes nothing.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Generator
from typing import Final

from core.runtime import on_hangup, on_writable, spawn
from core.streams.delivery.connection import HEARTBEAT, HEARTBEAT_AFTER, SEND_TIMEOUT, Browser
from core.streams.hub import hub
from core.streams.hub.channel import Channel, Subscriber

logger = logging.getLogger(__name__)

LOOK_EVERY: Final = 1.0
LAST: Final = None, False
# So many are looked at before others get their turn.
SLICE: Final = 500


# What follows for a reader, piece by piece, and whether that is all until there is news.
Pieces = Generator[tuple[bytes, bool], None, None]


class DetachedConnection:
    """A reader whose connection is ours. ``pieces`` says what follows for it (core/streams/delivery/response.py)."""

    __slots__ = (
        "_channel",
        "_chunked",
        "_ended",
        "_owed",
        "_pieces",
        "_renders",
        "_sock",
        "_spoke",
        "_stop_waiting",
        "_stop_watching",
    )

    def __init__(
        self,
        sock: socket.socket,
        channel: Channel,
        pieces: Pieces,
        *,
        chunked: bool,
        renders: bool,
    ) -> None:
        self._sock: socket.socket | None = sock
        self._channel = channel
        self._pieces = pieces
        self._chunked = chunked
        self._renders = renders
        self._owed = b""  # what the connection has not taken yet
        self._ended = False
        self._spoke = time.monotonic()  # when something was last sent
        self._stop_waiting = _nothing
        self._stop_watching = on_hangup(sock, self.leave) or _nothing

    def set(self) -> None:
        """There is news on the channel."""
        # Rendering must not hold up the others of a tick.
        if self._renders:
            loop.ask(self)
        else:
            self.go_on()

    def go_on(self) -> None:
        """Send what follows, as far as the connection takes it."""
        try:
            if self._owed:
                self._send(b"")
            is_all = False
            while self._sock is not None and not self._owed and not is_all:
                if self._ended:
                    self.leave()
                    return
                piece, is_all = next(self._pieces, LAST)
                self._ended = piece is None
                if piece or self._ended:
                    self._send(self._framed(piece or b""))
        except Exception:
            logger.exception("a stream is broken off")
            self.leave()

    def look(self, now: float) -> None:
        """Beat if it has been silent; leave a browser that takes nothing."""
        if self._owed:
            if now - self._spoke > SEND_TIMEOUT:
                self.leave()
        elif now - self._spoke >= HEARTBEAT_AFTER and self._sock is not None:
            self._send(self._framed(HEARTBEAT))

    def leave(self) -> None:
        """Close the connection, whatever is owed. Idempotent."""
        sock, self._sock = self._sock, None
        if sock is not None:
            self._stop_watching()
            self._stop_waiting()
            sock.close()
            hub.unsubscribe(self._channel, self)
            loop.forget(self)

    def _framed(self, piece: bytes) -> bytes:
        """As gunicorn frames it: in chunks, of which an empty one is the last."""
        return b"%X\r\n%b\r\n" % (len(piece), piece) if self._chunked else piece

    def _send(self, data: bytes) -> None:
        assert self._sock is not None
        if self._owed:
            self._stop_waiting()
            data = self._owed + data
        try:
            sent = self._sock.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.leave()
            return
        if sent:
            self._spoke = time.monotonic()
        self._owed = data[sent:]
        if self._owed:
            self._stop_waiting = on_writable(self._sock, lambda: loop.ask(self))


class DetachedLoop:
    """The one job of a process that does for pushed streams what does not happen by itself."""

    def __init__(self) -> None:
        self._kept: set[DetachedConnection] = set()
        self._asked: dict[DetachedConnection, None] = {}
        self._wake = threading.Event()
        self._started = False

    def keep(self, pushed: DetachedConnection) -> None:
        self._kept.add(pushed)
        if not self._started:
            self._started = True
            spawn("detached connections", self._run)

    def forget(self, pushed: DetachedConnection) -> None:
        self._kept.discard(pushed)
        self._asked.pop(pushed, None)

    def ask(self, pushed: DetachedConnection) -> None:
        """Let it go on, but not within this call."""
        self._asked[pushed] = None
        self._wake.set()

    def _run(self) -> None:
        looked = time.monotonic()
        while True:
            self._wake.wait(LOOK_EVERY)
            self._wake.clear()
            asked, self._asked = self._asked, {}
            for pushed in asked:
                pushed.go_on()
                time.sleep(0)
            now = time.monotonic()
            if now - looked >= LOOK_EVERY:
                looked = now
                for place, pushed in enumerate(list(self._kept), 1):
                    pushed.look(now)
                    if place % SLICE == 0:
                        time.sleep(0)


def keep(
    browser: Browser,
    channel: Channel,
    pieces: Pieces,
    *,
    instead_of: Subscriber,
    renders: bool,
) -> None:
    """Go on with this stream without its server, which must leave the connection alone (``Detached``)."""
    sock, chunked = browser.keep()
    pushed = DetachedConnection(sock, channel, pieces, chunked=chunked, renders=renders)
    loop.keep(pushed)
    hub.replace(channel, instead_of, pushed)


def _nothing() -> None:
    return None


loop = DetachedLoop()
