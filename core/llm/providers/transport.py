"""The SDKs' way to the wire: they build, sign and judge requests; the answer's stream is ours.

An SDK is given an `httpx2.Client` on a `Transport`. What it sends goes out on a connection of our pool. An
answer other than a stream goes back to the SDK, whose errors apply. A stream (2xx, `text/event-stream`) is
kept: the SDK sees an empty body, and the caller of `taking` receives the open exchange, because the SDKs'
own readers cost 90 to 160 µs per chunk and throw the connection away.
"""

from __future__ import annotations

import contextvars
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2

from core.llm.cancel import Cancel
from core.llm.http import http11
from core.llm.http.connection import Late
from core.llm.http.pool import Pool, tls_context
from core.llm.types import Deadlines, ProviderError

# Ours to decide: what is read raw must not be compressed, and connections are kept.
_OURS = {b"accept-encoding", b"connection", b"host", b"transfer-encoding"}


@dataclass(slots=True)
class Call:
    """One request through an SDK: its deadlines, and the exchange taken from it."""

    deadlines: Deadlines
    cancel: Cancel
    begun: float
    exchange: http11.Exchange | None = None


_call: contextvars.ContextVar[Call | None] = contextvars.ContextVar("llm_call", default=None)


@contextmanager
def taking(deadlines: Deadlines, cancel: Cancel) -> Iterator[Call]:
    """Within, a stream that an SDK of this thread opens is left in the `exchange` of the call."""
    call = Call(deadlines, cancel, time.monotonic())
    token = _call.set(call)
    try:
        yield call
    except BaseException:
        if call.exchange is not None:
            call.exchange.close()
        raise
    finally:
        _call.reset(token)


class Transport(httpx2.BaseTransport):
    """Sends requests over the pool of one host."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send and wait for the answer's head. Raises ProviderError or Cancelled."""
        call = _call.get()
        if call is None:
            raise RuntimeError("a provider's SDK is used outside of `taking`")
        limits, begun = call.deadlines, call.begun
        text_until = begun + min(limits.first_token, limits.total)
        try:
            exchange = http11.begin(
                self.pool,
                _bytes(request),
                connect_until=begun + min(limits.connect, limits.total),
                head_until=text_until,
                cancel=call.cancel,
            )
            if 200 <= exchange.status < 300 and _is_stream(exchange.headers):
                call.exchange = exchange
                return httpx2.Response(exchange.status, headers=exchange.headers, content=b"")
            try:
                body = exchange.whole(until=text_until)
            finally:
                exchange.finish()
        except Late:
            raise ProviderError(
                "timeout_total" if limits.total < limits.first_token else "timeout_first_token"
            ) from None
        if exchange.status < 300:
            raise ProviderError("malformed", status=exchange.status)
        kept = [(name, value) for name, value in exchange.headers if name.lower() != b"content-encoding"]
        return httpx2.Response(exchange.status, headers=kept, content=body)

    def close(self) -> None:
        self.pool.close()


def client(base_url: str, *, limit: int) -> tuple[httpx2.Client, Pool]:
    """An HTTP client for an SDK, on a pool of at most `limit` connections. No proxies, no redirects."""
    url = httpx2.URL(base_url)
    secure = url.scheme == "https"
    port = url.port or (443 if secure else 80)
    pool = Pool(url.host, port, tls=tls_context() if secure else None, limit=limit)
    return httpx2.Client(transport=Transport(pool), trust_env=False, follow_redirects=False), pool


def _is_stream(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(b"text/event-stream") for name, value in headers
    )


def _bytes(request: httpx2.Request) -> bytes:
    body = request.read()
    lines = [b"%s %s HTTP/1.1" % (request.method.encode(), request.url.raw_path)]
    lines.append(b"Host: " + request.url.netloc)
    lines.append(b"Accept-Encoding: identity")
    lines += [name + b": " + value for name, value in request.headers.raw if name.lower() not in _OURS]
    if body and b"content-length" not in {name.lower() for name, _ in request.headers.raw}:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
