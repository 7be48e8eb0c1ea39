"""One TCP or TLS connection whose every wait has a deadline and can be interrupted from any thread.

TLS runs over memory buffers (`ssl.MemoryBIO`): one `recv` takes all records that have arrived, and a
`shutdown` of the socket from another thread cannot race with the TLS state. Deadlines are instants of
`time.monotonic()`.
"""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Callable

from core.llm.http import resolver
from core.llm.types import ProviderError
from core.runtime import recv_now

RECEIVE = 65536


class Interrupted(Exception):
    """`interrupt` was called."""


class Late(Exception):
    """The deadline passed."""


class Wire:
    """A connection. One thread uses it at a time; only `interrupt` may come from another."""

    __slots__ = ("_interrupted", "_plain_in", "_plain_out", "_recv_now", "_sock", "_tls", "idle_since")

    def __init__(self) -> None:
        self._sock: socket.socket | None = None
        self._recv_now: Callable[[int], bytes] | None = None
        self._tls: ssl.SSLObject | None = None
        self._interrupted = False
        self.idle_since = 0.0

    def connect(self, host: str, port: int, context: ssl.SSLContext | None, *, until: float) -> None:
        """Connect to the first address that answers. Raises ProviderError, Interrupted or Late."""
        addresses = resolver.resolve(host, port, seconds=max(0.0, until - time.monotonic()))
        for tried, address in enumerate(addresses):
            now = time.monotonic()
            share = (until - now) / (len(addresses) - tried)
            try:
                self._connect(address, now + share)
                break
            except OSError:
                self.close()
            except Late:
                self.close()
                if tried == len(addresses) - 1:
                    raise
        else:
            raise ProviderError("connect")
        if context is not None:
            try:
                self._handshake(context, host, until)
            except OSError:  # SSLError is one: a certificate that isn't good, a peer that isn't TLS
                raise ProviderError("connect") from None

    def _connect(self, address: resolver.Address, until: float) -> None:
        family, target = address
        sock = self._sock = socket.socket(family, socket.SOCK_STREAM)
        self._recv_now = recv_now(sock)
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 20)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 5)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
        # The SYN leaves before the flag is looked at: an interrupt either comes later and finds a socket
        # that a shutdown wakes up, or came earlier and is seen here. A blocking connect leaves a gap.
        sock.connect_ex(target)
        if self._interrupted:
            raise Interrupted
        poll = select.poll()
        poll.register(sock, select.POLLOUT)
        if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
            raise Late
        if self._interrupted:
            raise Interrupted
        failure = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if failure:
            raise OSError(failure, "connect")

    def _handshake(self, context: ssl.SSLContext, host: str, until: float) -> None:
        self._plain_in, self._plain_out = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(self._plain_in, self._plain_out, server_hostname=host)
        while True:
            try:
                tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                self._send(self._plain_out.read(), until)
                data = self._receive(until)
                if not data:
                    raise ConnectionResetError from None
                self._plain_in.write(data)
        self._send(self._plain_out.read(), until)
        self._tls = tls

    def send(self, data: bytes, *, until: float) -> None:
        """Send all of it. Raises OSError, Interrupted or Late."""
        if self._tls is not None:
            self._tls.write(data)
            data = self._plain_out.read()
        self._send(data, until)

    def receive(self, *, until: float) -> bytes:
        """Wait for bytes and take all that have arrived, 64 KB at most; b"" once the peer has finished.

        A deadline already past still takes what is there. Raises OSError, Interrupted or Late.
        """
        tls = self._tls
        if tls is None:
            return self._receive(until)
        while True:
            data = self._receive(until)
            if not data:
                return b""
            plain = self._decrypted(tls, data, until)
            if plain is None:
                return b""
            if plain:
                return plain

    def take(self) -> bytes | None:
        """What has arrived, without waiting: None when nothing has, b"" once the peer has finished.

        Raises OSError, Interrupted or Late.
        """
        if self._interrupted or self._recv_now is None:
            raise Interrupted
        try:
            data = self._recv_now(RECEIVE)
        except BlockingIOError:
            return None
        except OSError:
            if self._interrupted:
                raise Interrupted from None
            raise
        if self._tls is None or not data:
            return data
        plain = self._decrypted(self._tls, data, time.monotonic() + 1)
        return b"" if plain is None else plain or None

    def _decrypted(self, tls: ssl.SSLObject, data: bytes, until: float) -> bytes | None:
        """As ``_decrypt``; what TLS itself has to answer (a new key, say) is sent, unless the peer has finished."""
        plain = self._decrypt(tls, data)
        if plain is not None and self._plain_out.pending:
            self._send(self._plain_out.read(), until)
        return plain

    def _decrypt(self, tls: ssl.SSLObject, data: bytes) -> bytes | None:
        """What the records in `data` hold, b"" if none is whole; None when the peer has said goodbye."""
        self._plain_in.write(data)
        parts: list[bytes] = []
        while True:
            try:
                part = tls.read(RECEIVE)
            except ssl.SSLWantReadError:
                return b"".join(parts)
            except ssl.SSLZeroReturnError:
                part = b""
            if not part:
                return b"".join(parts) or None
            parts.append(part)

    def _send(self, data: bytes, until: float) -> None:
        if not data:
            return
        sock = self._ready(until)
        try:
            sock.sendall(data)
        except TimeoutError:
            raise Late from None
        except OSError:
            if self._interrupted:
                raise Interrupted from None
            raise

    def _receive(self, until: float) -> bytes:
        sock = self._ready(until)
        try:
            data = sock.recv(RECEIVE)
        except (TimeoutError, BlockingIOError):
            raise Late from None
        except OSError:
            if self._interrupted:
                raise Interrupted from None
            raise
        if not data and self._interrupted:
            raise Interrupted
        return data

    def _ready(self, until: float) -> socket.socket:
        if self._interrupted or self._sock is None:
            raise Interrupted
        left = until - time.monotonic()
        self._sock.settimeout(left if left > 0 else 0.0)
        return self._sock

    def is_quiet(self) -> bool:
        """Whether an idle connection is still open and has nothing to say, as one fit for reuse."""
        if self._interrupted or self._sock is None:
            return False
        self._sock.settimeout(0.0)
        try:
            self._sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def interrupt(self) -> None:
        """Make whatever waits on this connection raise Interrupted at once. From any thread."""
        self._interrupted = True
        sock = self._sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # not connected yet, or gone already

    def close(self) -> None:
        """Close the socket. Only by the thread that uses it, or once none does."""
        sock, self._sock, self._recv_now, self._tls = self._sock, None, None, None
        if sock is not None:
            sock.close()
