"""Phones that are cut off: no FIN and no reset ever arrives, so the server must find out by itself."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.streams.delivery.connection import HEARTBEAT_AFTER, SEND_TIMEOUT
from tests.fakes.formats import tokens
from tests.server.faults.browser import ask
from tests.server.faults.fleet import Fleet, Instance, until
from tests.server.faults.phone import Phone

# The phone is outside this machine for the guard against the network.
pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "198.18.0.0/16"])
# Text that flows, and a silence in which only heartbeats can tell: either lasts until the test ends it.
FLOWING = "deepseek-chat@interval=0.1,count=4000"
SILENT = "deepseek-chat@delay=400,count=20"
STATUSES = "SELECT DISTINCT status FROM streams_run"
# The delay that a busy machine may add, and the two seconds until a worker's figures can be seen.
SLACK = 40.0


@pytest.fixture
def phone() -> Iterator[Phone]:
    made = Phone()
    yield made
    made.end()


class Watched:
    """A reading that was begun on the phone, and the server's socket of its connection."""

    def __init__(self, instance: Instance, phone: Phone, first: bytes) -> None:
        self.wire = phone.connect(instance.port)
        ask(self.wire, "1990-05-15")
        seen = b""
        while first not in seen:
            data = self.wire.recv(65536)
            assert data, seen
            seen += data
        (self.process,) = instance.workers()
        self._socket = _servers_end(self.wire)
        assert self.is_held()

    def is_held(self) -> bool:
        """Return whether the server still has the socket open."""
        for descriptor in Path(f"/proc/{self.process}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):  # closed since it was listed
                if str(descriptor.readlink()) == f"socket:[{self._socket}]":
                    return True
        return False


def _servers_end(wire: socket.socket) -> str:
    """Return the number that the kernel gave to the server's end of this connection."""
    address, port = wire.getsockname()
    # The port alone is not enough: on this machine's own network another connection may have the same.
    remote = f"{socket.inet_aton(address)[::-1].hex().upper()}:{port:04X}"
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[2:4] == [remote, "01"]:
            return fields[9]
    raise AssertionError("the server has no such connection")


def test_phones_out_of_reach_are_given_up_and_their_readings_are_finished(fleet: Fleet, phone: Phone) -> None:
    for model in (FLOWING, SILENT):
        for worker_class in ("gevent", "gthread"):
            fleet.start(
                HOST=phone.server,
                ALLOWED_HOSTS=f"localhost,{phone.server}",
                WORKER_CLASS=worker_class,
                WEB_CONCURRENCY="1",
                DEEPSEEK_MODEL=model,
                AI_FIRST_TOKEN_TIMEOUT="600",
                AI_TOTAL_TIMEOUT="600",
            )
    flowing = [Watched(instance, phone, b"event: text") for instance in fleet.instances[:2]]
    silent = [Watched(instance, phone, b"event: reading") for instance in fleet.instances[2:]]
    until(lambda: fleet.watching() == 4, "all phones are counted")
    phone.vanish()
    for watched in flowing + silent:
        watched.wire.close()  # no process is told
    for some, seconds in ((flowing, SEND_TIMEOUT), (silent, HEARTBEAT_AFTER)):
        end = time.monotonic() + seconds + SLACK
        for one in some:
            until(lambda o=one: not fleet.watching(o.process), "it is given up", end - time.monotonic())
            until(lambda o=one: not o.is_held(), "its socket is closed")
    # The subscribers were removed before their runs ended.
    assert fleet.database.query(STATUSES) == [("writing",)]
    fleet.provider.hurry()
    until(
        lambda: fleet.database.query(STATUSES) == [("done",)],
        "all readings are finished without anybody",
    )
    assert fleet.texts() == sorted(2 * ["".join(tokens("ko", count)) for count in (20, 4000)])
