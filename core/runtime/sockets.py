"""Sockets: calls that never wait, and a browser's leaving noticed before a write fails.

A closed socket shows itself only at the second failing write, which with a heartbeat of 15 s is half a
minute. Under gevent one event-loop watcher per socket (no greenlet) sees the end of file at once; under
threads ``gone()`` is asked at each wake-up.
"""

from __future__ import annotations

import socket
from collections.abc import Callable

from core.runtime.patch import is_patched


def bare(sock: socket.socket) -> socket.socket:
    """The system's socket under a cooperative one, for calls that must never wait."""
    inner: socket.socket = getattr(sock, "_sock", sock)
    return inner


def gone(sock: socket.socket) -> bool:
    """Whether the peer has closed or reset the connection. Never blocks."""
    try:
        return bare(sock).recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except (BlockingIOError, InterruptedError):
        return False
    except OSError:
        return True


def on_hangup(sock: socket.socket, callback: Callable[[], None]) -> Callable[[], None] | None:
    """Call ``callback`` once when the peer closes. Returns the function that stops watching.

    ``callback`` runs inside the event loop and must not block. None under threads, where nothing can be
    watched: the caller polls ``gone``.
    """
    if not is_patched():
        return None

    import gevent

    inner = bare(sock)
    watcher = gevent.get_hub().loop.io(sock.fileno(), 1)

    def readable() -> None:
        try:
            data = inner.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        stop()  # bytes in hand: a pipelined request; it would fire for ever
        if data == b"":
            callback()

    def stop() -> None:
        watcher.stop()
        watcher.close()

    watcher.start(readable)
    return stop
