"""The line between a browser and a server, with its troubles."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable


class Line:
    """A TCP relay between browser and server that can be cut. While ``open`` is False it refuses connections.

    Answers to addresses that contain ``late`` are delayed by a second, and kept back while ``keeps_late`` is True.
    """

    def __init__(self, port: int) -> None:
        self._to = port
        self._ends: set[socket.socket] = set()
        self._late: set[socket.socket] = set()
        self._muted: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.open = True
        self.keeps_late = False
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._threads: list[threading.Thread] = []
        self._spawn(self._serve)

    def _spawn(self, target: Callable[..., None], *given: socket.socket) -> None:
        thread = threading.Thread(target=target, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near = self._door.accept()[0]
                if not self.open:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._to))
                with self._lock:
                    self._ends |= {near, far}
                for one, other in ((near, far), (far, near)):
                    self._spawn(self._carry, one, other)

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        # Delayed bytes arrive in the pieces in which they were sent, and not all at once.
        waiting: deque[tuple[float, bytes]] = deque()
        more = True
        with contextlib.suppress(OSError):
            while more or waiting:
                is_kept = self.keeps_late and one in self._late
                patience = max(0.05 * is_kept, waiting[0][0] - time.monotonic()) if waiting else None
                if select.select([one] if more else [], [], [], patience)[0]:
                    data = one.recv(65536)
                    more = bool(data)
                    if b"&late" in data:
                        self._late.add(other)
                    if one in self._muted:
                        continue
                    waiting.append((time.monotonic() + (one in self._late), data))
                while waiting and waiting[0][0] <= time.monotonic() and not is_kept:
                    other.sendall(waiting.popleft()[1])
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._ends.discard(one)
        one.close()

    def mute(self) -> None:
        """Stop forwarding on the current connections without closing them, as a proxy that has lost them."""
        with self._lock:
            self._muted |= self._ends

    def cut(self) -> None:
        """Close all current connections."""
        with self._lock:
            for end in self._ends:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.cut()
        for thread in self._threads:
            thread.join(10)
