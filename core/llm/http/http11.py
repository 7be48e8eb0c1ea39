"""HTTP/1.1 answers, parsed in C (llhttp) from whatever a wire has received."""

from __future__ import annotations

import threading
import time
from typing import Any

import httptools

from core.llm.cancel import Cancel, Cancelled
from core.llm.http.connection import Interrupted, Late, Wire
from core.llm.http.pool import Pool
from core.llm.types import ProviderError

DRAIN_SECONDS = 0.05
ERROR_BODY = 256 * 1024


class Exchange:
    """One request and its answer, on one wire of a pool.

    `receive`, `take` and `finish` belong to one thread at a time; `close` may come from any, at any time.
    """

    def __init__(self, pool: Pool, wire: Wire) -> None:
        self._pool = pool
        self._wire: Wire | None = wire
        self._lock = threading.Lock()
        self._waiting = False
        self._closed = False
        self._framed = False  # the answer says where its body ends
        self._keep = False
        self._parts: list[bytes] = []
        self.on_body = self._parts.append  # llhttp's, as those below: once a token, so no method of ours
        self._parser: Any = httptools.HttpResponseParser(self)
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.complete = False

    # llhttp calls these

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name, value))
        if name.lower() in {b"content-length", b"transfer-encoding"}:
            self._framed = True

    def on_headers_complete(self) -> None:
        self.status = self._parser.get_status_code()

    def on_message_complete(self) -> None:
        if self.status < 200:  # 100 Continue and its kin: the answer proper follows
            self.status = 0
            self.headers.clear()
        else:
            self.complete = True
            self._keep = self._parser.should_keep_alive()  # llhttp forgets it after this call

    # the caller's side

    def ask(self, request: bytes, *, until: float) -> None:
        """Send the request and wait for the answer's head. Raises ProviderError, Cancelled or Late."""
        with _Turn(self) as wire:
            wire.send(request, until=until)
            while not self.status or self.status < 200:
                self._take(wire, until)

    def receive(self, *, until: float) -> bytes:
        """Wait for bytes of the body and take all that have arrived; b"" at its end.

        Raises ProviderError("connect" or "malformed"), Cancelled or Late.
        """
        if self._closed:
            raise Cancelled
        parts = self._parts
        if not parts and not self.complete:
            with _Turn(self) as wire:
                while not parts and not self.complete:
                    self._take(wire, until)
        data = b"".join(parts)
        parts.clear()
        return data

    def take(self) -> bytes | None:
        """The bytes of the body that have arrived, without waiting: b"" when none have, None at its end.

        Raises ProviderError("connect" or "malformed"), Cancelled or Late.
        """
        # No lock, as this runs for every stream and tick: while the mark stands, `close` only interrupts.
        self._waiting = True
        try:
            wire, parts = self._wire, self._parts
            if self._closed or wire is None:
                raise Cancelled
            if not parts and not self.complete:
                data = wire.take()
                if data is None:
                    return b""
                self._feed(data)
            if not parts:
                return None if self.complete else b""
            data = b"".join(parts)
            parts.clear()
            return data
        except Interrupted:
            raise Cancelled from None
        except OSError:
            raise ProviderError("connect") from None
        finally:
            self._waiting = False

    def _take(self, wire: Wire, until: float) -> None:
        self._feed(wire.receive(until=until))

    def _feed(self, data: bytes) -> None:
        if not data:
            if self.status >= 200 and not self._framed:  # the body ends with the connection
                self.complete = True
                return
            raise ConnectionResetError
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            raise ProviderError("malformed") from None

    def whole(self, *, until: float) -> bytes:
        """The rest of the body, cut at 256 KB, as errors are read."""
        body = b""
        while len(body) < ERROR_BODY and (data := self.receive(until=until)):
            body += data
        return body

    def finish(self) -> None:
        """Give the wire back for reuse: the answer is understood, its last chunk may still be on the way."""
        if not self.complete:
            try:
                self.whole(until=time.monotonic() + DRAIN_SECONDS)
            except (ProviderError, Cancelled, Late):
                return self.close()
        with self._lock:
            wire = self._let_go()
            self._closed = True
        if wire is None:
            return None
        if self._keep:
            self._pool.give(wire)
        else:
            self._pool.drop(wire)
        return None

    def close(self) -> None:
        """Give the answer up and close its connection. Idempotent, from any thread."""
        with self._lock:
            self._closed = True
            if self._waiting:
                if self._wire is not None:
                    self._wire.interrupt()  # whoever waits closes it
                return
            wire = self._let_go()
        if wire is not None:
            self._pool.drop(wire)

    def _let_go(self) -> Wire | None:
        """Part with the wire, and with the parser, which holds on to this exchange: a cycle lives until it is collected."""
        wire, self._wire, self._parser = self._wire, None, None
        return wire

    @property
    def closed(self) -> bool:
        return self._closed


class _Turn:
    """The time during which one thread uses the wire of an exchange."""

    __slots__ = ("_exchange",)

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def __enter__(self) -> Wire:
        exchange = self._exchange
        with exchange._lock:
            if exchange._closed or exchange._wire is None:
                raise Cancelled
            exchange._waiting = True
            return exchange._wire

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        exchange = self._exchange
        dropped: Wire | None = None
        with exchange._lock:
            exchange._waiting = False
            # A wire that failed or was interrupted is of no more use; one that is only late may be.
            if exchange._closed or (error is not None and not isinstance(error, Late)):
                exchange._closed = True
                dropped = exchange._let_go()
        if dropped is not None:
            exchange._pool.drop(dropped)
        if isinstance(error, Interrupted):
            raise Cancelled from None
        if isinstance(error, OSError):
            raise ProviderError("connect") from None


def begin(pool: Pool, request: bytes, *, connect_until: float, head_until: float, cancel: Cancel) -> Exchange:
    """Take a connection, send, and wait for the head. A cancel interrupts any of it."""
    exchange = Exchange(pool, pool.take(until=connect_until, cancel=cancel))
    forget = cancel.on_set(exchange.close)
    try:
        exchange.ask(request, until=head_until)
    except BaseException:
        exchange.close()
        raise
    finally:
        forget()
    return exchange
