"""The bounds of waits for clients, over real connections."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from core.runtime.workers import client_waits
from core.runtime.workers.client_waits import ClientWaits, Phase


@pytest.fixture
def pairs() -> Iterator[list[tuple[socket.socket, socket.socket]]]:
    """Both ends of six connections, the server's first."""
    made = [socket.socketpair() for _ in range(6)]
    yield made
    for pair in made:
        for end in pair:
            end.close()


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_waits, "PATIENCE", 0)


Pairs = list[tuple[socket.socket, socket.socket]]


def ended(ends: list[socket.socket]) -> list[int]:
    """The numbers of the ends that nothing more comes to."""
    found = []
    for number, end in enumerate(ends):
        end.setblocking(False)
        try:
            assert end.recv(1) == b""
            found.append(number)
        except BlockingIOError:
            pass
    return found


def cut(pairs: Pairs) -> list[int]:
    """The numbers of the connections whose clients see an end."""
    return ended([client for _, client in pairs])


@pytest.mark.parametrize("phase", Phase)
def test_who_is_late_is_cut(pairs: Pairs, phase: Phase) -> None:
    waits = ClientWaits(most=9, most_per_address=9)
    for number, (server, _) in enumerate(pairs):
        waits.begin(server, phase, address="a", seconds=0 if number % 2 else 60)
    waits.sweep(is_full=False)
    assert ended([server for server, _ in pairs]) == [1, 3, 5]
    # A request whose body is late is answered yet.
    assert cut(pairs) == ([] if phase is Phase.SENDING else [1, 3, 5])


def test_of_too_many_those_are_cut_that_have_waited_longest(pairs: Pairs) -> None:
    waits = ClientWaits(most=4, most_per_address=9)
    for server, _ in pairs:
        waits.begin(server, Phase.TAKING, address="", seconds=60)
    waits.begin(pairs[0][0], Phase.TAKING, address="", seconds=60)  # waits anew
    waits.sweep(is_full=False)
    assert cut(pairs) == []
    waits.sweep()
    assert cut(pairs) == [1, 2]


def test_one_address_does_not_take_the_places_of_others(pairs: Pairs) -> None:
    waits = ClientWaits(most=9, most_per_address=2)
    for number, (server, _) in enumerate(pairs):
        waits.begin(server, Phase.ASKING, address="alone" if number == 0 else "many", seconds=60)
    waits.end(pairs[1][0])
    waits.sweep()
    assert cut(pairs) == [2, 3]


def test_the_many_of_one_address_are_cut_before_those_who_have_waited_longer(pairs: Pairs) -> None:
    waits = ClientWaits(most=4, most_per_address=2)
    for number, (server, _) in enumerate(pairs):
        waits.begin(server, Phase.SENDING, address="alone" if number == 0 else "many", seconds=60)
    waits.sweep()
    assert ended([server for server, _ in pairs]) == [1, 2, 3]


def test_those_of_one_address_who_have_just_come_cut_nobody_else(
    pairs: Pairs, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = ClientWaits(most=3, most_per_address=2)
    monkeypatch.setattr(client_waits, "PATIENCE", 1)
    for number, (server, _) in enumerate(pairs):
        now = 0 if number == 0 else 60
        monkeypatch.setattr(client_waits, "time", SimpleNamespace(monotonic=lambda now=now: now))
        waits.begin(server, Phase.ASKING, address="many" if number else "alone", seconds=90)
    waits.sweep()
    assert cut(pairs) == []


def test_nobody_is_cut_who_has_just_come(pairs: Pairs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_waits, "PATIENCE", 60)
    waits = ClientWaits(most=1, most_per_address=1)
    for server, _ in pairs:
        waits.begin(server, Phase.ASKING, address="a", seconds=60)
    waits.sweep()
    assert cut(pairs) == []


def test_a_request_whose_body_is_late_can_be_answered(pairs: Pairs) -> None:
    server, client = pairs[0]
    waits = ClientWaits(most=9, most_per_address=9)
    waits.begin(server, Phase.SENDING, address="a", seconds=0)
    waits.sweep()
    assert server.recv(1) == b""
    server.sendall(b"408")
    assert client.recv(3) == b"408"
