"""The connections to one host: as many as streams are allowed, reused while they are warm.

While one request follows another, the next one finds a connection that was made before it came: TCP and TLS
would cost it two or three round trips to the server.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections import deque

from core.llm.cancel import Cancel, Cancelled
from core.llm.http.connection import Connection, Interrupted
from core.llm.http.errors import ConnectError, ConnectTimeout, HTTPError, PoolTimeout, ReadTimeout
from core.llm.http.resolver import Resolver
from core.runtime import TooManyJobs, spawn

# Servers keep an idle connection for a minute or more: below that, a reused one has seldom just been closed.
KEEPALIVE_SECONDS = 15.0
ACQUIRE_SECONDS = 0.5


class ConnectionPool:
    """At most ``max_connections`` in use to one host.

    A caller waits ``acquire_seconds`` for a free one. An idle connection is reused for ``keepalive`` seconds.
    ``in_use``, ``idle`` and ``opened`` (connections made since the start) are for metrics and tests.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        tls: ssl.SSLContext | None,
        max_connections: int,
        acquire_seconds: float = ACQUIRE_SECONDS,
        keepalive: float = KEEPALIVE_SECONDS,
    ) -> None:
        self.host = host
        self.port = port
        self.max_connections = max_connections
        self.in_use = 0
        self.opened = 0
        self._resolver = Resolver(host, port)
        self._tls = tls
        self._acquire_seconds = acquire_seconds
        self.keepalive = keepalive
        self._permits = threading.BoundedSemaphore(max_connections)
        self._lock = threading.Lock()
        self._idle: deque[Connection] = deque()
        self._acquired_at = float("-inf")  # the last time
        self._connecting_spare = False
        self._closed = False

    @property
    def idle(self) -> int:
        return len(self._idle)

    def acquire(self, *, until: float, cancel: Cancel) -> Connection:
        """Return an open connection, a warm one if there is one; end with ``release`` or ``discard``.

        Raises PoolTimeout, ConnectError, ConnectTimeout or Cancelled.
        """
        if not self._permits.acquire(timeout=self._acquire_seconds):
            raise PoolTimeout
        connection: Connection | None = None
        try:
            connection = self._pop_idle() or self._connect(until, cancel)
            with self._lock:
                self.in_use += 1
        finally:
            if connection is None:
                self._permits.release()
        self._keep_one_spare(until - time.monotonic())
        return connection

    def release(self, connection: Connection) -> None:
        """Take back a connection whose response was read to its end."""
        with self._lock:
            self.in_use -= 1
        self._push_idle(connection)
        self._permits.release()

    def discard(self, connection: Connection) -> None:
        """Take back a connection that can't be reused, and close it."""
        connection.close()
        with self._lock:
            self.in_use -= 1
        self._permits.release()

    def close(self) -> None:
        """Close the idle connections, and those in use when they come back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, deque()
        for connection in idle:
            connection.close()

    def _connect(self, until: float, cancel: Cancel) -> Connection:
        connection = Connection()
        forget = cancel.on_set(connection.interrupt)
        try:
            connection.connect(self.host, self._resolver, self._tls, until=until)
        except BaseException as error:
            connection.close()
            if isinstance(error, Interrupted):
                raise Cancelled from None
            if isinstance(error, ReadTimeout):
                raise ConnectTimeout from None
            if isinstance(error, OSError):
                raise ConnectError from None
            raise
        finally:
            forget()
        with self._lock:
            self.opened += 1
        return connection

    def _pop_idle(self) -> Connection | None:
        while True:
            with self._lock:
                if not self._idle:
                    return None
                connection = self._idle.pop()
            # A router in between may have forgotten an old connection without telling either end.
            if not connection.has_expired(keepalive=self.keepalive):
                return connection
            connection.close()

    def _push_idle(self, connection: Connection) -> None:
        """Keep a connection for the next caller, and close those that have been idle for long."""
        now = connection.idle_since = time.monotonic()
        expired: list[Connection] = []
        with self._lock:
            (expired if self._closed else self._idle).append(connection)
            while self._idle and now - self._idle[0].idle_since > self.keepalive:
                expired.append(self._idle.popleft())
        for old in expired:
            old.close()

    def _keep_one_spare(self, seconds: float) -> None:
        """Connect for the next request, unless the last one is long ago: it would expire before its use."""
        now = time.monotonic()
        with self._lock:
            is_frequent = now - self._acquired_at < self.keepalive
            self._acquired_at = now
            if not is_frequent or self._connecting_spare or self._idle or self.in_use >= self.max_connections:
                return
            self._connecting_spare = True
        try:
            spawn("spare", self._connect_spare, now + seconds)
        except TooManyJobs:
            self._connecting_spare = False

    def _connect_spare(self, until: float) -> None:
        try:
            connection = self._connect(until, Cancel())
        except HTTPError:
            pass  # the next request meets the same error, and its caller is told
        else:
            self._push_idle(connection)
        finally:
            self._connecting_spare = False
