"""Clients that take their time hold nothing that others need: no database connection, no place, no thread for long."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from config import capacity
from core.runtime.workers import request_bodies
from core.runtime.workers.client_waits import TAKEN_WITHIN
from tests.server.harness import Live
from tests.server.processes import until
from tests.server.visitor import BIRTH, Visitor

Clients = list[socket.socket]
Begin = Callable[[str], tuple[Visitor, str]]
POOL = 2
# More than a worker's connections, or threads.
MANY = {"gevent": capacity.connections(1) + 40, "gthread": capacity.THREADS + 8}
# No head and no long body is late before two minutes, and a request of these tests waits for one at most: only the
# bounds make room in that time.
WITHIN, HEAD, LONG_BODY = 60, 120, 6_000_000
LATE = min(HEAD, request_bodies.time_limit(LONG_BODY))
SEGMENT = 536
HANJA = "/static/fonts/serif-hanja.woff2"


@pytest.fixture
def begin(site: Live) -> Iterator[Begin]:
    """Give what begins a reading of this birth date, which is written for minutes and stopped after the test.

    Only one has room: left running by a test that fails, it would fail the tests after it.
    """
    begun: list[tuple[Visitor, str]] = []

    def begin(birth_date: str) -> tuple[Visitor, str]:
        visitor = Visitor(site)
        answer = visitor.post("/fortune/", BIRTH | {"birth_date": birth_date})
        begun.append((visitor, answer.headers["Location"]))
        return begun[-1]

    yield begin
    for visitor, reading in begun:
        stop(visitor, reading)


@pytest.fixture
def clients(begin: Begin) -> Iterator[Clients]:
    """Connections, closed before readings are stopped."""
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
        GUNICORN_CMD_ARGS=f"--keep-alive {HEAD}",
    )


def connect(
    live: Live, said: bytes, clients: Clients, *, window: int = 0, address: str = "127.0.0.1"
) -> socket.socket:
    client = socket.socket()
    clients.append(client)
    client.bind((address, 0))
    if window:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        # The server's buffer for a client of small segments is small as well, 64 KB and not 4 MB: one answer fills it.
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT)
    client.settimeout(60)
    client.connect(("127.0.0.1", live.port))
    client.sendall(said)
    return client


def cookies(visitor: Visitor) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.session.cookies)


def get(path: str, cookie: str = "") -> bytes:
    """The same request, so often that no buffer on the way takes all of the answers."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode() * 100


def slow_body(path: str, cookie: str = f"csrftoken={'t' * 32}", length: int = 100) -> bytes:
    """Of all its bytes one comes."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nContent-Length: {length}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\na"
    ).encode()


def stop(visitor: Visitor, reading: str) -> requests.Response:
    visitor.session.close()  # its kept connection may be one of those that are cut
    return visitor.post(f"{reading}stop")


def serves(live: Live, visitor: Visitor, reading: str) -> None:
    """Health, sign-in, and the stop of a reading that is being written find their way."""
    assert live.get("/healthz", timeout=WITHIN).status == 200
    assert live.get("/readyz", timeout=WITHIN).status == 200
    form = {"login": "nobody@example.com", "password": "wrong"}
    assert Visitor(live).post("/accounts/login/", form).status_code == 200
    assert stop(visitor, reading).status_code in (204, 302, 303)


def test_readers_that_take_nothing_hold_no_database_connection(
    site: Live, begin: Begin, clients: Clients
) -> None:
    visitor, reading = begin("1990-05-15")
    for _ in range(POOL + 2):
        client = connect(site, get(reading, cookies(visitor)), clients, window=1024)
        assert client.recv(1) == b"H"  # it is being answered, and nothing more is taken
    # A busy machine fills the buffers for a while first: that is work, not waiting.
    until(lambda: site.get("/readyz").status == 200, seconds=WITHIN)
    serves(site, visitor, reading)
    begin("1991-06-16")


def test_bodies_that_do_not_come_hold_no_database_connection(
    site: Live, begin: Begin, clients: Clients
) -> None:
    visitor, reading = begin("1992-07-17")
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


def test_an_answer_that_is_not_taken_is_not_waited_for(site: Live, clients: Clients) -> None:
    def late() -> list[str]:
        return re.findall(
            r'fortune_waits_cut_total{phase="taking",reason="late"} \S+', site.get("/metrics").text
        )

    before = late()
    client = connect(site, get(HANJA), clients, window=1024)
    until(lambda: late() != before, seconds=4 * TAKEN_WITHIN)
    taken = 0
    with contextlib.suppress(ConnectionError):  # the rest of the requests is dropped
        while piece := client.recv(100_000):
            taken += len(piece)
    assert taken < 100 * len(site.get(HANJA).body)


def many(site: Live, said: bytes, clients: Clients, *, from_everywhere: bool = False) -> None:
    """All places of a worker and more, taken by clients of one address, or each of an address of its own."""
    for number in range(MANY[site.environ["WORKER_CLASS"]]):
        address = f"127.1.{number // 200}.{number % 200 + 1}" if from_everywhere else "127.0.0.1"
        with contextlib.suppress(ConnectionError):  # one that is cut at once
            connect(site, said, clients, window=1024, address=address)


# On threads a silent client is gunicorn's to handle: after five seconds it holds no thread.
@pytest.mark.parametrize(
    ("said", "from_everywhere"),
    [
        (b"", False),
        (b"GET /fortune/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", False),
        (slow_body("/fortune/", length=LONG_BODY), False),
        (slow_body("/fortune/", length=LONG_BODY), True),
    ],
    ids=["silent", "half a head", "slow body", "slow body, from everywhere"],
)
def test_more_slow_clients_than_there_are_places_leave_room_for_others(
    site: Live, begin: Begin, clients: Clients, said: bytes, from_everywhere: bool
) -> None:
    visitor, reading = begin(f"199{3 + from_everywhere}-08-{len(said) % 27 + 1:02}")
    begun = time.monotonic()
    many(site, said, clients, from_everywhere=from_everywhere)
    serves(site, visitor, reading)
    # The bounds made room for all of it: no client was late yet.
    assert time.monotonic() - begun < LATE


def test_more_clients_that_take_nothing_than_there_are_places_leave_room_for_others(
    site: Live, begin: Begin, clients: Clients
) -> None:
    visitor, reading = begin("1995-08-18")
    many(site, get(HANJA), clients)
    serves(site, visitor, reading)


def test_the_kernel_keeps_little_for_a_client_that_takes_nothing(site: Live, clients: Clients) -> None:
    client = connect(site, get(HANJA), clients)
    assert client.recv(1) == b"H"
    ends = f"0100007F:{site.port:04X} 0100007F:{client.getsockname()[1]:04X} 01"

    def waiting() -> int:
        """Return how many bytes the server's end of the connection holds for the client."""
        (line,) = (one for one in Path("/proc/net/tcp").read_text().splitlines() if ends in one)
        return int(line.split()[4].split(":")[0], 16)

    held = [0]
    while (now := waiting()) != held[-1] or not now:  # until the server waits for the client
        held.append(now)
        time.sleep(0.5)
    assert max(held) < 3 * capacity.SEND_BUFFER


@pytest.mark.parametrize("site", ["gevent"], indirect=True)  # threads take turns by themselves
def test_a_client_that_asks_many_times_at_once_lets_others_have_their_turn(
    site: Live, clients: Clients
) -> None:
    def answered(metrics: str) -> float:
        return float(
            re.findall(r'fortune_requests_total\{method="GET",route="healthz",\S+ (\S+)', metrics)[0]
        )

    ask = "GET /{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: {}\r\n\r\n".format
    (worker,) = site.worker_pids()
    before = answered(site.get("/metrics").text)
    os.kill(worker, signal.SIGSTOP)  # until all have asked
    try:
        connect(site, ask("healthz", "keep-alive").encode() * 100, clients)
        other = connect(site, ask("metrics", "close").encode(), clients)
    finally:
        os.kill(worker, signal.SIGCONT)
    metrics = b"".join(iter(lambda: other.recv(100_000), b"")).decode()
    assert answered(metrics) < before + 100


def test_many_slow_clients_of_one_address_leave_those_of_others_alone(
    site: Live, begin: Begin, clients: Clients
) -> None:
    visitor, reading = begin("1996-08-18")
    patient = connect(site, slow_body("/fortune/", length=LONG_BODY), clients, address="127.2.0.1")
    many(site, slow_body("/fortune/", length=LONG_BODY), clients)
    serves(site, visitor, reading)
    patient.sendall(b"a" * (LONG_BODY - 1))
    assert patient.recv(1024).startswith(b"HTTP/1.1 400 ")  # read to its end, and too long for a form


def test_bodies_come_whole_also_large_and_slow_ones(site: Live, begin: Begin, clients: Clients) -> None:
    visitor, _ = begin("1994-09-19")
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
