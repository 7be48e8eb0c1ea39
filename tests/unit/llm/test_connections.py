"""Connections to real sockets on this machine: what a pool keeps, gives away and closes, and what a wait ends with."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.llm.cancel import Cancel, Cancelled
from core.llm.http import (
    ConnectError,
    ConnectionPool,
    ConnectTimeout,
    PoolTimeout,
    ReadTimeout,
    default_tls_context,
)
from core.llm.http.connection import Connection, Interrupted
from core.llm.http.resolver import Address, Resolver
from core.runtime import TooManyJobs
from tests.fakes.tls import server_context
from tests.server.processes import until

LONG = 60.0


class Peer:
    """A server that accepts connections and keeps them."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.server.settimeout(LONG)
        self.port: int = self.server.getsockname()[1]
        self._accepted: list[socket.socket] = []

    def accept(self) -> socket.socket:
        accepted, _ = self.server.accept()
        accepted.settimeout(LONG)
        self._accepted.append(accepted)
        return accepted

    def pool(self, port: int = 0, **options: float) -> ConnectionPool:
        limit = int(options.pop("most", 4))
        return ConnectionPool("127.0.0.1", port or self.port, tls=None, max_connections=limit, **options)

    def close(self) -> None:
        for each in (self.server, *self._accepted):
            each.close()


@pytest.fixture
def peer() -> Iterator[Peer]:
    peer = Peer()
    yield peer
    peer.close()


def soon(seconds: float = LONG) -> float:
    return time.monotonic() + seconds


def connected(peer: Peer) -> tuple[Connection, socket.socket]:
    connection = Connection()
    connection.connect("127.0.0.1", Resolver("127.0.0.1", peer.port), None, until=soon())
    return connection, peer.accept()


def acquire(pool: ConnectionPool) -> Connection:
    return pool.acquire(until=soon(), cancel=Cancel())


def test_a_released_connection_is_the_next_ones(peer: Peer) -> None:
    pool = peer.pool(most=1)
    first = acquire(pool)
    assert (pool.in_use, pool.idle, pool.opened) == (1, 0, 1)
    pool.release(first)
    assert (pool.in_use, pool.idle, pool.opened) == (0, 1, 1)
    assert acquire(pool) is first
    assert (pool.in_use, pool.idle, pool.opened) == (1, 0, 1)
    pool.discard(first)
    pool.close()


def test_a_discarded_connection_is_closed_and_its_place_is_free(peer: Peer) -> None:
    pool = peer.pool(most=1)
    first = acquire(pool)
    there = peer.accept()
    pool.discard(first)
    assert there.recv(1) == b""
    assert (pool.in_use, pool.idle) == (0, 0)
    second = acquire(pool)
    assert second is not first
    assert (pool.in_use, pool.opened) == (1, 2)
    pool.discard(second)
    pool.close()


def test_past_its_bound_a_pool_gives_nothing_until_one_comes_back(peer: Peer) -> None:
    pool = peer.pool(most=2, acquire_seconds=0.01)
    first, second = acquire(pool), acquire(pool)
    with pytest.raises(PoolTimeout):
        acquire(pool)
    pool.release(first)
    assert acquire(pool) is first
    with pytest.raises(PoolTimeout):
        acquire(pool)
    pool.discard(first)
    pool.discard(second)
    pool.close()


def test_a_connect_that_fails_takes_no_place(peer: Peer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    pool = peer.pool(port, most=1, acquire_seconds=0.01)
    for _ in range(3):
        with pytest.raises(ConnectError):
            acquire(pool)
    assert (pool.in_use, pool.opened, pool.idle) == (0, 0, 0)


def test_a_cancel_that_came_first_connects_to_nobody(peer: Peer) -> None:
    pool = peer.pool(most=1, acquire_seconds=0.01)
    cancel = Cancel()
    cancel.set()
    for _ in range(2):
        with pytest.raises(Cancelled):
            pool.acquire(until=soon(), cancel=cancel)
    assert (pool.in_use, pool.opened) == (0, 0)


def test_an_idle_connection_that_the_peer_has_closed_or_written_to_is_closed(peer: Peer) -> None:
    for end in (lambda there: there.close(), lambda there: there.sendall(b"late")):
        pool = peer.pool(most=1)
        first = acquire(pool)
        there = peer.accept()
        pool.release(first)
        end(there)
        until(lambda first=first: first.has_expired(keepalive=LONG))
        second = acquire(pool)
        assert second is not first
        peer.accept()
        with pytest.raises(Interrupted):
            first.receive_available()  # closed
        pool.discard(second)


def test_connections_that_have_been_idle_for_long_are_closed_when_another_comes_back(peer: Peer) -> None:
    pool = peer.pool()
    first, second = acquire(pool), acquire(pool)
    until(lambda: pool.idle == 1)  # the spare one
    pool.release(first)
    first.idle_since -= pool.keepalive + 1
    pool._idle[0].idle_since -= pool.keepalive + 1
    pool.release(second)
    assert pool.idle == 1
    assert acquire(pool) is second
    pool.discard(second)
    pool.close()


def test_the_most_recent_connection_is_used_first(peer: Peer) -> None:
    pool = peer.pool(most=2)
    first, second = acquire(pool), acquire(pool)
    pool.release(first)
    pool.release(second)
    assert pool.idle == 2
    assert acquire(pool) is second
    pool.discard(second)
    pool.close()


def test_a_spare_connection_follows_a_request_that_comes_soon_after_another(peer: Peer) -> None:
    pool = peer.pool()
    first = acquire(pool)
    assert pool.idle == 0  # one request alone wants none
    second = acquire(pool)
    until(lambda: pool.idle == 1)
    assert pool.opened == 3
    spare = acquire(pool)
    assert (pool.in_use, pool.opened >= 3) == (3, True)
    for each in (first, second, spare):
        pool.discard(each)
    pool.close()


def test_no_spare_connection_is_made_past_the_bound_or_beside_an_idle_one(peer: Peer) -> None:
    pool = peer.pool(most=2)
    first, second = acquire(pool), acquire(pool)  # at the bound
    pool.release(first)
    pool.release(second)
    again = acquire(pool)  # one is idle still
    assert (pool.opened, pool.idle) == (2, 1)
    assert not pool._connecting_spare
    pool.discard(again)
    pool.close()


def test_a_spare_connection_that_fails_is_tried_again_with_the_next_request(peer: Peer) -> None:
    pool = peer.pool()
    first = acquire(pool)
    resolver, pool._resolver = pool._resolver, Resolver("127.0.0.1", 1)
    pool._keep_one_spare(LONG)
    until(lambda: not pool._connecting_spare)
    assert pool.idle == 0
    pool._resolver = resolver
    pool._keep_one_spare(LONG)
    until(lambda: pool.idle == 1)
    pool.discard(first)
    pool.close()


def test_a_closed_pool_closes_what_is_idle_and_what_comes_back(peer: Peer) -> None:
    pool = peer.pool(most=2)
    first, second = acquire(pool), acquire(pool)
    here, there = peer.accept(), peer.accept()
    pool.release(first)
    pool.close()
    assert pool.idle == 0
    assert here.recv(1) == b""
    pool.release(second)
    assert pool.idle == 0
    assert there.recv(1) == b""


def test_what_is_sent_arrives_and_what_arrives_is_received(peer: Peer) -> None:
    connection, there = connected(peer)
    assert connection.receive_available() is None
    connection.send(b"question", until=soon())
    assert there.recv(100) == b"question"
    there.sendall(b"answer")
    assert connection.receive(until=soon()) == b"answer"
    there.sendall(b"more")
    until(lambda: (data := connection.receive_available()) is not None and data == b"more")
    there.close()
    assert connection.receive(until=soon()) == b""
    assert connection.receive_available() == b""
    connection.close()


def test_after_the_deadline_what_has_arrived_is_received_and_then_it_is_a_time_out(peer: Peer) -> None:
    connection, there = connected(peer)
    there.sendall(b"late")
    until(lambda: connection.has_expired(keepalive=LONG))  # it has arrived
    assert connection.receive(until=time.monotonic() - 1) == b"late"
    for ago in (1.0, 0.1, 0.0):
        with pytest.raises(ReadTimeout):
            connection.receive(until=time.monotonic() - ago)
    with pytest.raises(ReadTimeout):
        connection.receive(until=soon(0.01))
    connection.close()


def test_a_peer_that_takes_nothing_is_a_time_out(peer: Peer) -> None:
    connection, _ = connected(peer)
    with pytest.raises(ReadTimeout):
        connection.send(b"x" * 50_000_000, until=soon(0.05))
    connection.close()


def test_an_interrupt_ends_every_call_from_then_on(peer: Peer) -> None:
    connection, _ = connected(peer)
    thread = threading.Thread(target=connection.interrupt)
    thread.start()
    thread.join()
    calls: tuple[Callable[[], object], ...] = (
        lambda: connection.receive(until=soon()),
        lambda: connection.send(b"x", until=soon()),
        connection.receive_available,
    )
    for call in calls:
        with pytest.raises(Interrupted):
            call()
    assert connection.has_expired(keepalive=LONG)
    connection.interrupt()
    connection.close()
    connection.close()


def test_an_idle_connection_expires_with_its_time(peer: Peer) -> None:
    connection, _ = connected(peer)
    connection.idle_since = time.monotonic()
    assert not connection.has_expired(keepalive=LONG)
    connection.idle_since = time.monotonic() - LONG
    assert connection.has_expired(keepalive=LONG)
    connection.close()
    assert connection.has_expired(keepalive=LONG)


class Addresses(Resolver):
    """A resolver that knows what the test says."""

    def __init__(self, *ports: int) -> None:
        super().__init__("127.0.0.1", 1)
        self._addresses = [(socket.AF_INET, ("127.0.0.1", port)) for port in ports]
        self._expires_at = float("inf")


def test_the_second_address_is_asked_when_the_first_refuses(peer: Peer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    connection = Connection()
    connection.connect("127.0.0.1", Addresses(port, peer.port), None, until=soon())
    connection.send(b"x", until=soon())
    assert peer.accept().recv(1) == b"x"
    connection.close()
    with pytest.raises(ConnectError):
        Connection().connect("127.0.0.1", Addresses(port, port), None, until=soon())


def test_an_address_that_never_answers_leaves_time_for_the_next(peer: Peer) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        port = deaf.getsockname()[1]
        fill = [socket.socket() for _ in range(4)]
        for each in fill:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", port))
        try:
            connection = Connection()
            connection.connect("127.0.0.1", Addresses(port, peer.port), None, until=soon(6.0))
            connection.send(b"x", until=soon())
            assert peer.accept().recv(1) == b"x"
            connection.close()
            pool = peer.pool(port)
            with pytest.raises(ConnectTimeout):
                pool.acquire(until=soon(0.05), cancel=Cancel())
            assert pool.in_use == 0
        finally:
            for each in fill:
                each.close()


def test_addresses_are_remembered_until_they_expire_and_kept_when_a_look_up_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    answers: list[list[tuple[object, ...]]] = []

    def getaddrinfo(host: str, port: int, *, flags: int = 0, **_: object) -> list[tuple[object, ...]]:
        if flags:
            raise socket.gaierror("not a number")
        asked.append(port)
        if not answers:
            raise socket.gaierror("no answer")
        return answers.pop()

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    resolver = Resolver("provider.example", 443)
    with pytest.raises(ConnectError):
        resolver.resolve(seconds=LONG)
    answers.append([(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2", 443))])
    known = [(socket.AF_INET, ("127.0.0.2", 443))]
    assert resolver.resolve(seconds=LONG) == known
    assert resolver.resolve(seconds=LONG) == known
    assert asked == [443, 443]
    resolver._expires_at = 0.0
    assert resolver.resolve(seconds=LONG) == known  # the look-up fails
    assert asked == [443, 443, 443]
    assert resolver.resolve(seconds=LONG) == known
    assert asked == [443, 443, 443]  # and isn't repeated at once


def test_a_number_is_no_name_and_is_looked_up_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = Resolver("127.0.0.1", 7)
    monkeypatch.setattr("core.llm.http.resolver.spawn", lambda *_: pytest.fail("a job"))
    assert resolver.resolve(seconds=0.0) == [(socket.AF_INET, ("127.0.0.1", 7))]


def test_every_address_has_its_share_of_the_time_and_the_last_one_all_that_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[float] = []

    def connect(self: Connection, address: object, until: float) -> None:
        given.append(until)
        raise ReadTimeout

    monkeypatch.setattr(Connection, "_connect", connect)
    deadline = soon()
    with pytest.raises(ReadTimeout):
        Connection().connect("127.0.0.1", Addresses(1, 2, 3), None, until=deadline)
    assert len(given) == 3
    assert given[0] < given[1] < given[2]
    assert given[2] == pytest.approx(deadline)


def test_a_receive_that_meets_an_interrupt_is_interrupted_and_no_failure(peer: Peer) -> None:
    connection, _ = connected(peer)

    def broken(_: int) -> bytes:
        connection.interrupt()
        raise OSError

    connection._recv_now = broken
    with pytest.raises(Interrupted):
        connection.receive_available()
    other, _ = connected(peer)
    other._recv_now = lambda _: (_ for _ in ()).throw(ConnectionResetError)
    with pytest.raises(ConnectionResetError):
        other.receive_available()
    connection.close()
    other.close()


def test_over_tls_what_has_arrived_is_read_without_waiting(peer: Peer, tmp_path: Path) -> None:
    secret = server_context(tmp_path)
    trusting = ssl.create_default_context(cafile=str(tmp_path / "chain.pem"))
    there: list[ssl.SSLSocket] = []
    serving = threading.Thread(
        target=lambda: there.append(secret.wrap_socket(peer.accept(), server_side=True)), daemon=True
    )
    serving.start()
    connection = Connection()
    connection.connect("localhost", Resolver("127.0.0.1", peer.port), trusting, until=soon())
    serving.join(LONG)
    (server,) = there
    connection.send(b"question", until=soon())
    assert server.recv(100) == b"question"
    until(lambda: connection.receive_available() is None)  # what TLS says to itself is no text
    server.sendall(b"answer")
    until(lambda: connection.receive_available() == b"answer")
    server.sendall(b"x" * 100_000)  # several records
    received = b""
    while len(received) < 100_000:
        received += connection.receive(until=soon())
    assert received == b"x" * 100_000
    server.settimeout(0)
    with pytest.raises(ssl.SSLWantReadError):
        server.unwrap()  # says that it has finished, and leaves the connection open
    assert connection.receive(until=soon()) == b""
    connection.close()
    server.close()


def test_a_closed_connection_takes_nothing_and_gives_nothing(peer: Peer) -> None:
    connection, _ = connected(peer)
    connection.close()
    with pytest.raises(Interrupted):
        connection.receive(until=soon())
    with pytest.raises(Interrupted):
        connection.send(b"x", until=soon())
    with pytest.raises(Interrupted):
        connection.receive_available()


def test_small_writes_leave_at_once_and_a_peer_that_vanished_is_noticed(peer: Peer) -> None:
    connection, _ = connected(peer)
    sock = connection._sock
    assert sock is not None
    assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    asked = (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
    assert [sock.getsockopt(socket.IPPROTO_TCP, option) for option in asked] == [20, 5, 3]
    connection.close()


def arrived(connection: Connection, size: int) -> None:
    """Wait until so many bytes have arrived, without taking any."""
    sock = connection._sock
    assert sock is not None
    sock.settimeout(LONG)
    until(lambda: len(sock.recv(size, socket.MSG_PEEK)) == size)


def test_64_kilobytes_are_received_at_once(peer: Peer) -> None:
    connection, there = connected(peer)
    there.sendall(b"x" * 65537)
    arrived(connection, 65537)
    assert len(connection.receive(until=soon())) == 65536
    assert connection.receive(until=soon()) == b"x"
    there.sendall(b"x" * 65537)
    arrived(connection, 65537)
    assert connection.receive_available() == b"x" * 65536
    assert connection.receive_available() == b"x"
    assert connection.receive_available() is None
    connection.close()


def reset(there: socket.socket) -> None:
    there.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    there.close()


def test_a_connection_that_the_peer_has_reset_has_expired_and_fails(peer: Peer) -> None:
    connection, there = connected(peer)
    connection.idle_since = time.monotonic()
    reset(there)
    until(lambda: connection.has_expired(keepalive=LONG))
    for _ in range(2):  # the first one may take the failure from the socket
        with pytest.raises(OSError, match=r"reset|pipe"):
            connection.send(b"x", until=soon())
    connection.close()


def test_a_wait_that_meets_an_interrupt_is_interrupted_and_no_failure(peer: Peer) -> None:
    for call in (lambda each: each.receive(until=soon()), lambda each: each.send(b"x", until=soon())):
        connection, _ = connected(peer)
        sock = connection._sock
        assert sock is not None

        class Broken:
            """A socket that fails because another thread has shut it down."""

            def settimeout(self, seconds: float) -> None:
                return None

            def shutdown(self, how: int) -> None:
                return None

            def sendall(self, data: bytes, connection: Connection = connection) -> None:
                connection.interrupt()
                raise BrokenPipeError

            def close(self, sock: socket.socket = sock) -> None:
                sock.close()

        def broken(_: int, connection: Connection = connection) -> bytes:
            connection.interrupt()
            raise ConnectionResetError

        connection._sock, connection._recv_now = Broken(), broken  # type: ignore[assignment]
        with pytest.raises(Interrupted):
            call(connection)
        connection.close()


def test_nothing_is_sent_where_there_is_nothing_to_send(peer: Peer) -> None:
    connection, there = connected(peer)
    connection.send(b"", until=time.monotonic() - 1)
    connection.send(b"x", until=soon())
    assert there.recv(10) == b"x"
    connection.close()


class Asking:
    """TLS that has something to answer to each record, as to a key update."""

    def __init__(self, out: ssl.MemoryBIO, *texts: bytes | Exception) -> None:
        self.out, self.texts = out, list(texts)

    def read(self, size: int) -> bytes:
        if isinstance(text := self.texts.pop(0), Exception):
            self.out.write(b"answer")
            raise text
        return text


@pytest.mark.parametrize(
    ("over", "is_answered"), [(ssl.SSLWantReadError(), True), (ssl.SSLZeroReturnError(), False)]
)
def test_what_tls_has_to_answer_is_sent_unless_the_peer_has_finished(
    peer: Peer, over: Exception, is_answered: bool
) -> None:
    connection, there = connected(peer)
    connection._plain_in, connection._plain_out = ssl.MemoryBIO(), ssl.MemoryBIO()
    connection._tls = Asking(connection._plain_out, over)  # type: ignore[assignment]
    there.sendall(b"record")
    arrived(connection, 6)
    assert connection.receive_available() == (None if is_answered else b"")
    connection._tls = None
    connection.send(b"!", until=soon())
    assert there.recv(1) == (b"a" if is_answered else b"!")
    connection.close()


def authorities() -> int:
    return len(default_tls_context().get_ca_certs())


def test_a_slim_image_without_authorities_has_those_of_certifi(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert authorities() > 10
    (tmp_path / "0a1b2c3d.0").write_text("")  # found when a certificate is checked
    assert authorities() == 0
    server_context(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "chain.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    assert authorities() == 1


def test_where_no_more_jobs_are_begun_a_spare_connection_is_tried_later(
    peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise TooManyJobs

    pool = peer.pool()
    with monkeypatch.context() as patched:
        patched.setattr("core.llm.http.pool.spawn", full)
        first, second = acquire(pool), acquire(pool)
    assert pool.idle == 0
    third = acquire(pool)
    until(lambda: pool.idle == 1)
    for each in (first, second, third):
        pool.discard(each)
    pool.close()


def test_tls_to_a_peer_that_is_none_is_no_connection(peer: Peer) -> None:
    pool = ConnectionPool(
        "127.0.0.1", peer.port, tls=ssl.create_default_context(), max_connections=1, acquire_seconds=0.01
    )
    for _ in range(2):  # and none is taken
        serving = threading.Thread(
            target=lambda: peer.accept().sendall(b"HTTP/1.1 400 No\r\n\r\n"), daemon=True
        )
        serving.start()
        with pytest.raises(ConnectError):
            acquire(pool)
        serving.join(LONG)
    assert (pool.in_use, pool.opened) == (0, 0)


def test_a_peer_that_closes_in_the_handshake_is_no_connection(peer: Peer) -> None:
    pool = ConnectionPool("127.0.0.1", peer.port, tls=ssl.create_default_context(), max_connections=1)
    threading.Thread(target=lambda: peer.accept().close(), daemon=True).start()
    with pytest.raises(ConnectError):
        acquire(pool)


class Watched(Resolver):
    """A resolver that notes how long it may take."""

    def __init__(self, port: int) -> None:
        super().__init__("127.0.0.1", port)
        self.given: list[float] = []

    def resolve(self, *, seconds: float) -> list[Address]:
        self.given.append(seconds)
        return super().resolve(seconds=seconds)


def test_a_look_up_has_the_time_that_is_left_to_connect(peer: Peer) -> None:
    resolver, connection = Watched(peer.port), Connection()
    deadline = soon()
    connection.connect("127.0.0.1", resolver, None, until=deadline)
    connection.close()
    late = Watched(1)
    with pytest.raises((ReadTimeout, ConnectError)):
        Connection().connect("127.0.0.1", late, None, until=time.monotonic() - 1)
    assert 0 < resolver.given[0] <= LONG
    assert late.given == [0.0]


def test_a_spare_connection_has_the_time_of_the_one_that_is_asked_for(
    peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float] = []
    monkeypatch.setattr("core.llm.http.pool.spawn", lambda name, work, until: given.append(until))
    pool, deadline = peer.pool(), soon(1000.0)
    connections = [pool.acquire(until=deadline, cancel=Cancel()) for _ in range(2)]
    assert given == [pytest.approx(deadline, abs=100)]
    for each in connections:
        pool.discard(each)
    pool.close()


def test_while_one_looks_up_again_the_others_go_on_with_what_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = [(socket.AF_INET, ("127.0.0.2", 443))]
    resolver, others = Resolver("provider.example", 443), list[object]()

    def getaddrinfo(host: str, port: int, *, flags: int = 0, **_: object) -> list[tuple[object, ...]]:
        if flags:
            raise socket.gaierror("not a number")
        if resolver._addresses:
            assert not others, "another one looks up as well"
            others.append("comes")
            others.append(resolver.resolve(seconds=LONG))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert resolver.resolve(seconds=LONG) == known
    resolver._expires_at = 0.0
    assert resolver.resolve(seconds=LONG) == known
    assert others == ["comes", known]
