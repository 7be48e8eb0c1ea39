"""Hundreds of browsers in one thread: each reconnects as EventSource does and counts every byte.

A crowd may be restless: its browsers then drop their connections in the middle of anything and come back,
with the id of the last whole event they received, to any of the ports.
"""

from __future__ import annotations

import json
import random
import select
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

FORM = {"gender": "female", "birth_time": "12:00", "birth_place": "seoul"}
TOKEN = "t" * 32
RECONNECT = 0.3
SILENCE = 25.0  # a comment comes every fifteen seconds


class Guest:
    """One reading and the browser that watches it."""

    def __init__(self, birth: str, token: str) -> None:
        self.form = urlencode({"csrfmiddlewaretoken": TOKEN, **FORM, "birth_date": birth, "token": token})
        self.reading = self.cookie = self.position = ""
        self.text, self.epoch = b"", 0
        self.end: tuple[str, Any] | None = None
        self.faults: list[str] = []
        self.refused: list[int] = []
        self.times: list[float] = []  # when text came
        self.broken: list[float] = []  # when a connection ended before the reading did
        self.connections = self.resets = 0
        self.sock: socket.socket | None = None
        self.due = self.heard = 0.0
        self.patience = 0
        self._raw, self._body, self._sse = b"", False, b""

    def request(self, port: int) -> bytes:
        common = f"Host: 127.0.0.1:{port}\r\nCookie: csrftoken={TOKEN}; {self.cookie}\r\nAccept: text/event-stream\r\n"
        if not self.reading:
            head = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(self.form)}\r\n"
            return f"POST /fortune/api/streaming/ HTTP/1.1\r\n{common}{head}\r\n{self.form}".encode()
        last = f"Last-Event-ID: {self.position}\r\n" if self.position else ""
        return f"GET /fortune/readings/{self.reading}/events HTTP/1.1\r\n{common}{last}\r\n".encode()

    def fresh(self) -> None:
        self._raw, self._body, self._sse = b"", False, b""

    def feed(self, data: bytes) -> bool:
        """Read these bytes of the answer. Return False when no more can follow."""
        self._raw += data
        if not self._body:
            head, blank, rest = self._raw.partition(b"\r\n\r\n")
            if not blank:
                return True
            if not self._take_head(head.decode()):
                return False
            self._raw, self._body = rest, True
        return self._take_chunks()

    def _take_head(self, head: str) -> bool:
        lines = head.split("\r\n")
        status = int(lines[0].split(" ")[1])
        for line in lines[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie" and value.startswith("guest="):
                self.cookie = value.partition(";")[0]
        if status == 204:
            self.end = ("204", None)
        elif status != 200:
            self.refused.append(status)
            if status not in (502, 503, 504):
                self.end = ("refused", status)
        return status == 200

    def _take_chunks(self) -> bool:
        while True:
            size, line, rest = self._raw.partition(b"\r\n")
            if not line or len(rest) < int(size, 16) + 2:
                return True
            length = int(size, 16)
            if not length:
                return False
            self._sse += rest[:length]
            self._raw = rest[length + 2 :]
            *events, self._sse = self._sse.split(b"\n\n")
            for event in events:
                self._take(dict(line.split(b": ", 1) for line in event.split(b"\n") if b": " in line))

    def _take(self, event: dict[bytes, bytes]) -> None:
        if b"event" not in event:
            return
        data = json.loads(event[b"data"])
        name, place = event[b"event"].decode(), event.get(b"id", b"").decode()
        if name == "reading":
            self.reading = data["id"]
        elif name == "text":
            self._take_text(place, data["text"].encode())
        elif name == "reset":
            self.resets += 1
            self.epoch, self.text, self.position = int(place.partition("-")[0]), b"", place
        elif name in ("done", "failed"):
            self.end = (name, data)

    def _take_text(self, place: str, new: bytes) -> None:
        epoch, offset = map(int, place.split("-"))
        if self.epoch and epoch != self.epoch:
            self.faults.append(f"epoch {epoch} without a reset from {self.epoch}")
        if offset != len(self.text) + len(new) or not new:
            self.faults.append(f"{place} after {len(self.text)} bytes with {len(new)} more")
        self.epoch, self.position = epoch, place
        self.text += new
        self.times.append(time.monotonic())


class Crowd:
    """The guests of one fleet. They act only while ``turn`` runs, or a method that calls it."""

    def __init__(self, ports: Sequence[int], *, restless: random.Random | None = None) -> None:
        self.ports = list(ports)
        self.guests: list[Guest] = []
        self.restless = restless
        self._epoll = select.epoll()
        self._by_fd: dict[int, Guest] = {}

    def invite(self, births: Sequence[str], *, rate: float) -> list[Guest]:
        """Begin these readings, ``rate`` of them a second."""
        began, new = time.monotonic(), [Guest(birth, f"crowd-{birth}") for birth in births]
        for place, guest in enumerate(new):
            guest.due = began + place / rate
        self.guests += new
        return new

    def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Take turns until the condition is true. Return False if the time is over first."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.turn()
            if condition():
                return True
        return False

    def drop(self, guest: Guest) -> None:
        """Break the guest's connection: it connects again, to the next port."""
        self._hang_up(guest, time.monotonic())

    def all_have_text(self) -> bool:
        return all(guest.times or guest.end for guest in self.guests)

    def all_have_ended(self) -> bool:
        return all(guest.end for guest in self.guests)

    def close(self) -> None:
        for guest in self._by_fd.values():
            if guest.sock is not None:
                guest.sock.close()
        self._by_fd.clear()
        self._epoll.close()

    def turn(self) -> None:
        """Connect the guests that are due, and read what arrives within a tenth of a second."""
        now = time.monotonic()
        for place, guest in enumerate(self.guests):
            if guest.end is None and guest.sock is None and now >= guest.due:
                self._connect(guest, place)
            elif guest.sock is not None and now - guest.heard > SILENCE:
                self._hang_up(guest, now)
        for number, _ in self._epoll.poll(0.1, 512):
            if guest := self._by_fd.get(number):
                self._read(guest)

    def _connect(self, guest: Guest, place: int) -> None:
        now = time.monotonic()
        port = self.ports[(place + guest.connections) % len(self.ports)]
        guest.patience = 10**9
        if self.restless is not None and guest.reading:
            port = self.restless.choice(self.ports)
            guest.patience = self.restless.choice([10, 300, 900, 2000, 4000])
        elif self.restless is not None:
            guest.patience = self.restless.choice([2000, 4000])
        guest.connections += 1
        guest.heard = now
        guest.fresh()
        try:
            guest.sock = socket.create_connection(("127.0.0.1", port), 30)
            guest.sock.sendall(guest.request(port))
            guest.sock.setblocking(False)
        except OSError:
            self._hang_up(guest, now)
            return
        self._by_fd[guest.sock.fileno()] = guest
        self._epoll.register(guest.sock, select.EPOLLIN)

    def _read(self, guest: Guest) -> None:
        assert guest.sock is not None
        now = time.monotonic()
        try:
            data = guest.sock.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        guest.heard = now
        more = bool(data) and guest.feed(data[: guest.patience])
        guest.patience -= len(data)
        if guest.end is not None or not more or guest.patience <= 0:
            self._hang_up(guest, now)

    def _hang_up(self, guest: Guest, now: float) -> None:
        if guest.sock is not None:
            self._by_fd.pop(guest.sock.fileno(), None)
            guest.sock.close()
            guest.sock = None
        if guest.end is None:
            guest.broken.append(now)
            guest.due = now + (self.restless.random() if self.restless else RECONNECT)
