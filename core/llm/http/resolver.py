"""The addresses of one host, remembered for a minute.

The system's resolver knows no deadline and blocks its thread (under gevent: a thread of the hub's pool), so
it runs in a job of its own, and the caller waits for it only as long as the connect deadline allows. When a
look-up fails, the last known addresses stay in use.
"""

from __future__ import annotations

import socket
import threading
import time

from core.llm.http.errors import ConnectError
from core.runtime import spawn

TTL = 60.0
Address = tuple[socket.AddressFamily, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]


class Resolver:
    """Looks up one host and port."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._lock = threading.Lock()
        self._addresses: list[Address] = []
        self._expires_at = 0.0

    def resolve(self, *, seconds: float) -> list[Address]:
        """Return the addresses to try, in order, after at most ``seconds``. Raises ConnectError."""
        now = time.monotonic()
        with self._lock:
            known = self._addresses
            if known and now < self._expires_at:
                return known
            if known:  # one thread looks up again, the others go on with what is known
                self._expires_at = now + TTL
        try:
            found = self._look_up(socket.AI_NUMERICHOST)
        except OSError:
            found = self._look_up_in_a_job(seconds) or known
        if not found:
            raise ConnectError
        with self._lock:
            self._addresses, self._expires_at = found, now + TTL
        return found

    def _look_up(self, flags: int = 0) -> list[Address]:
        found = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM, flags=flags)
        return [(family, address) for family, _, _, _, address in found]

    def _look_up_in_a_job(self, seconds: float) -> list[Address]:
        found: list[Address] = []

        def look_up() -> None:
            try:
                found.extend(self._look_up())
            except OSError:
                return

        spawn(f"resolve {self._host}", look_up).join(seconds)
        return found
