"""A provider that answers each request with given bytes, and breaks off, hangs or goes on as it is told."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

RESET: Final = "reset"
HOLD: Final = "hold"  # send nothing more, and keep the connection open until the other side closes it
PAUSE: Final = 0.01  # seconds between two steps, so that they come in segments of their own
HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"

Step = bytes | str


@dataclass
class RawProvider:
    """``answers`` are given in turn, the last one again and again; an answer is a list of steps."""

    url: str
    answers: list[Sequence[Step]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def will_answer(self, *answers: Sequence[Step]) -> None:
        """Answer so from now on, and forget the requests."""
        with self._lock:
            self.answers, self.requests = list(answers), []

    def _next(self, request: dict[str, Any]) -> Sequence[Step]:
        with self._lock:
            self.requests.append(request)
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(sock,), daemon=True).start()

    def _answer(self, sock: socket.socket) -> None:
        with sock:
            try:
                request = _request(sock)
                if request is not None:
                    _send(sock, self._next(request))
            except OSError:
                return


def _request(sock: socket.socket) -> dict[str, Any] | None:
    """Read one request; None when the connection closes without one, as a spare one does."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = sock.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    while len(body) < int(headers.get("content-length", "0")):
        body += sock.recv(65536)
    return {"path": lines[0].split()[1], "headers": headers, "body": json.loads(body or b"null")}


def _send(sock: socket.socket, steps: Sequence[Step]) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for step in steps:
        if step == RESET:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        if step == HOLD:
            sock.settimeout(60)
            sock.recv(1)
            return
        assert isinstance(step, bytes)
        sock.sendall(step)
        time.sleep(PAUSE)


@contextmanager
def raw_provider() -> Iterator[RawProvider]:
    """Give a provider that listens until the end of the block."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        raw = RawProvider(f"http://127.0.0.1:{listener.getsockname()[1]}")
        threading.Thread(target=raw._serve, args=(listener,), daemon=True).start()
        try:
            yield raw
        finally:
            listener.shutdown(socket.SHUT_RDWR)
