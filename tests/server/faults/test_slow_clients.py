"""Clients that take their time hold nothing that others need: no database connection, no place, no thread for long."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator

import pytest

from config import capacity
from tests.server.harness import Live
from tests.server.processes import until
from tests.server.visitor import BIRTH, Visitor

Clients = list[socket.socket]
POOL = 2
# More than a worker's connections, or threads.
MANY = {"gevent": capacity.connections(1) + 40, "gthread": capacity.THREADS + 8}


@pytest.fixture
def clients() -> Iterator[Clients]:
    made: Clients = []
    yield made
    for client in made:
        client.close()


@pytest.fixture(scope="module", params=["gevent", "gthread"])
def site(request: pytest.FixtureRequest, serve: Callable[..., Live]) -> Live:
    """A small worker whose texts last for minutes."""
    return serve(
        WORKER_CLASS=request.param,
        MAX_STREAMS="4" if request.param == "gthread" else "1",
        DATABASE_POOL_SIZE=str(POOL),
        DATABASE_POOL_TIMEOUT="2",
        CLASSIC_PACE="0.1",
        RATELIMIT_ENABLE="false",
    )


def connect(live: Live, said: bytes, clients: Clients, *, window: int = 0) -> socket.socket:
    client = socket.socket()
    clients.append(client)
    if window:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    client.settimeout(60)
    client.connect(("127.0.0.1", live.port))
    client.sendall(said)
    return client


def cookies(visitor: Visitor) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.session.cookies)


def get(path: str, cookie: str = "") -> bytes:
    """The same request, so often that no buffer on the way takes all of the answers."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode() * 100


def slow_body(path: str, cookie: str = f"csrftoken={'t' * 32}") -> bytes:
    """Of a hundred bytes one comes."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nContent-Length: 100\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\na"
    ).encode()


def serves(live: Live, visitor: Visitor, reading: str) -> None:
    """Health, sign-in, and the stop of a reading that is being written find their way."""
    assert live.get("/healthz").status == 200
    assert live.get("/readyz").status == 200
    form = {"login": "nobody@example.com", "password": "wrong"}
    assert Visitor(live).post("/accounts/login/", form).status_code == 200
    assert visitor.post(f"{reading}stop").status_code in (204, 302, 303)


def test_readers_that_take_nothing_hold_no_database_connection(site: Live, clients: Clients) -> None:
    visitor = Visitor(site)
    reading = visitor.post("/fortune/", BIRTH).headers["Location"]
    for _ in range(POOL + 2):
        client = connect(site, get(reading, cookies(visitor)), clients, window=1024)
        assert client.recv(1) == b"H"  # it is being answered, and nothing more is taken
    # A busy machine fills the buffers for a while first: that is work, not waiting.
    until(lambda: site.get("/readyz").status == 200, seconds=15)
    serves(site, visitor, reading)
    answer = visitor.post("/fortune/", BIRTH | {"birth_date": "1991-06-16"})
    assert answer.status_code == 303
    visitor.post(f"{answer.headers['Location']}stop")


def test_bodies_that_do_not_come_hold_no_database_connection(site: Live, clients: Clients) -> None:
    visitor = Visitor(site)
    reading = visitor.post("/fortune/", BIRTH | {"birth_date": "1992-07-17"}).headers["Location"]
    # Redis does not know this session: the database is asked for it, before anybody looks at the form. To an address
    # that begins no reading: those wait for each other.
    cookie = f"csrftoken={'t' * 32}; sessionid={'s' * 32}; guest=x"
    for _ in range(POOL + 2):
        connect(site, slow_body("/fortune/check/", cookie), clients)
    serves(site, visitor, reading)


def test_a_body_that_does_not_come_is_not_waited_for(site: Live, clients: Clients) -> None:
    client = connect(site, slow_body("/fortune/"), clients)
    assert client.recv(1024).startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert client.recv(1024) == b""


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"GET /fortune/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        slow_body("/fortune/"),
        get("/static/fonts/serif-hanja.woff2"),
    ],
    ids=["silent", "half a head", "slow body", "takes nothing"],
)
def test_more_slow_clients_than_there_are_places_leave_room_for_others(
    site: Live, clients: Clients, said: bytes
) -> None:
    visitor = Visitor(site)
    day = len(said) % 27 + 1
    reading = visitor.post("/fortune/", BIRTH | {"birth_date": f"1993-08-{day:02}"}).headers["Location"]
    for _ in range(MANY[site.environ["WORKER_CLASS"]]):
        with contextlib.suppress(ConnectionError):  # one that is cut at once
            connect(site, said, clients, window=1024)
    serves(site, visitor, reading)


def test_bodies_come_whole_also_large_and_slow_ones(site: Live, clients: Clients) -> None:
    visitor = Visitor(site)
    address = visitor.post("/fortune/", BIRTH | {"birth_date": "1994-09-19"}).headers["Location"]
    visitor.post(f"{address}stop")
    form = "gender=female&calendar=solar&birth_date=1990-05-15&birth_time=14%3A30&birth_place=seoul"
    token = visitor.session.cookies["csrftoken"]
    body = f"{form}&csrfmiddlewaretoken={token}&filler={'x' * 300_000}".encode()
    head = (
        f"POST /fortune/api/chart/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies(visitor)}\r\n"
        f"Content-Length: {len(body)}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
    ).encode()
    client = connect(site, head, clients)
    for start in range(0, len(body), 50_000):
        client.sendall(body[start : start + 50_000])
    assert client.recv(1024).startswith(b"HTTP/1.1 200 OK\r\n")
