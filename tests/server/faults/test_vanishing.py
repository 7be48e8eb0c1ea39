"""Phones that are carried out of reach: no FIN and no reset ever comes, and nobody tells the server."""

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
# Text for longer than a phone is waited for; and a silence as long, in which only the comments can tell.
FLOWING = "deepseek-chat@interval=0.1,count=450"
SILENT = "deepseek-chat@delay=58,interval=0.02,count=20"
STILL_WRITTEN = "SELECT count(*) FROM streams_run WHERE status = 'writing'"
# What a busy machine may add, and a pulse of two seconds until a test can see it.
SLACK = 10.0


@pytest.fixture
def phone() -> Iterator[Phone]:
    made = Phone()
    yield made
    made.end()


class Watched:
    """A reading begun on the phone, and what its server holds of that connection."""

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
        """Whether the server still has the socket."""
        for descriptor in Path(f"/proc/{self.process}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):  # closed since it was listed
                if str(descriptor.readlink()) == f"socket:[{self._socket}]":
                    return True
        return False


def _servers_end(wire: socket.socket) -> str:
    """The number that the kernel gave to the server's end of this connection."""
    _, port = wire.getsockname()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, _, remote, state, *rest = line.split()
        if state == "01" and int(remote.partition(":")[2], 16) == port:
            return rest[5]
    raise AssertionError("the server has no such connection")


def test_phones_out_of_reach_are_given_up_and_their_readings_are_finished(world: Fleet, phone: Phone) -> None:
    for model in (FLOWING, SILENT):
        for worker_class in ("gevent", "gthread"):
            world.start(
                HOST=phone.server,
                ALLOWED_HOSTS=f"localhost,{phone.server}",
                WORKER_CLASS=worker_class,
                WEB_CONCURRENCY="1",
                DEEPSEEK_MODEL=model,
                AI_FIRST_TOKEN_TIMEOUT="90",
            )
    flowing = [Watched(instance, phone, b"event: text") for instance in world.instances[:2]]
    silent = [Watched(instance, phone, b"event: reading") for instance in world.instances[2:]]
    until(lambda: world.watching() == 4, "all phones are counted")
    phone.vanish()
    for watched in flowing + silent:
        watched.wire.close()  # nobody hears of it
    for some, seconds, written in ((flowing, SEND_TIMEOUT, 4), (silent, HEARTBEAT_AFTER, 2)):
        end = time.monotonic() + seconds + SLACK
        for one in some:
            until(lambda o=one: not world.watching(o.process), "it is given up", end - time.monotonic())
            until(lambda o=one: not o.is_held(), "its socket is closed")
        # It was not their end that took the readers away.
        assert world.database.query(STILL_WRITTEN)[0][0] >= written
    until(
        lambda: set(world.database.query("SELECT status FROM streams_run")) == {("done",)},
        "all readings are finished without anybody",
        60,
    )
    texts = sorted(row[0] for row in world.database.query("SELECT text FROM streams_run"))
    assert texts == sorted(2 * ["".join(tokens("ko", count)) for count in (20, 450)])
