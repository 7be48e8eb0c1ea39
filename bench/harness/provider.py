"""The provider that the benchmark paces: OpenAI's form, one token a chunk, and as little work as can be.

`tests/fakes/provider.py` can be told to fail in many ways; this one only paces, so that its share of a small
machine is that of its system calls. Streams that begin in the same tick share a slot of a wheel whose turn
is one interval; a tick sends one token to each stream of one slot.

The first token of each answer is ``~<number>:<seconds>~ `` (the number of the answer, the time from the question
to this token), so that a reader can tell answers apart and knows how much of its wait was the provider's own. All
others are the same in every answer.
"""

from __future__ import annotations

import argparse
import heapq
import json
import math
import select
import socket
import sys
import time

from tests.fakes import formats
from tests.fakes.script import Script

MODEL = "deepseek-chat"
TICK = 0.004
MOST_BEHIND = 0.5
_IN, _OUT = select.EPOLLIN, select.EPOLLOUT
_END_OF_HEAD = b"\r\n\r\n"
_HEAD = formats.stream_head("openai", Script())


def rest_of_text(count: int, kind: str = "ko") -> str:
    """Return the text of an answer of `count` tokens, after its first token."""
    return "".join(formats.tokens(kind, count)[1:])


class Answer:
    """A connection, and the answer under way on it."""

    __slots__ = ("asked", "heard", "live", "number", "out", "position", "send", "sock")

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.send = sock.send
        self.heard = b""
        self.out = b""
        self.position = 0
        self.number = 0
        self.asked = 0.0  # when the request had arrived
        self.live = False


class Provider:
    """All streams of one process, at one pace."""

    def __init__(self, port: int, *, interval: float, count: int, delay: float, text: str = "ko") -> None:
        self.listener = socket.create_server(("127.0.0.1", port), backlog=8192)
        self.listener.setblocking(False)
        self.port: int = self.listener.getsockname()[1]
        self.count, self.delay = count, delay
        self.plan, self.ending = formats.stream("openai", MODEL, Script(count=count, text=text), "")
        _, _, opening = self.plan[0].removesuffix(b"\r\n").partition(b"\r\n")
        self.before, self.after = opening.split(
            json.dumps(formats.tokens(text, count)[0], ensure_ascii=False).encode()
        )
        self.slots: list[list[Answer]] = [[] for _ in range(max(1, round(interval / TICK)))]
        self.tick = interval / len(self.slots)
        self.epoll = select.epoll()
        self.epoll.register(self.listener, _IN)
        self.answers: dict[int, Answer] = {}
        self.waiting: list[tuple[float, int, Answer]] = []
        self.begun = self.tokens = self.completed = self.aborted = 0
        self.lateness: list[float] = []

    def serve(self) -> None:
        """Run until standard input ends."""
        self.epoll.register(0, _IN | select.EPOLLHUP)
        turn, began = 0, time.monotonic()
        while True:
            # First tokens are sent at instants of their own: on the wheel they would be 2 ms late on average.
            due = min(began + turn * self.tick, self.waiting[0][0] if self.waiting else math.inf)
            for fd, event in self.epoll.poll(max(0.0, due - time.monotonic())):
                if fd in self.answers:
                    if event & _OUT:
                        self.flush(self.answers[fd])
                    if event & ~_OUT and fd in self.answers:
                        self.receive(self.answers[fd], turn)
                elif fd == 0:
                    return
                else:
                    self.accept()
            now = time.monotonic()
            # When it is later than this it slows down instead of sending in bursts.
            began = max(began, now - turn * self.tick - MOST_BEHIND)
            while began + turn * self.tick <= now:
                if self.slots[turn % len(self.slots)]:
                    self.lateness.append(now - began - turn * self.tick)
                self.step(turn % len(self.slots))
                turn += 1
            while self.waiting and self.waiting[0][0] <= now:
                self.start(heapq.heappop(self.waiting)[2], turn)

    def accept(self) -> None:
        for _ in range(256):
            try:
                sock, _ = self.listener.accept()
            except BlockingIOError:
                return
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.answers[sock.fileno()] = Answer(sock)
            self.epoll.register(sock, _IN)

    def receive(self, answer: Answer, turn: int) -> None:
        try:
            data = answer.sock.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.close(answer)
            return
        answer.heard += data
        head, found, body = answer.heard.partition(_END_OF_HEAD)
        if not found or len(body) < _content_length(head):
            return
        answer.heard = b""
        if head.startswith(b"GET /_stats"):
            self.push(answer, formats.plain(200, self.stats()))
            return
        self.begun += 1
        answer.number, answer.position, answer.live = self.begun, 0, True
        answer.asked = time.monotonic()
        self.push(answer, _HEAD)
        if self.delay:
            heapq.heappush(self.waiting, (answer.asked + self.delay, answer.number, answer))
        else:
            self.start(answer, turn)

    def start(self, answer: Answer, turn: int) -> None:
        """Send the first token and take a place on the wheel."""
        if not answer.live:
            return
        first = b'"~%d:%.5f~ "' % (answer.number, time.monotonic() - answer.asked)
        self.push(answer, formats.chunk(self.before + first + self.after))
        self.tokens += 1
        answer.position = 1
        self.slots[(turn - 1) % len(self.slots)].append(answer)

    def step(self, slot: int) -> None:
        """Send one token to every stream of the slot."""
        plan, count, sent, over = self.plan, self.count, 0, False
        for answer in self.slots[slot]:
            position = answer.position
            if position == count or not answer.live:
                over = True
                continue
            answer.position = position + 1
            sent += 1
            data = plan[position]
            if answer.out:
                answer.out += data
                continue
            try:
                taken = answer.send(data)
            except OSError:
                taken = 0
            if taken < len(data):
                self.push(answer, data[taken:])
        self.tokens += sent
        if over:
            for answer in self.slots[slot]:
                if answer.position == count and answer.live:
                    answer.live = False
                    self.completed += 1
                    self.push(answer, self.ending)
            self.slots[slot] = [answer for answer in self.slots[slot] if answer.live]

    def push(self, answer: Answer, data: bytes) -> None:
        """Send, and keep the rest that the socket does not take."""
        if answer.out:
            answer.out += data
            return
        try:
            sent = answer.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.close(answer)
            return
        if sent < len(data):
            answer.out = data[sent:]
            self.epoll.modify(answer.sock, _IN | _OUT)

    def flush(self, answer: Answer) -> None:
        data, answer.out = answer.out, b""
        self.epoll.modify(answer.sock, _IN)
        self.push(answer, data)

    def close(self, answer: Answer) -> None:
        fd = answer.sock.fileno()
        if fd < 0:
            return
        self.aborted += answer.live
        answer.live = False
        del self.answers[fd]
        self.epoll.unregister(fd)
        answer.sock.close()

    def stats(self) -> dict[str, float]:
        """Counts since the start; the lateness of ticks since the last time it was asked, in seconds."""
        late, self.lateness = sorted(self.lateness), []
        return {
            "begun": self.begun,
            "tokens": self.tokens,
            "completed": self.completed,
            "aborted": self.aborted,
            "late_p99": late[len(late) * 99 // 100] if late else 0.0,
        }


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--interval", type=float, default=1 / 30, help="seconds between tokens")
    parser.add_argument("--count", type=int, default=900, help="tokens of an answer")
    parser.add_argument("--delay", type=float, default=0.2, help="seconds before the first token")
    parser.add_argument("--text", default="ko", help="kind of the text (tests/fakes/formats.py)")
    options = parser.parse_args()
    provider = Provider(
        options.port,
        interval=options.interval,
        count=options.count,
        delay=options.delay,
        text=options.text,
    )
    print(provider.port, flush=True)
    try:
        provider.serve()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
