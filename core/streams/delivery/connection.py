"""The browser's connection under an event stream: bounded sends, a disconnect noticed early, and detaching.

gunicorn gives the socket as ``gunicorn.socket``; our gevent worker adds how a response takes its connection over
(core/runtime/workers/gevent_worker.py). Another server gives neither, and everything goes the usual way.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from typing import Any, Final

from core.runtime import DETACH, Detachable, is_disconnected, on_hangup

# An idle stream sends a heartbeat this often: proxies cut silence, and a dead connection shows itself.
HEARTBEAT_AFTER: Final = 15.0
# A browser that takes nothing for this long is disconnected; so is one that vanished without a FIN.
SEND_TIMEOUT: Final = 30.0


class Connection:
    """One browser's connection while the server sends a response on it."""

    __slots__ = ("_detachable", "_sock", "_stop_watching")

    def __init__(self, environ: Mapping[str, Any]) -> None:
        self._sock: socket.socket | None = environ.get("gunicorn.socket")
        self._detachable: Detachable | None = environ.get(DETACH)
        self._stop_watching: Callable[[], None] | None = None

    def bound_sends(self) -> None:
        """Give every send to this browser a deadline."""
        if self._sock is not None:
            self._sock.settimeout(SEND_TIMEOUT)
            if self._sock.family != socket.AF_UNIX:
                self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(SEND_TIMEOUT * 1000))

    def watch(self, on_disconnect: Callable[[], None]) -> bool:
        """Have ``on_disconnect`` called. False where nothing can watch: then poll ``is_disconnected``."""
        if self._sock is not None and self._stop_watching is None:
            self._stop_watching = on_hangup(self._sock, on_disconnect)
        return self._stop_watching is not None

    def is_disconnected(self) -> bool:
        """Whether the browser has closed the connection, as far as can be told."""
        return self._sock is not None and is_disconnected(self._sock)

    @property
    def can_detach(self) -> bool:
        return self._detachable is not None

    def announce(self) -> None:
        """Say in the head of the response that the connection closes after it; nothing else can follow a detach."""
        if self._detachable is not None:
            self._detachable.announce()

    def detach(self) -> tuple[socket.socket, bool]:
        """Take the connection over: a handle whose calls never wait, and whether the body goes in chunks."""
        assert self._detachable is not None
        return self._detachable.detach()

    def close(self) -> None:
        """The server's response has ended: leave the connection as it was."""
        if self._stop_watching is not None:
            self._stop_watching()
            self._stop_watching = None
        if self._sock is not None and self._sock.fileno() >= 0:
            self._sock.settimeout(None)
