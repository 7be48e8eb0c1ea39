"""The transport of the SDKs: they build and sign requests; the response is judged and read by us.

An SDK is given an ``httpx2.Client`` on a ``Transport``, which sends on a connection of our pool. An answer of 2xx
is captured: the SDK sees an empty body, and the caller of ``capturing`` receives the open exchange, because the
SDKs' own readers cost 68 to 103 µs per event and throw the connection away (docs/decisions/006-own-reader.md). Any other
response is raised as a ``ProviderError``: the SDKs raise errors of their own kind, or of none, at a body that is odd.
"""

from __future__ import annotations

import contextvars
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2

from core.llm.cancel import Cancel
from core.llm.http import (
    ConnectionPool,
    Exchange,
    HTTPError,
    ReadTimeout,
    default_tls_context,
    send_request,
)
from core.llm.providers.errors import failure_of_response, provider_error
from core.llm.providers.seam import Seam
from core.llm.providers.stream import EventParser, EventTextStream
from core.llm.types import Deadlines, ProviderError

# Set here, not by an SDK: a body that is read raw must not be compressed, and connections are kept.
_OUR_HEADERS = {b"accept-encoding", b"connection", b"host", b"transfer-encoding"}

ERROR_BODY_WITHIN = 2.0  # seconds


@dataclass(slots=True)
class Call:
    """One request to a provider through an SDK: its deadlines, and the exchange captured from it."""

    provider: str
    deadlines: Deadlines
    cancel: Cancel
    begun: float
    exchange: Exchange | None = None

    def text_stream(
        self, parser: EventParser, *, model: str, seam: Seam | None, prefix: str
    ) -> EventTextStream:
        """Return the captured answer as text. Raises ProviderError when the SDK has sent nothing."""
        if self.exchange is None:
            raise ProviderError("malformed", self.provider)
        return EventTextStream(
            self.exchange,
            parser,
            provider=self.provider,
            model=model,
            deadlines=self.deadlines,
            begun=self.begun,
            cancel=self.cancel,
            seam=seam,
            prefix=prefix,
        )


_call: contextvars.ContextVar[Call | None] = contextvars.ContextVar("llm_call", default=None)


@contextmanager
def capturing(provider: str, deadlines: Deadlines, cancel: Cancel) -> Iterator[Call]:
    """Put the stream that an SDK of this thread opens inside into the ``exchange`` of the call.

    A ProviderError that leaves it names ``provider``.
    """
    call = Call(provider, deadlines, cancel, time.monotonic())
    token = _call.set(call)
    try:
        yield call
    except BaseException as error:
        if call.exchange is not None:
            call.exchange.close()
        if isinstance(error, ProviderError):
            error.provider = provider
        raise
    finally:
        _call.reset(token)


class Transport(httpx2.BaseTransport):
    """Sends requests over the pool of one host."""

    def __init__(self, pool: ConnectionPool) -> None:
        self.pool = pool

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send and wait for the response's head. Raises ProviderError or Cancelled."""
        call = _call.get()
        if call is None:
            raise RuntimeError("a provider's SDK is used outside of `capturing`")
        limits, begun = call.deadlines, call.begun
        text_until = begun + min(limits.first_token, limits.total)
        try:
            exchange = send_request(
                self.pool,
                _bytes(request),
                connect_until=begun + min(limits.connect, limits.total),
                head_until=text_until,
                cancel=call.cancel,
            )
            if 200 <= exchange.status < 300:
                call.exchange = exchange
                return httpx2.Response(200, headers=exchange.headers, content=b"")
            body = _error_body(exchange, text_until)
        except ReadTimeout:
            raise ProviderError(
                "timeout_total" if limits.total < limits.first_token else "timeout_first_token"
            ) from None
        except HTTPError as error:
            raise provider_error(error, call.provider) from None
        raise failure_of_response(exchange.status, exchange.headers, body)

    def close(self) -> None:
        self.pool.close()


def client(
    base_url: str, *, max_connections: int, tls_context: Callable[[], ssl.SSLContext] = default_tls_context
) -> tuple[httpx2.Client, ConnectionPool]:
    """Return an HTTP client for an SDK, and its pool. No proxies, no redirects.

    ``tls_context`` may return one for several clients: reading the system's authorities takes 50 ms or more.
    """
    url = httpx2.URL(base_url)
    is_secure = url.scheme == "https"
    port = url.port or (443 if is_secure else 80)
    tls = tls_context() if is_secure else None
    pool = ConnectionPool(url.host, port, tls=tls, max_connections=max_connections)
    return httpx2.Client(transport=Transport(pool), trust_env=False, follow_redirects=False), pool


def _error_body(exchange: Exchange, until: float) -> bytes:
    """Return the body of an error; b"" if it doesn't come whole, which changes nothing about its status."""
    try:
        return exchange.read(until=min(until, time.monotonic() + ERROR_BODY_WITHIN))
    except HTTPError:
        return b""
    finally:
        exchange.release()


def _bytes(request: httpx2.Request) -> bytes:
    body = request.read()
    lines = [b"%s %s HTTP/1.1" % (request.method.encode(), request.url.raw_path)]
    lines.append(b"Host: " + request.url.netloc)
    lines.append(b"Accept-Encoding: identity")
    lines += [name + b": " + value for name, value in request.headers.raw if name.lower() not in _OUR_HEADERS]
    if body and b"content-length" not in {name.lower() for name, _ in request.headers.raw}:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
