"""Connections on which a worker waits for the client: to ask, to send a body, to take an answer.

Each wait has a deadline, and their number is bounded, in all and for one address. Past a bound the oldest waits are
cut: an honest client keeps nobody waiting for more than a moment, and a new connection, which may be a health
check, is always answered.
"""

from __future__ import annotations

import collections
import enum
import socket
import threading
import time
from dataclasses import dataclass
from typing import Final

from prometheus_client import Counter

from core.runtime.sockets import end

# No wait is cut for want of places before: a wave of arrivals keeps honest clients waiting as well.
PATIENCE: Final = 1.0

cut = Counter(
    "fortune_waits_cut",
    "Connections closed because their client was late, or of too many",
    ["phase", "reason"],
)


class Phase(enum.StrEnum):
    ASKING = "asking"
    SENDING = "sending"
    TAKING = "taking"


@dataclass(frozen=True, slots=True)
class Wait:
    """``address`` is "" where it isn't known: then only the bound of all holds. ``since`` and ``until`` in monotonic seconds."""

    phase: Phase
    address: str
    since: float
    until: float


class WaitingRoom:
    """The waits of one worker: ``enter`` when a wait for a client begins, ``leave`` when it is over."""

    def __init__(self, *, places: int, places_per_address: int) -> None:
        self._places = places
        self._places_per_address = places_per_address
        self._waits: dict[socket.socket, Wait] = {}  # in the order of their beginning
        self._lock = threading.Lock()

    def enter(self, sock: socket.socket, phase: Phase, *, address: str, seconds: float) -> None:
        """Begin a wait on this connection, in place of the one before."""
        now = time.monotonic()
        with self._lock:
            self._waits.pop(sock, None)
            self._waits[sock] = Wait(phase, address, now, now + seconds)

    def leave(self, sock: socket.socket) -> None:
        """End the wait on this connection, if there is one."""
        with self._lock:
            self._waits.pop(sock, None)

    def sweep(self, *, is_short: bool = True) -> None:
        """Cut the waits that are late and, where places are short, those past a bound. To be called every second."""
        now = time.monotonic()
        with self._lock:
            chosen = [(sock, wait, "late") for sock, wait in self._waits.items() if wait.until <= now]
            for sock, _, _ in chosen:
                del self._waits[sock]
            if is_short:
                chosen += [(sock, self._waits.pop(sock), "full") for sock in self._past_bounds(now)]
        for sock, wait, reason in chosen:
            cut.labels(wait.phase, reason).inc()
            # A request whose body is late can still be answered.
            how = socket.SHUT_RD if wait.phase is Phase.SENDING else socket.SHUT_RDWR
            end(sock, how)

    def _past_bounds(self, now: float) -> list[socket.socket]:
        """Return the oldest waits that are too many. Those of a moment ago count, and stay."""
        found = []
        in_all, of = len(self._waits), collections.Counter(wait.address for wait in self._waits.values())
        for sock, wait in self._waits.items():
            if now - wait.since < PATIENCE:
                break
            if in_all > self._places or (wait.address and of[wait.address] > self._places_per_address):
                found.append(sock)
                in_all -= 1
                of[wait.address] -= 1
        return found
