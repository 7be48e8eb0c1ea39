"""Addresses of providers, remembered for a minute.

The system's resolver knows no deadline and blocks its thread (under gevent: a thread of the hub's pool), so
it runs in a job of its own that the caller waits for only as long as its connect deadline allows. When a
look-up fails, the last known addresses serve on.
"""

from __future__ import annotations

import socket
import threading
import time

from core.llm.types import ProviderError
from core.runtime import spawn

TTL = 60.0
Address = tuple[socket.AddressFamily, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]

_lock = threading.Lock()
_known: dict[tuple[str, int], tuple[float, list[Address]]] = {}


def resolve(host: str, port: int, *, seconds: float) -> list[Address]:
    """The addresses to try, in order. Raises ProviderError("connect" or "timeout_connect")."""
    now = time.monotonic()
    with _lock:
        until, addresses = _known.get((host, port), (0.0, []))
        if addresses and now < until:
            return addresses
        if addresses:  # one asks anew, the others go on with what is known
            _known[host, port] = (now + TTL, addresses)
    try:
        found = _look_up(host, port, socket.AI_NUMERICHOST)
    except OSError:
        found = _look_up_in_a_job(host, port, seconds) or addresses
    if not found:
        raise ProviderError("connect")
    with _lock:
        _known[host, port] = (now + TTL, found)
    return found


def forget() -> None:
    """Drop every remembered address."""
    with _lock:
        _known.clear()


def _look_up(host: str, port: int, flags: int = 0) -> list[Address]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    return [(family, address) for family, _, _, _, address in found]


def _look_up_in_a_job(host: str, port: int, seconds: float) -> list[Address]:
    found: list[Address] = []

    def look_up() -> None:
        try:
            found.extend(_look_up(host, port))
        except OSError:
            return

    job = spawn(f"resolve {host}", look_up)
    job.join(seconds)
    return found
