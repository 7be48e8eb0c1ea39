"""Sockets: calls that never wait, and disconnects noticed before a write fails.

A closed socket raises only at the second write, which with a heartbeat of 15 s is half a minute. Under gevent
one event-loop watcher per socket (no greenlet) sees the end of file at once; under threads ``is_disconnected()`` is called
at each wake-up.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
from collections.abc import Callable

from core.runtime.patch import is_patched


def recv_now(sock: socket.socket, flags: int = 0) -> Callable[[int], bytes]:
    """Return a ``sock.recv`` that raises BlockingIOError where it would have to wait.

    MSG_DONTWAIT alone does not do it: on a socket with a time-out, Python (and gevent) waits all the same.
    """
    if is_patched():
        inner: socket.socket = getattr(sock, "_sock", sock)  # of a cooperative one, or a plain one itself
        return (lambda size: inner.recv(size, flags)) if flags else inner.recv

    def receive(size: int) -> bytes:
        _require(sock, select.POLLIN)
        return sock.recv(size, flags)

    return receive


def detached_socket(sock: socket.socket) -> socket.socket:
    """Return a second handle on the same connection, whose calls never wait. Closing one leaves the other open.

    Of the plain kind also where sockets are cooperative: it weighs next to nothing.
    """
    kind = socket.socket
    if is_patched():
        from gevent.monkey import get_original

        kind = get_original("socket", "socket")
    other: socket.socket = kind(sock.family, sock.type, sock.proto, os.dup(sock.fileno()))
    other.setblocking(False)
    return other


def shut_down(sock: socket.socket, how: int) -> None:
    """Shut down a connection on which another job waits: it sees what it would see if the client had done so.

    A cooperative socket's own ``shutdown`` raises an error in that job instead.
    """
    with contextlib.suppress(OSError):  # it has ended by itself
        getattr(sock, "_sock", sock).shutdown(how)


def _require(sock: socket.socket, event: int) -> None:
    poll = select.poll()
    poll.register(sock, event)
    if not poll.poll(0):
        raise BlockingIOError


def is_readable(fd: int) -> bool:
    """Return whether there is something to read, the end included. Never waits, and never switches greenlets.

    gevent's own ``poll`` goes through the event loop even when it must not wait: 60 µs instead of 1.
    """
    poll = _poll()
    poll.register(fd, select.POLLIN)
    return bool(poll.poll(0))


def _poll() -> select.poll:
    if is_patched():
        from gevent.monkey import get_original

        return get_original("select", "poll")()  # type: ignore[no-any-return]
    return select.poll()


def is_disconnected(sock: socket.socket) -> bool:
    """Return whether the peer has closed or reset the connection. Never waits."""
    try:
        return recv_now(sock, socket.MSG_PEEK)(1) == b""
    except (BlockingIOError, InterruptedError):
        return False
    except OSError:
        return True
    except ValueError:  # closed on our side; or TLS, where nothing can be peeked at
        return sock.fileno() < 0


def on_hangup(sock: socket.socket, callback: Callable[[], None]) -> Callable[[], None] | None:
    """Call ``callback`` once when the peer closes. Returns the function that stops watching.

    ``callback`` runs inside the event loop and must not block. None under threads, where nothing can be
    watched: the caller polls ``is_disconnected``.
    """
    if not is_patched():
        return None

    import gevent

    peek = recv_now(sock, socket.MSG_PEEK)
    watcher = gevent.get_hub().loop.io(sock.fileno(), 1)

    def readable() -> None:
        try:
            data = peek(1)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        stop()  # with bytes unread (a pipelined request) the watcher would call again and again
        if data == b"":
            callback()

    def stop() -> None:
        watcher.stop()
        watcher.close()

    watcher.start(readable)
    return stop


def on_writable(sock: socket.socket, callback: Callable[[], None]) -> Callable[[], None]:
    """Call ``callback`` once when there is room to send again. Returns the function that stops watching.

    ``callback`` runs inside the event loop and must not block; only where ``on_hangup`` can watch.
    """
    import gevent

    watcher = gevent.get_hub().loop.io(sock.fileno(), 2)

    def writable() -> None:
        stop()
        callback()

    def stop() -> None:
        watcher.stop()
        watcher.close()

    watcher.start(writable)
    return stop
