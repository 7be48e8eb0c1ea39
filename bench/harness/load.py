"""The browsers of the benchmark: thousands of event streams read by one thread over raw sockets.

While streams run, a read costs one `recv` and two appends: everything received is kept with its instant, and
is parsed and checked only after the run (`decode.py`).
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_IN, _OUT = select.EPOLLIN, select.EPOLLOUT
# The provider begins every answer with it (provider.py), and nothing before the text contains it.
MARK = b"~"


@dataclass(slots=True, eq=False)
class Stream:
    """One event stream as its browser saw it. Instants are of `time.monotonic()`; 0.0: not yet."""

    sock: socket.socket
    request: bytes
    asked: float = 0.0
    first: float = 0.0
    last: float = 0.0
    gap: float = 0.0  # the longest silence since `Load.mark`, once there was text
    over: float = 0.0
    error: str = ""
    parts: list[bytes] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


class Load:
    """The streams to one server. Nothing runs between calls of `grow`, `hold` and `finish`."""

    def __init__(
        self,
        port: int,
        request: Callable[[int], bytes],
        *,
        beat: Callable[[float], None] | None = None,
    ) -> None:
        """Start without streams. ``beat`` is called about five times a second while anything runs."""
        self.port = port
        self.streams: list[Stream] = []
        self.live = 0
        self._request = request
        self._beat = beat
        self._next_beat = 0.0
        self._epoll = select.epoll()
        self._by_fd: dict[int, Stream] = {}

    def grow(self, to: int, *, rate: float, request: Callable[[int], bytes] | None = None) -> float:
        """Open streams until there have been `to`, `rate` a second. Returns when the last was asked for.

        With ``request`` they ask something else than the load's streams do.
        """
        began, already = time.monotonic(), len(self.streams)
        while len(self.streams) < to:
            due = already + int((time.monotonic() - began) * rate) + 1
            while len(self.streams) < min(due, to):
                self._open(request or self._request)
            self._turn(1 / rate)
        return time.monotonic()

    def hold(self, seconds: float) -> tuple[float, float]:
        """Read on for a while. Returns the instants at which that began and ended."""
        began = now = time.monotonic()
        while now - began < seconds:
            self._turn(seconds - (now - began))
            now = time.monotonic()
        return began, now

    def await_first_texts(self, seconds: float) -> None:
        """Read on until every stream has had text or has failed."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and any(not (s.first or s.over) for s in self.streams):
            self._turn(0.05)

    def finish(self, seconds: float) -> None:
        """Read on until every stream has ended."""
        until = time.monotonic() + seconds
        while self.live and time.monotonic() < until:
            self._turn(0.2)

    def close(self) -> None:
        """Close every stream, finished or not."""
        for stream in list(self._by_fd.values()):
            stream.sock.close()
        self._by_fd.clear()
        self._epoll.close()

    def mark(self) -> None:
        """Begin a new window for the longest gaps."""
        for stream in self.streams:
            stream.gap = 0.0

    def gaps(self) -> list[float]:
        """Return each running stream's longest silence since ``mark``, the present one included."""
        now = time.monotonic()
        return [max(s.gap, now - s.last) for s in self.streams if s.first and not s.over]

    def errors(self) -> list[str]:
        return [stream.error for stream in self.streams if stream.error]

    def _open(self, request: Callable[[int], bytes]) -> None:
        sock = socket.socket()
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream = Stream(sock, request(len(self.streams)), asked=time.monotonic())
        self.streams.append(stream)
        sock.connect_ex(("127.0.0.1", self.port))
        self._by_fd[sock.fileno()] = stream
        self._epoll.register(sock, _OUT)
        self.live += 1

    def _turn(self, wait: float) -> None:
        by_fd, now = self._by_fd, time.monotonic()
        if self._beat is not None and now >= self._next_beat:
            self._next_beat = now + 0.2
            self._beat(now)
        events = self._epoll.poll(min(wait, 0.2), 512)
        now = time.monotonic()
        for fd, event in events:
            stream = by_fd[fd]
            if event & _OUT:
                self._ask(stream)
                continue
            try:
                data = stream.sock.recv(65536)
            except BlockingIOError:
                continue
            except OSError as error:
                self._end(stream, now, f"broke: {error.strerror}")
                continue
            stream.parts.append(data)
            stream.times.append(now)
            if stream.first:
                stream.gap = max(stream.gap, now - stream.last)
                stream.last = now
                if data.endswith(b"\r\n0\r\n\r\n") or not data:
                    self._end(stream, now)
            elif MARK in data:
                stream.first = stream.last = now
            elif (
                not data
                or data.endswith(b"\r\n0\r\n\r\n")
                or not b"".join(stream.parts).startswith(b"HTTP/1.1 200")
            ):
                self._end(
                    stream,
                    now,
                    "refused: " + b"".join(stream.parts)[:12].decode(errors="replace"),
                )

    def _ask(self, stream: Stream) -> None:
        try:
            stream.sock.sendall(stream.request)
        except OSError as error:
            self._end(stream, time.monotonic(), f"not connected: {error.strerror}")
            return
        self._epoll.modify(stream.sock, _IN)

    def _end(self, stream: Stream, now: float, error: str = "") -> None:
        stream.over, stream.error = now, error
        del self._by_fd[stream.sock.fileno()]
        self._epoll.unregister(stream.sock)
        stream.sock.close()
        self.live -= 1
