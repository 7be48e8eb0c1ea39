"""The socket under an event stream, for what the server does not do: notice that nobody is there any more,
bound every send, and send without waking up whoever serves the stream.

gunicorn gives the socket as ``gunicorn.socket``. Between two pieces of a body nothing of its own is on the
way, so a chunk may be put there by us, framed as gunicorn frames it. With another server there is no socket,
and everything goes the usual way.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Mapping
from typing import Any, Final

from core.runtime import gone, on_hangup, send_now

# A browser that takes nothing for this long is given up; so is one that vanished without a word.
SEND_TIMEOUT: Final = 30.0


class Browser:
    """One browser's connection while a stream is sent to it.

    ``watched``: its leaving is told by ``left``; else ask ``is_gone`` now and then. ``owed``: what a push has
    left over. ``takes_pushes``: nothing is owed, and the framing is known.
    """

    __slots__ = ("_chunked", "_send_now", "_sock", "_stop_watching", "owed", "takes_pushes", "watched")

    def __init__(self, environ: Mapping[str, Any], *, left: Callable[[], None]) -> None:
        sock: socket.socket | None = environ.get("gunicorn.socket")
        protocol = environ.get("SERVER_PROTOCOL")
        self._sock = sock
        self._chunked = protocol == "HTTP/1.1"
        self.owed = b""
        self._stop_watching: Callable[[], None] | None = None
        self._send_now: Callable[[bytes], int] | None = None
        if sock is not None:
            _bound_sends(sock)
            self._stop_watching = on_hangup(sock, left)
            # TLS and HTTP/2 frame what they send in ways of their own.
            if protocol in {"HTTP/1.0", "HTTP/1.1"} and not isinstance(sock, ssl.SSLSocket):
                self._send_now = send_now(sock)
        self.watched = self._stop_watching is not None
        self.takes_pushes = self._send_now is not None

    def is_gone(self) -> bool:
        """Whether it has closed the connection, as far as can be told."""
        return self._sock is not None and gone(self._sock)

    def push(self, data: bytes) -> None:
        """Send without waiting, between two pieces of the body; what can't be sent now is owed."""
        assert self._send_now is not None and self.takes_pushes
        frame = b"%X\r\n%b\r\n" % (len(data), data) if self._chunked else data
        try:
            sent = self._send_now(frame)
        except (OSError, ValueError):  # its buffer is full, or it has left: whoever serves it finds out
            sent = 0
        if sent < len(frame):
            self.owed, self.takes_pushes = frame[sent:], False

    def pay(self) -> None:
        """Send what is owed, before anything else is sent; waits. Raises OSError."""
        if self.owed and self._sock is not None:
            self._sock.sendall(self.owed)
            self.owed, self.takes_pushes = b"", True

    def close(self) -> None:
        """The stream has ended: leave the connection as it was."""
        if self._stop_watching is not None:
            self._stop_watching()
            self._stop_watching = None
        if self._sock is not None and self._sock.fileno() >= 0:
            self._sock.settimeout(None)


def _bound_sends(sock: socket.socket) -> None:
    """No send to this browser may take for ever."""
    sock.settimeout(SEND_TIMEOUT)
    if sock.family != socket.AF_UNIX:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(SEND_TIMEOUT * 1000))
