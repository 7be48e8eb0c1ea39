"""A provider of language models, over real sockets, that can be told to fail.

`python -m tests.fakes.provider` prints its port on its first line.

It speaks OpenAI's form (`…/chat/completions`, DeepSeek's prefix completion under `/beta`) and Gemini's
(`/v1beta/models/NAME:streamGenerateContent?alt=sse`, `:generateContent`). `script.py` says what it
can be told. `GET /_stats` counts, `GET /_requests` shows the latest bodies,
`POST /_reset` forgets, `POST /_hurry` sends the rest of every answer at once.

One thread, one epoll, one wheel of ticks for all streams: it paces thousands of them and stays cheap, because
every answer is encoded before it is paced and a tick touches only the streams that are due.
"""

from __future__ import annotations

import argparse
import heapq
import json
import select
import socket
import ssl
import struct
import sys
import time
from collections import Counter, deque
from pathlib import Path

import httptools

from tests.fakes import formats
from tests.fakes.connection import Connection, read_request
from tests.fakes.script import Script, of_request, parse
from tests.fakes.tls import TlsEnd, server_context

TICK = 0.002
_IN, _OUT = select.EPOLLIN, select.EPOLLOUT
_COMMENT = formats.chunk(b": keep-alive\n\n")


class Server:
    """The listening socket and all its connections."""

    def __init__(self, host: str, port: int, script: Script, tls: ssl.SSLContext | None = None) -> None:
        self.script = script
        self.tls = tls
        self.listener = socket.create_server((host, port), backlog=8192)
        self.listener.setblocking(False)
        self.port: int = self.listener.getsockname()[1]
        self.epoll = select.epoll()
        self.epoll.register(self.listener, _IN)
        self.connections: dict[int, Connection] = {}
        self.buckets: dict[int, list[Connection]] = {}
        self.ticks: list[int] = []
        self.stop_on_eof = False
        self.reset()

    def reset(self) -> None:
        """Forget what was counted."""
        self.counts: Counter[str] = Counter()
        self.aborted_at = 0.0
        self.models: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        self.requests: deque[dict[str, object]] = deque(maxlen=200)

    # the loop

    def serve(self) -> None:
        """Run until killed, or until standard input ends if told to follow it."""
        if self.stop_on_eof:
            self.epoll.register(0, select.EPOLLIN | select.EPOLLHUP)
        while True:
            wait = max(0.0, self.ticks[0] * TICK - time.monotonic()) if self.ticks else -1
            for fd, event in self.epoll.poll(wait):
                if fd == self.listener.fileno():
                    self.accept()
                elif fd == 0 and self.stop_on_eof:
                    return
                elif fd in self.connections:
                    connection = self.connections[fd]
                    if event & _OUT:
                        self.flush(connection)
                    if event & ~_OUT and fd in self.connections:
                        self.receive(connection)
            now = time.monotonic()
            while self.ticks and self.ticks[0] * TICK <= now:
                for connection in self.buckets.pop(heapq.heappop(self.ticks)):
                    self.step(connection, now)

    def accept(self) -> None:
        for _ in range(512):
            try:
                sock, _ = self.listener.accept()
            except BlockingIOError:
                return
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections[sock.fileno()] = Connection(sock, TlsEnd(self.tls) if self.tls else None)
            self.epoll.register(sock, _IN)

    def at(self, when: float, connection: Connection) -> None:
        """Have `step` called for the connection once `when` has come."""
        tick = int(when / TICK) + 1
        bucket = self.buckets.get(tick)
        if bucket is None:
            bucket = self.buckets[tick] = []
            heapq.heappush(self.ticks, tick)
        bucket.append(connection)

    def close(self, connection: Connection, reset: bool = False) -> None:
        fd = connection.sock.fileno()
        if fd < 0:
            return
        if reset:
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        del self.connections[fd]
        self.epoll.unregister(fd)
        connection.sock.close()
        if connection.ending is not None:
            self.counts["streams"] -= 1
            connection.ending = None

    def abort(self, connection: Connection) -> None:
        """The client has closed the connection, perhaps in the middle of an answer."""
        if connection.ending is not None:
            self.counts["aborted"] += 1
            self.aborted_at = time.monotonic()
        self.close(connection)

    # reading

    def receive(self, connection: Connection) -> None:
        try:
            data = connection.sock.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.abort(connection)
            return
        try:
            if connection.tls is not None:
                data, answer = connection.tls.decrypt(data)
                self.send(connection, answer)
            connection.parser.feed_data(data)
        except (httptools.HttpParserError, ssl.SSLError):
            self.close(connection)
            return
        if connection.next < 0:
            connection.next = 0.0
            self.answer(connection)

    def answer(self, connection: Connection) -> None:
        method = connection.parser.get_method()
        path, _, query = connection.url.decode().partition("?")
        body, header = b"".join(connection.body or ()), connection.header
        connection.fresh()
        if path.startswith("/_"):
            self.push(connection, self.control(method, path, connection))
            return
        if not connection.counted:
            connection.counted = True
            self.counts["connections"] += 1
        try:
            request = json.loads(body or b"{}")
            form, model, prefix, prompt, streams = read_request(path, query, request)
            script = of_request(self.script, model, header.get(b"x-fake", b"").decode(), prompt)
        except (ValueError, LookupError, TypeError) as error:
            self.push(connection, formats.plain(400, {"error": {"message": f"fake: {error!r}", "code": 400}}))
            return
        self.counts["attempts"] += 1
        self.models[model.partition("@")[0]] += 1
        key = header.get(b"authorization") or header.get(b"x-goog-api-key") or b""
        self.requests.append({"path": path, "key": key.decode(), "body": request})
        if script.times:
            self.seen[script.id] += 1
            if self.seen[script.id] > script.times:
                script = parse(script, "chaos=,status=200,times=0")
        if script.status != 200:
            self.push(connection, formats.error(form, script.status, script.retry_after))
        elif not streams:
            self.push(connection, formats.completion(form, model, script, prefix))
        else:
            self.begin(connection, form, model, script, prefix)

    def control(self, method: bytes, path: str, asking: Connection) -> bytes:
        if path == "/_reset" and method == b"POST":
            self.reset()
            self.counts["streams"] = sum(c.ending is not None for c in self.connections.values())
        if path == "/_hurry" and method == b"POST":
            self.hurry()
        if path == "/_requests":
            return formats.plain(200, list(self.requests))
        names = ("attempts", "connections", "streams", "peak_streams", "completed", "aborted", "tokens")
        counted = sum(c.counted for c in self.connections.values() if c is not asking)
        answer = {name: self.counts[name] for name in names}
        more = {"open": counted, "aborted_at": self.aborted_at, "models": self.models}
        return formats.plain(200, answer | more)

    def hurry(self) -> None:
        """Send the rest of every answer now."""
        for connection in list(self.connections.values()):
            connection.interval = 0.0
            self.step(connection, time.monotonic())

    # answering

    def begin(self, connection: Connection, form: str, model: str, script: Script, prefix: str) -> None:
        """Set the plan of one answer, with the chaos it is to end in, and start pacing it."""
        plan, last = formats.stream(form, model.partition("@")[0], script, prefix)
        ending = ("keep" if script.keep else "close", last)
        chaos = script.chaos
        if chaos in {"silence", "no_headers", "garbage"}:
            plan = ()
        elif chaos in {"stall", "rst", "close", "error", "keepalive"}:
            plan = plan[: max(0, script.at)]
        if chaos in {"silence", "no_headers", "stall"}:
            ending = ("hang", b"")
        elif chaos in {"rst", "close", "keepalive"}:
            ending = (chaos, b"")
        elif chaos == "error":
            ending = ("close", formats.error_event(form) + b"0\r\n\r\n")
        elif chaos == "garbage":
            ending = ("close", b"220 mail.example.com ESMTP\r\n")
        connection.plan, connection.position, connection.ending = plan, 0, ending
        connection.form, connection.script, connection.interval = form, script, script.interval
        self.counts["streams"] += 1
        self.counts["peak_streams"] = max(self.counts["peak_streams"], self.counts["streams"])
        if chaos not in {"no_headers", "garbage"} and script.at >= 0:
            self.push(connection, formats.stream_head(form, script))
        connection.next = time.monotonic() + script.delay
        if script.delay:
            self.at(connection.next, connection)
        else:
            self.step(connection, connection.next)

    def step(self, connection: Connection, now: float) -> None:
        """Send what is due now and come back for the rest."""
        if connection.ending is None:
            return
        plan, position = connection.plan, connection.position
        if position < len(plan):
            if connection.interval:
                connection.position = position + 1
                self.counts["tokens"] += 1
                self.push(connection, plan[position])
            else:
                rest = plan[position:]
                connection.position = len(plan)
                self.counts["tokens"] += len(rest)
                for piece in rest if connection.script.cut else (b"".join(rest),):
                    self.push(connection, piece)
        if connection.ending is None:
            return
        if connection.position < len(plan):
            connection.next += connection.interval
            self.at(connection.next, connection)
        else:
            self.finish(connection, now)

    def finish(self, connection: Connection, now: float) -> None:
        kind, data = connection.ending or ("", b"")
        if kind == "hang":
            return
        if kind == "keepalive":
            self.push(connection, _COMMENT)
            self.at(now + (connection.interval or 0.05), connection)
            return
        connection.ending = None
        self.counts["streams"] -= 1
        self.counts["completed"] += kind in {"keep", "close"} and connection.script.chaos in {"", "no_done"}
        self.push(connection, data)
        if kind in {"rst", "close"} and not connection.out:
            self.close(connection, reset=kind == "rst")

    def push(self, connection: Connection, data: bytes) -> None:
        """Say something."""
        self.send(connection, connection.tls.encrypt(data) if connection.tls and data else data)

    def send(self, connection: Connection, data: bytes) -> None:
        """Send bytes, or keep what the socket does not take."""
        if connection.out or not data:
            connection.out += data
            return
        try:
            sent = connection.sock.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.abort(connection)
            return
        if sent < len(data):
            connection.out = data[sent:]
            self.epoll.modify(connection.sock, _IN | _OUT)

    def flush(self, connection: Connection) -> None:
        data, connection.out = connection.out, b""
        self.epoll.modify(connection.sock, _IN)
        self.send(connection, data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--script", default="", help="knobs for every request, see script.py")
    parser.add_argument("--follow-stdin", action="store_true", help="end when standard input ends")
    parser.add_argument("--tls", type=Path, help="speak TLS; clients trust chain.pem, written to this folder")
    options = parser.parse_args()
    tls = server_context(options.tls) if options.tls else None
    server = Server(options.host, options.port, parse(Script(), options.script), tls)
    server.stop_on_eof = options.follow_stdin
    print(server.port, flush=True)
    try:
        server.serve()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
