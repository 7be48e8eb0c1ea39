"""Calls that must never wait do not, on the sockets of threads as on cooperative ones (streams/test_under_the_patch)."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from core.runtime import detached_socket, is_disconnected, is_readable, recv_now


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.settimeout(60)  # as a server sets it, to bound its sends
    yield ours, theirs
    ours.close()
    theirs.close()


def at_once(call: Callable[[], object]) -> object:
    """Return the call's result or error, in far less than the minute for which the socket would wait."""
    found: list[object] = []

    def run() -> None:
        try:
            found.append(call())
        except OSError as error:
            found.append(type(error))

    calling = threading.Thread(target=run, daemon=True)
    calling.start()
    calling.join(20)
    assert found, "it waits"
    return found[0]


def test_a_silent_peer_has_not_left(ends: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = ends
    assert at_once(lambda: is_disconnected(ours)) is False
    theirs.send(b"x")
    assert at_once(lambda: is_disconnected(ours)) is False
    assert ours.recv(1) == b"x"
    theirs.close()
    assert at_once(lambda: is_disconnected(ours)) is True
    assert ours.gettimeout() == 60


def test_nothing_to_receive_is_told(ends: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = ends
    assert at_once(lambda: recv_now(ours)(1)) is BlockingIOError
    assert at_once(lambda: is_readable(ours.fileno())) is False
    theirs.send(b"x")
    assert at_once(lambda: is_readable(ours.fileno())) is True
    assert at_once(lambda: recv_now(ours)(9)) == b"x"
    theirs.close()
    assert at_once(lambda: is_readable(ours.fileno())) is True
    assert ours.gettimeout() == 60


def test_a_second_handle_outlives_the_first_and_never_waits(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    ours, theirs = ends
    second = detached_socket(ours)
    ours.close()
    while isinstance(sent := at_once(lambda: second.send(b"x" * 10**5)), int):
        assert sent > 0
    assert sent is BlockingIOError
    assert theirs.recv(1) == b"x"
    second.close()
    while theirs.recv(10**6):
        pass
