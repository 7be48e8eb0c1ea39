"""An HTTP/1.1 client for long event streams, readable without the rest of the project.

Why it exists. The answers of language models arrive as hundreds of small server-sent events over 30 to 60
seconds. The SDKs' own readers cost 68 to 103 µs of CPU per event and throw the connection away after each
answer; this client costs 3.5 to 4.5 µs, and 1.4 to 2.5 µs when eight events are read together
(docs/decisions/006-own-reader.md). httpx, urllib3 and ``http.client`` lack three more things that a stream
needs: a deadline until the next *text* rather than a time-out of the socket, which comments put off for ever;
an interrupt from any thread that ends every wait, including connect and TLS handshake; and a read that takes
what has arrived without waiting, so that one thread can serve all streams of a process.

Not here, because nothing needs it: redirects, cookies, proxies, HTTP/2, request streaming.

Theory of operation::

    ConnectionPool          at most ``max_connections`` to one host; acquire, release, discard
      └─ Connection         one TCP or TLS connection: connect, send, receive, interrupt, close
           └─ Resolver      the host's addresses, remembered for a minute
    Exchange                one request and its response on an acquired connection
    SSEDecoder              bytes cut anywhere in, the data of whole events out

``send_request`` acquires a connection, writes the request and waits for the response's head. The caller then
reads the body with ``receive`` (waits) or ``receive_available`` (does not), and ends the exchange once:

=============  ==========================================  ===================
the exchange   when                                        the connection
=============  ==========================================  ===================
``release()``  the response was understood to its end      goes back, is reused
``close()``    it is given up, from any thread             is closed
an error       raised by any of the above                  is closed
=============  ==========================================  ===================

A connection belongs to one thread at a time. The only call that may come from another thread is
``Connection.interrupt`` (through ``Exchange.close`` or a ``Cancel``): it shuts the socket down, which wakes
the thread that waits, and that thread closes it. Deadlines (``until``) are instants of ``time.monotonic()``.

Everything raises ``HTTPError`` (``errors``: httpcore's names) or ``Cancelled``. Concurrency is plain
``threading``: cooperative where the process is patched by gevent, native threads where it is not.
"""

from __future__ import annotations

from core.llm.http.connection import default_tls_context
from core.llm.http.errors import (
    ConnectError,
    ConnectTimeout,
    HTTPError,
    PoolTimeout,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
)
from core.llm.http.http11 import Exchange, send_request
from core.llm.http.pool import ConnectionPool
from core.llm.http.sse import ErrorEvent, NamedEvent, SSEDecoder

__all__ = [
    "ConnectError",
    "ConnectTimeout",
    "ConnectionPool",
    "ErrorEvent",
    "Exchange",
    "HTTPError",
    "NamedEvent",
    "PoolTimeout",
    "ReadError",
    "ReadTimeout",
    "RemoteProtocolError",
    "SSEDecoder",
    "default_tls_context",
    "send_request",
]
