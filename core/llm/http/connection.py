"""One TCP or TLS connection whose every wait has a deadline and can be interrupted from any thread.

TLS runs over memory buffers (``ssl.MemoryBIO``): one ``recv`` takes all records that have arrived, and a
``shutdown`` of the socket from another thread can't race with the TLS state. Deadlines are instants of
``time.monotonic()``.
"""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path

from core.llm.http.errors import ConnectError, ReadTimeout
from core.llm.http.resolver import Address, Resolver
from core.runtime import recv_now

RECEIVE_BYTES = 65536


class Interrupted(Exception):
    """``Connection.interrupt`` was called."""


class Connection:
    """A connection. One thread uses it at a time; only ``interrupt`` may come from another."""

    __slots__ = ("_interrupted", "_plain_in", "_plain_out", "_recv_now", "_sock", "_tls", "idle_since")

    def __init__(self) -> None:
        self._sock: socket.socket | None = None
        self._recv_now: Callable[[int], bytes] | None = None
        self._tls: ssl.SSLObject | None = None
        self._interrupted = False
        self.idle_since = 0.0

    def connect(self, host: str, resolver: Resolver, context: ssl.SSLContext | None, *, until: float) -> None:
        """Connect to the first address that answers; with ``context``, over TLS for ``host``.

        Raises ConnectError, ReadTimeout or Interrupted.
        """
        addresses = resolver.resolve(seconds=max(0.0, until - time.monotonic()))
        for tried, address in enumerate(addresses):
            now = time.monotonic()
            share = (until - now) / (len(addresses) - tried)
            try:
                self._connect(address, now + share)
                break
            except OSError:
                self.close()
            except ReadTimeout:
                self.close()
                if tried == len(addresses) - 1:
                    raise
        else:
            raise ConnectError
        if context is not None:
            try:
                self._handshake(context, host, until)
            except OSError:  # SSLError is one: a certificate that isn't good, a peer that isn't TLS
                raise ConnectError from None

    def _connect(self, address: Address, until: float) -> None:
        family, target = address
        sock = self._sock = socket.socket(family, socket.SOCK_STREAM)
        self._recv_now = recv_now(sock)
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 20)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 5)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
        # Send the SYN before looking at the flag: an interrupt either comes later and finds a socket that a
        # shutdown wakes up, or came earlier and is seen here. A blocking connect would leave a gap.
        sock.connect_ex(target)
        if self._interrupted:
            raise Interrupted
        poll = select.poll()
        poll.register(sock, select.POLLOUT)
        if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
            raise ReadTimeout
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
        """Send all of it. Raises OSError, ReadTimeout or Interrupted."""
        if self._tls is not None:
            self._tls.write(data)
            data = self._plain_out.read()
        self._send(data, until)

    def receive(self, *, until: float) -> bytes:
        """Wait for bytes and return all that have arrived, 64 KB at most; b"" once the peer has finished.

        After the deadline, bytes that have arrived are still returned. Raises OSError, ReadTimeout or Interrupted.
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

    def receive_available(self) -> bytes | None:
        """Return what has arrived without waiting: None when nothing has, b"" once the peer has finished.

        Raises OSError, ReadTimeout or Interrupted.
        """
        if self._interrupted or self._recv_now is None:
            raise Interrupted
        try:
            data = self._recv_now(RECEIVE_BYTES)
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
        """Decrypt, and send what TLS itself has to answer (a key update, say) unless the peer has finished."""
        plain = self._decrypt(tls, data)
        if plain is not None and self._plain_out.pending:
            self._send(self._plain_out.read(), until)
        return plain

    def _decrypt(self, tls: ssl.SSLObject, data: bytes) -> bytes | None:
        """Return what the records in ``data`` hold, b"" if none is whole; None after the peer's close_notify."""
        self._plain_in.write(data)
        parts: list[bytes] = []
        while True:
            try:
                part = tls.read(RECEIVE_BYTES)
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
            raise ReadTimeout from None
        except OSError:
            if self._interrupted:
                raise Interrupted from None
            raise

    def _receive(self, until: float) -> bytes:
        sock = self._ready(until)
        try:
            try:
                assert self._recv_now is not None  # there with the socket
                data = self._recv_now(RECEIVE_BYTES)
                time.sleep(0)  # a peer that always has something to send must not keep others waiting
            except BlockingIOError:
                data = sock.recv(RECEIVE_BYTES)
        except (TimeoutError, BlockingIOError):
            raise ReadTimeout from None
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

    def has_expired(self, *, keepalive: float) -> bool:
        """Return whether an idle connection must not be reused: idle for ``keepalive`` seconds, or closed by the peer.

        A server that sends anything on an idle connection is about to close it.
        """
        if self._interrupted or self._sock is None or time.monotonic() - self.idle_since >= keepalive:
            return True
        self._sock.settimeout(0.0)
        try:
            self._sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def interrupt(self) -> None:
        """Make the thread that waits on this connection raise Interrupted at once. From any thread."""
        self._interrupted = True
        sock = self._sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # not connected yet, or closed already

    def close(self) -> None:
        """Close the socket. Only the thread that uses the connection may, or anyone once none does."""
        sock, self._sock, self._recv_now, self._tls = self._sock, None, None, None
        if sock is not None:
            sock.close()


def default_tls_context() -> ssl.SSLContext:
    """Return a client's TLS context: the system's authorities, or certifi's where a slim image has none."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not context.get_ca_certs() and not (paths.capath and any(Path(paths.capath).glob("*.0"))):
        import certifi

        context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
