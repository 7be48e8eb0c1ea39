"""The socket under an event stream, for what the server does not do: notice that nobody is there any more, and
bound every send.

gunicorn gives the socket as ``gunicorn.socket``, and gunicorn.conf.py adds to the body of the request how to say
that the connection closes after the answer. With another server there is neither, and everything goes the usual
way.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Callable, Mapping
from typing import Any, Final

from core.runtime import gone, is_patched, on_hangup, taken_over

# A silent stream says this often that it is there: proxies cut silence, and a dead connection shows itself.
HEARTBEAT_AFTER: Final = 15.0
HEARTBEAT: Final = b":\n\n"
# A browser that takes nothing for this long is given up; so is one that vanished without a word.
SEND_TIMEOUT: Final = 30.0


class Detached(ConnectionResetError):
    """Raised in a body to make the server leave its connection alone, which we have a handle on.

    It is what gunicorn sees when a browser leaves: it closes its own handle, without an end of the body and
    without a word in the log.
    """

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "kept by core.streams")


class Browser:
    """One browser's connection while the server sends a stream to it."""

    __slots__ = ("_announce_close", "_chunked", "_plain", "_sock", "_stop_watching")

    def __init__(self, environ: Mapping[str, Any]) -> None:
        sock: socket.socket | None = environ.get("gunicorn.socket")
        protocol = environ.get("SERVER_PROTOCOL")
        self._sock = sock
        self._chunked = protocol == "HTTP/1.1"
        # TLS and HTTP/2 frame what they send in ways of their own.
        self._plain = protocol in {"HTTP/1.0", "HTTP/1.1"} and not isinstance(sock, ssl.SSLSocket)
        force_close = getattr(environ.get("wsgi.input"), "force_close", None)
        self._announce_close: Callable[[], None] | None = force_close() if force_close is not None else None
        self._stop_watching: Callable[[], None] | None = None

    def bound_sends(self) -> None:
        """No send to this browser may take for ever."""
        if self._sock is not None:
            self._sock.settimeout(SEND_TIMEOUT)
            if self._sock.family != socket.AF_UNIX:
                self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(SEND_TIMEOUT * 1000))

    def watch(self, left: Callable[[], None]) -> bool:
        """Have ``left`` called when it leaves. False where nobody tells: then ask ``is_disconnected`` now and then."""
        if self._sock is not None and self._stop_watching is None:
            self._stop_watching = on_hangup(self._sock, left)
        return self._stop_watching is not None

    def is_disconnected(self) -> bool:
        """Whether it has closed the connection, as far as can be told."""
        return self._sock is not None and gone(self._sock)

    @property
    def can_detach(self) -> bool:
        """Whether the connection can be kept without the server: an event loop must tell when it is writable, and
        the browser must have been told not to ask anything else on it."""
        return self._sock is not None and self._plain and is_patched() and self._announce_close is not None

    def announce_close(self) -> None:
        """Before the head of the answer is sent: if the connection may be kept, say that it closes afterwards."""
        if self.can_detach and self._announce_close is not None:
            self._announce_close()

    def keep(self) -> tuple[socket.socket, bool]:
        """A handle on the connection which never waits, and whether what is sent there goes in chunks."""
        assert self._sock is not None
        return taken_over(self._sock), self._chunked

    def close(self) -> None:
        """The server's answer has ended: leave the connection as it was."""
        if self._stop_watching is not None:
            self._stop_watching()
            self._stop_watching = None
        if self._sock is not None and self._sock.fileno() >= 0:
            self._sock.settimeout(None)
