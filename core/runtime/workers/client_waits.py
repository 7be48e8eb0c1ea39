"""A worker's waits for its clients: for the head of a request, for its body, for an answer to be taken.

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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from prometheus_client import Counter

from core.runtime.sockets import shut_down
from core.runtime.workers import request_bodies

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# A shorter wait is never cut for being one too many: a wave of arrivals keeps honest clients waiting as well.
PATIENCE: Final = 1.0
# An answer is taken within this time; a long one may take longer, at 20 KB a second.
TAKEN_WITHIN: Final = 30.0
TAKEN_PER_SECOND: Final = 20_000

cut = Counter(
    "fortune_waits_cut",
    "Connections closed because their client was late, or of too many",
    ["phase", "reason"],
)


class Phase(enum.StrEnum):
    """The client's turn: it asks (the head), sends (the body), or takes (the answer)."""

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


class ClientWaits:
    """The waits of one worker, by connection: at most ``most`` in all, and ``most_per_address`` of one address."""

    def __init__(self, *, most: int, most_per_address: int) -> None:
        self._most = most
        self._most_per_address = most_per_address
        self._waits: dict[socket.socket, Wait] = {}  # in the order of their beginning
        self._lock = threading.Lock()

    def begin(self, sock: socket.socket, phase: Phase, *, address: str, seconds: float) -> None:
        """Begin a wait on this connection, in place of the one before."""
        now = time.monotonic()
        with self._lock:
            self._waits.pop(sock, None)
            self._waits[sock] = Wait(phase, address, now, now + seconds)

    def end(self, sock: socket.socket) -> None:
        """End the wait on this connection, if there is one."""
        with self._lock:
            self._waits.pop(sock, None)

    def sweep(self, *, is_full: bool = True) -> None:
        """Cut the waits that are late and, where the worker is full, those past a bound. To be called every second."""
        now = time.monotonic()
        with self._lock:
            chosen = [(sock, wait, "late") for sock, wait in self._waits.items() if wait.until <= now]
            for sock, _, _ in chosen:
                del self._waits[sock]
            if is_full:
                chosen += [(sock, self._waits.pop(sock), "full") for sock in self._past_bounds(now)]
        for sock, wait, reason in chosen:
            cut.labels(wait.phase, reason).inc()
            # A request whose body is late can still be answered.
            how = socket.SHUT_RD if wait.phase is Phase.SENDING else socket.SHUT_RDWR
            shut_down(sock, how)

    def _past_bounds(self, now: float) -> list[socket.socket]:
        """Return the oldest waits of addresses with too many, then the oldest of all. Those of a moment ago stay.

        In all an address counts for no more than its bound: a wave of one address doesn't cut those of others before
        it is old enough to be cut itself.
        """
        of = collections.Counter(wait.address for wait in self._waits.values())
        in_all = sum(min(n, self._most_per_address) if address else n for address, n in of.items())
        of_addresses, others = [], []
        for sock, wait in self._waits.items():
            if now - wait.since < PATIENCE:
                break
            if wait.address and of[wait.address] > self._most_per_address:
                of_addresses.append(sock)
                of[wait.address] -= 1
            else:
                others.append(sock)
        return of_addresses + others[: max(0, in_all - self._most)]


class BoundedWaits:
    """For gunicorn's workers: reads bodies before the application is called, and bounds every wait for a client.

    ``waits``, ``address_of`` (the visitor's address for a request's environ, "" if it isn't known) and ``sees_visitors``
    (a connection's peer is the visitor, not a proxy) are set by gunicorn.conf.py.
    """

    cfg: Any
    wsgi: Application
    waits: ClientWaits
    address_of: Callable[[Mapping[str, Any]], str]
    sees_visitors: bool

    def load_wsgi(self) -> None:
        super().load_wsgi()  # type: ignore[misc]
        application = self.wsgi

        def bounded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            sock, address = environ["gunicorn.socket"], self.address_of(environ)
            response = start_response.__self__  # type: ignore[attr-defined]
            if length := request_bodies.length_to_read(environ):
                seconds = request_bodies.time_limit(length)
                self.waits.begin(sock, Phase.SENDING, address=address, seconds=seconds)
                try:
                    request_bodies.read(environ, length)
                except request_bodies.IncompleteBody:
                    response.force_close()
                    start_response("408 Request Timeout", [("Content-Length", "0")])
                    return []
            self.waits.end(sock)
            answer = application(environ, start_response)
            # An event stream bounds its sends itself (core/streams/delivery).
            if not getattr(answer, "streaming", False):
                seconds = TAKEN_WITHIN + (response.response_length or 0) / TAKEN_PER_SECOND
                self.waits.begin(sock, Phase.TAKING, address=address, seconds=seconds)
            return answer

        self.wsgi = bounded

    def await_request(self, sock: Any, peer: Any) -> None:
        """Begin to wait for the head of a request, the first of this connection or the next."""
        known = self.sees_visitors and isinstance(peer, tuple)
        address = self.address_of({"REMOTE_ADDR": peer[0]}) if known else ""
        # gunicorn's own limit for this comes first where it has one.
        self.waits.begin(sock, Phase.ASKING, address=address, seconds=self.cfg.keepalive + 1)
