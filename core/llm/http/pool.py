"""The connections to one provider: as many as streams are allowed, reused while they are warm.

While one question follows another, the next one finds a connection that was made before it came: TCP and TLS
would cost it two or three ways to the provider and back.

Plain `threading`: cooperative where the process is patched, native threads where it is not.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections import deque
from pathlib import Path

from core.llm.cancel import Cancel, Cancelled
from core.llm.http.connection import Interrupted, Late, Wire
from core.llm.types import ProviderError
from core.runtime import TooManyJobs, spawn

# Providers keep an idle connection for a minute or more: below that, a reuse seldom meets a close.
IDLE_SECONDS = 15.0
WAIT_SECONDS = 0.5


class Pool:
    """At most `limit` connections in use to one host."""

    def __init__(
        self, host: str, port: int, *, tls: ssl.SSLContext | None, limit: int, wait: float = WAIT_SECONDS
    ) -> None:
        self.host = host
        self.port = port
        self.limit = limit
        self.in_use = 0
        self.opened = 0  # connections made since the start
        self._tls = tls
        self._wait = wait
        self._slots = threading.BoundedSemaphore(limit)
        self._lock = threading.Lock()
        self._idle: deque[Wire] = deque()
        self._taken = float("-inf")  # when one was last taken
        self._sparing = False
        self._closed = False

    def take(self, *, until: float, cancel: Cancel) -> Wire:
        """A connected wire, warm if there is one; give it back with `give` or `drop`.

        Raises ProviderError("pool" or a connect kind) or Cancelled.
        """
        if not self._slots.acquire(timeout=self._wait):
            raise ProviderError("pool")
        wire: Wire | None = None
        try:
            wire = self._warm() or self._connected(until, cancel)
            with self._lock:
                self.in_use += 1
        finally:
            if wire is None:
                self._slots.release()
        self._keep_one_spare(until - time.monotonic())
        return wire

    def _keep_one_spare(self, seconds: float) -> None:
        """Connect for the next question, if the last one is not long ago: one that comes too late is of no use."""
        now = time.monotonic()
        with self._lock:
            often = now - self._taken < IDLE_SECONDS
            self._taken = now
            if not often or self._sparing or self._idle or self.in_use >= self.limit:
                return
            self._sparing = True
        try:
            spawn("spare", self._connect_spare, now + seconds)
        except TooManyJobs:
            self._sparing = False

    def _connect_spare(self, until: float) -> None:
        try:
            wire = self._connected(until, Cancel())
        except ProviderError:
            pass  # the next question will meet the same, and tell
        else:
            self._keep(wire)
        finally:
            self._sparing = False

    def _warm(self) -> Wire | None:
        while True:
            with self._lock:
                if not self._idle:
                    return None
                wire = self._idle.pop()
            # A router between may have forgotten an old connection without telling either end.
            if time.monotonic() - wire.idle_since < IDLE_SECONDS and wire.is_quiet():
                return wire
            wire.close()

    def _connected(self, until: float, cancel: Cancel) -> Wire:
        wire = Wire()
        forget = cancel.on_set(wire.interrupt)
        try:
            wire.connect(self.host, self.port, self._tls, until=until)
        except BaseException as error:
            wire.close()
            if isinstance(error, Interrupted):
                raise Cancelled from None
            if isinstance(error, Late):
                raise ProviderError("timeout_connect") from None
            if isinstance(error, OSError):
                raise ProviderError("connect") from None
            raise
        finally:
            forget()
        with self._lock:
            self.opened += 1
        return wire

    def give(self, wire: Wire) -> None:
        """Take back a wire whose answer was read to its end."""
        with self._lock:
            self.in_use -= 1
        self._keep(wire)
        self._slots.release()

    def _keep(self, wire: Wire) -> None:
        """Leave a wire to whoever comes next; those that have waited for long go."""
        now = wire.idle_since = time.monotonic()
        old: list[Wire] = []
        with self._lock:
            (old if self._closed else self._idle).append(wire)
            while self._idle and now - self._idle[0].idle_since > IDLE_SECONDS:
                old.append(self._idle.popleft())
        for stale in old:
            stale.close()

    def drop(self, wire: Wire) -> None:
        """Take back a wire that is no good any more."""
        wire.close()
        with self._lock:
            self.in_use -= 1
        self._slots.release()

    @property
    def idle(self) -> int:
        return len(self._idle)

    def close(self) -> None:
        """Close the idle connections, and those in use when they come back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, deque()
        for wire in idle:
            wire.close()


def tls_context() -> ssl.SSLContext:
    """TLS as a client: the system's authorities, or certifi's where a slim image has none."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not context.get_ca_certs() and not (paths.capath and any(Path(paths.capath).glob("*.0"))):
        import certifi

        context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
