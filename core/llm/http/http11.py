"""One HTTP/1.1 request and its response, parsed in C (llhttp) from whatever a connection has received."""

from __future__ import annotations

import threading
import time
from typing import Any

import httptools

from core.llm.cancel import Cancel, Cancelled
from core.llm.http.connection import Connection, Interrupted
from core.llm.http.errors import HTTPError, ReadError, ReadTimeout, RemoteProtocolError
from core.llm.http.pool import ConnectionPool
from core.llm.http.unpacking import Unpacker

# How long ``release`` waits for the last chunk of a response that is already understood.
DRAIN_SECONDS = 0.2
MAX_BODY_BYTES = 256 * 1024
# Bounds of all that a peer may send beside the body; llhttp has none. Chunk sizes, their extensions and trailers are
# framing: at most so many bytes of it without a byte of the body, and a few more for each byte of the body.
MAX_HEAD_BYTES = 64 * 1024
MAX_HEADERS = 100
MAX_INTERIM = 10
MAX_FRAMING_BYTES = 64 * 1024
FRAMING_PER_BYTE = 16


class Exchange:
    """One request and its response, on one acquired connection.

    ``receive``, ``receive_available`` and ``release`` belong to one thread at a time; ``close`` may come from
    any thread, at any time.
    """

    # Slots, because a flush looks at hundreds of exchanges: each is in one place in memory.
    __slots__ = (
        "__weakref__",
        "_allowance",
        "_broken",
        "_closed",
        "_connection",
        "_framed",
        "_header_count",
        "_in_use",
        "_keep_alive",
        "_lock",
        "_messages",
        "_parser",
        "_parts",
        "_pool",
        "_unpacker",
        "complete",
        "headers",
        "on_body",
        "status",
    )

    def __init__(self, pool: ConnectionPool, connection: Connection) -> None:
        self._pool = pool
        self._connection: Connection | None = connection
        self._lock = threading.Lock()
        self._in_use = (
            False  # a thread is inside `receive` or its like: it closes the connection, not `close`
        )
        self._closed = False
        self._framed = False  # the response says where its body ends
        self._keep_alive = False
        self._messages = 0  # begun: the final response, and informational ones before it
        self._header_count = 0
        self._allowance = MAX_HEAD_BYTES  # how many bytes may still come that are no body
        self._unpacker: Unpacker | None = None
        self._broken = False  # what follows the body so far is not HTTP, or too much beside it
        self._parts: list[bytes] = []
        self.on_body = self._parts.append  # called by llhttp as those below; once a token, so no Python frame
        self._parser: Any = httptools.HttpResponseParser(self)
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.complete = False

    # Called by llhttp; what is raised here comes out of `feed_data` as an HttpParserError

    def on_message_begin(self) -> None:
        self._messages += 1
        if self.complete or self._messages > 1 + MAX_INTERIM:
            raise RemoteProtocolError

    def on_header(self, name: bytes, value: bytes) -> None:
        self._header_count += 1
        if self._header_count > MAX_HEADERS:
            raise RemoteProtocolError
        if self.status:  # a trailer
            return
        self.headers.append((name, value))
        if name.lower() in {b"content-length", b"transfer-encoding"}:
            self._framed = True
        # Not asked for, but some proxies pack everything.
        elif name.lower() == b"content-encoding" and value.strip().lower() in {
            b"gzip",
            b"x-gzip",
            b"deflate",
        }:
            self._unpacker = Unpacker()

    def on_headers_complete(self) -> None:
        self.status = self._parser.get_status_code()
        if self.status >= 200:
            self._allowance = MAX_FRAMING_BYTES

    def on_message_complete(self) -> None:
        if self.status < 200:  # an informational response (100 Continue): the final one follows
            self.status, self._unpacker = 0, None
            self.headers.clear()
        else:
            self.complete = True
            self._keep_alive = self._parser.should_keep_alive()  # llhttp forgets it after this call

    # Called by the owner

    @property
    def closed(self) -> bool:
        return self._closed

    def send(self, request: bytes, *, until: float) -> None:
        """Send the request and wait for the response's head. Raises HTTPError or Cancelled."""
        with _Use(self) as connection:
            connection.send(request, until=until)
            while self._awaits_head():
                self._feed(connection.receive(until=until))

    def receive(self, *, until: float) -> bytes:
        """Wait for bytes of the body and return all that have arrived; b"" at its end.

        Raises ReadError, ReadTimeout, RemoteProtocolError or Cancelled.
        """
        if self._closed:
            raise Cancelled
        parts = self._parts
        while True:
            if not parts and not self.complete:
                with _Use(self) as connection:
                    while not parts and not self.complete:
                        self._feed(connection.receive(until=until))
            body = self._body()
            if body or self.complete:
                return body

    def receive_available(self) -> bytes | None:
        """Return the bytes of the body that have arrived, without waiting: b"" when none have, None at its end.

        Raises ReadError, ReadTimeout, RemoteProtocolError or Cancelled.
        """
        # No lock, as this runs for every stream and flush: while the mark stands, `close` only interrupts.
        self._in_use = True
        try:
            connection, parts = self._connection, self._parts
            if self._closed or connection is None:
                raise Cancelled
            if not parts and not self.complete:
                data = connection.receive_available()
                if data is None:
                    return b""
                self._feed(data)
            if not parts:
                return None if self.complete else b""
            return self._body()
        except Interrupted:
            raise Cancelled from None
        except OSError:
            raise ReadError from None
        finally:
            self._in_use = False

    def read(self, *, until: float, max_bytes: int = MAX_BODY_BYTES) -> bytes:
        """Return the rest of the body, or its beginning past ``max_bytes``: for errors, which are short."""
        body = b""
        while len(body) < max_bytes and (data := self.receive(until=until)):
            body += data
        return body

    def release(self) -> None:
        """End the exchange and keep its connection: the last chunk of the body may still be on its way.

        If more of the body is, the peer doesn't end where it seemed to: then the connection is closed.
        """
        try:
            if self.receive(until=time.monotonic() + DRAIN_SECONDS):
                return self.close()
        except (HTTPError, Cancelled):
            return self.close()
        with self._lock:
            connection = self._detach()
            self._closed = True
        if connection is None:
            return None
        if self._keep_alive:
            self._pool.release(connection)
        else:
            self._pool.discard(connection)
        return None

    def close(self) -> None:
        """Give the response up and close its connection. Idempotent, from any thread."""
        with self._lock:
            self._closed = True
            if self._in_use:
                if self._connection is not None:
                    self._connection.interrupt()  # the thread that waits closes it
                return
            connection = self._detach()
        if connection is not None:
            self._pool.discard(connection)

    def _body(self) -> bytes:
        """Return the body that has been parsed since."""
        data = b"".join(self._parts)
        self._parts.clear()
        # `_feed` has taken the body from the allowance as well.
        allowance = self._allowance + (1 + FRAMING_PER_BYTE) * len(data)
        self._allowance = min(allowance, MAX_FRAMING_BYTES)
        if allowance < 0:
            self._broken = True
        return data if self._unpacker is None else self._unpacked(self._unpacker, data)

    def _unpacked(self, unpacker: Unpacker, data: bytes) -> bytes:
        try:
            return unpacker.feed(data)
        except RemoteProtocolError:
            self.close()
            raise

    def _feed(self, data: bytes) -> None:
        if self._broken:
            raise RemoteProtocolError
        if not data:
            if self.status and not self._framed:  # the body ends with the connection
                self.complete = True
                return
            raise ConnectionResetError
        if self._awaits_head() and len(data) > self._allowance:
            self._parse(data[: self._allowance])
            if self._awaits_head():
                raise RemoteProtocolError
            data = data[self._allowance :]
        self._allowance -= len(data)
        self._parse(data)
        if self._allowance < 0 and not self._parts and not self.complete:
            raise RemoteProtocolError

    def _awaits_head(self) -> bool:
        return not self.status  # of the final response: informational ones take theirs back

    def _parse(self, data: bytes) -> None:
        """Parse; the body before a fault is handed out first, and what follows the response is dropped."""
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._keep_alive = False
            if self.complete:
                return
            self._broken = True
            if not self._parts:
                raise RemoteProtocolError from None

    def _detach(self) -> Connection | None:
        """Let go of the connection, and of the parser, whose reference back would make a cycle."""
        connection, self._connection, self._parser = self._connection, None, None
        return connection


class _Use:
    """The time during which one thread waits on the connection of an exchange."""

    __slots__ = ("_exchange",)

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def __enter__(self) -> Connection:
        exchange = self._exchange
        with exchange._lock:
            if exchange._closed or exchange._connection is None:
                raise Cancelled
            exchange._in_use = True
            return exchange._connection

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        exchange = self._exchange
        discarded: Connection | None = None
        with exchange._lock:
            exchange._in_use = False
            # A connection that failed or was interrupted can't be used again; after a time-out it can.
            if exchange._closed or (error is not None and not isinstance(error, ReadTimeout)):
                exchange._closed = True
                discarded = exchange._detach()
        if discarded is not None:
            exchange._pool.discard(discarded)
        if isinstance(error, Interrupted):
            raise Cancelled from None
        if isinstance(error, OSError):
            raise ReadError from None


def send_request(
    pool: ConnectionPool, request: bytes, *, connect_until: float, head_until: float, cancel: Cancel
) -> Exchange:
    """Acquire a connection, send ``request`` and wait for the response's head; ``cancel`` interrupts any of it.

    Raises HTTPError or Cancelled.
    """
    exchange = Exchange(pool, pool.acquire(until=connect_until, cancel=cancel))
    forget = cancel.on_set(exchange.close)
    try:
        exchange.send(request, until=head_until)
    except BaseException:
        exchange.close()
        raise
    finally:
        forget()
    return exchange
