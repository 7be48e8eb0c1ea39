"""A client of streams that reconnects as EventSource does and notices every lost or doubled byte."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
from typing import Any
from urllib.parse import urlencode

from tests.server.faults.fleet import TOKEN, Instance
from tests.server.processes import PATIENCE

FORM = {"gender": "female", "birth_time": "12:00", "birth_place": "seoul"}


class Visitor(threading.Thread):
    """A visitor who begins or opens a reading and follows it to its end over any number of connections."""

    def __init__(
        self,
        instances: list[Instance],
        birth_date: str,
        *,
        token: str = "",
        reading: str = "",
        cookie: str = "",
        patience: float = PATIENCE,
    ) -> None:
        super().__init__(daemon=True)
        self.instances = instances
        self.form = FORM | {"birth_date": birth_date} | ({"token": token} if token else {})
        self.reading, self.cookie = reading, cookie
        self.deadline = time.monotonic() + patience
        self.text = b""
        self.epoch = 0
        self.position = ""
        self.end: tuple[str, dict[str, Any]] | None = None
        self.faults: list[str] = []
        self.refused: list[int] = []
        self.attempts = 0
        self.connections = 0  # those that were answered: a worker that is late refuses, as it should
        self.resets = 0
        self.first = threading.Event()
        self.longest_gap = 0.0
        self._last_text = 0.0
        self.ask_to_leave = threading.Event()

    def run(self) -> None:
        while self.end is None and time.monotonic() < self.deadline and not self.ask_to_leave.is_set():
            instance = self.instances[self.attempts % len(self.instances)]
            self.attempts += 1
            with contextlib.suppress(OSError, http.client.HTTPException):
                self._connect(instance)
            if self.end is None:
                time.sleep(0.3)

    def _connect(self, instance: Instance) -> None:
        wire = http.client.HTTPConnection("127.0.0.1", instance.port, timeout=60)
        try:
            headers = {"Cookie": f"csrftoken={TOKEN}; {self.cookie}", "Accept": "text/event-stream"}
            if self.reading:
                if self.position:
                    headers["Last-Event-ID"] = self.position
                wire.request("GET", f"/fortune/readings/{self.reading}/events", headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                body = urlencode({"csrfmiddlewaretoken": TOKEN, **self.form})
                wire.request("POST", "/fortune/api/streaming/", body, headers)
            answer = wire.getresponse()
            self.connections += answer.status == 200
            if answer.status != 200:
                self.refused.append(answer.status)
                if answer.status == 204:
                    self.end = ("204", {})
                elif answer.status not in (502, 503):
                    self.end = ("refused", {"status": answer.status, "body": answer.read().decode()[:500]})
                return
            for header, value in answer.getheaders():
                if header == "Set-Cookie" and value.startswith("guest="):
                    self.cookie = value.partition(";")[0]
            self._read(answer)
        finally:
            wire.close()

    def _read(self, answer: http.client.HTTPResponse) -> None:
        event: dict[str, str] = {}
        while not self.ask_to_leave.is_set():
            line = answer.readline()
            if not line:
                return
            if line == b"\n":
                if event:
                    self._take(event)
                if self.end is not None:
                    return
                event = {}
            elif not line.startswith(b":"):
                name, _, value = line.rstrip(b"\n").decode().partition(": ")
                event[name] = value

    def _take(self, event: dict[str, str]) -> None:
        if "event" not in event:
            return
        data = json.loads(event["data"])
        match event["event"]:
            case "reading":
                self.reading = data["id"]
            case "text":
                self._take_text(event["id"], data["text"].encode())
            case "reset":
                self.resets += 1
                self.epoch, self.text = int(event["id"].partition("-")[0]), b""
                self.position = event["id"]
            case "done" | "failed":
                self.end = (event["event"], data)

    def _take_text(self, event_id: str, text: bytes) -> None:
        epoch, offset = map(int, event_id.split("-"))
        if self.epoch and epoch != self.epoch:
            self.faults.append(f"epoch {epoch} without a reset from {self.epoch}")
        if offset != len(self.text) + len(text):
            self.faults.append(f"{event_id} after {len(self.text)} bytes with {len(text)} more")
        now = time.monotonic()
        if self._last_text:
            self.longest_gap = max(self.longest_gap, now - self._last_text)
        self._last_text = now
        self.epoch, self.position = epoch, event_id
        self.text += text
        self.first.set()


def ask(wire: socket.socket, birth: str) -> None:
    """Request a reading and its stream over a plain connection, and read nothing of the answer."""
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **FORM, "birth_date": birth})
    head = (
        "POST /fortune/api/streaming/ HTTP/1.1\r\nHost: localhost\r\n"
        f"Cookie: csrftoken={TOKEN}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    wire.sendall(head.encode() + body.encode())


def births(count: int, year: int = 1950) -> list[str]:
    """Return different birth dates, so that each visitor gets a reading of their own."""
    return [f"{year + i // 336}-{1 + i // 28 % 12:02}-{1 + i % 28:02}" for i in range(count)]


def finish(visitors: list[Visitor], seconds: float = PATIENCE) -> None:
    """Wait until every visitor's reading has ended; check that nobody lost or doubled a byte."""
    end = time.monotonic() + seconds
    for visitor in visitors:
        visitor.join(max(0.1, end - time.monotonic()))
    assert [v.faults for v in visitors if v.faults] == []
    assert [v.refused for v in visitors if v.end and v.end[0] == "refused"] == []
    unfinished = [(v.reading, len(v.text), v.connections) for v in visitors if v.end is None]
    assert unfinished == []
