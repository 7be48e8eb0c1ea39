"""A provider that floods is given up within a bound, and others have their turn meanwhile."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from core.llm.cancel import Cancel
from core.llm.http import ConnectionPool
from core.llm.types import ProviderError
from core.runtime import is_patched
from tests.fakes.oddities import OpenAI
from tests.integration.llm.conftest import Made, ask, read_all

# In a process of its own, so that there is always something to receive.
FLOOD = """
import socket, sys
head, block = (part.encode().decode("unicode_escape").encode() for part in sys.argv[1:])
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
sock, _ = listener.accept()
sock.recv(65536)
try:
    sock.sendall(head)
    while True:
        sock.sendall(block * (65536 // len(block)))
except OSError:
    pass
"""
OK = r"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
CHUNKED = OK + r"Transfer-Encoding: chunked\r\n\r\n"


@contextmanager
def flooding(head: str, block: str) -> Iterator[str]:
    """Give the address of a server that answers with ``head`` and then ``block`` without end."""
    process = subprocess.Popen([sys.executable, "-c", FLOOD, head, block], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize(
    ("head", "block", "kind"),
    [
        (r"HTTP/1.1 200 OK\r\nX: ", "x", "malformed"),
        (r"HTTP/1.1 200 OK\r\n", r"X: y\r\n", "malformed"),
        ("", r"HTTP/1.1 100 Continue\r\n\r\n", "malformed"),
        (CHUNKED + "1;", "x", "malformed"),
        (CHUNKED + r"0\r\nX: ", "x", "malformed"),
        (OK + r"\r\n", r": nothing\n\n", "timeout_first_token"),
        (OK + r"\r\ndata: ", "x", "malformed"),
        (r"HTTP/1.1 500 No\r\n\r\n", "x", "server"),
    ],
    ids=["a value", "headers", "100s", "an extension", "a trailer", "comments", "an event", "an error"],
)
def test_a_flood_ends(head: str, block: str, kind: str) -> None:
    with flooding(head, block) as url:
        made = Made(url)
        # Comments are no fault: they end when the time for the first text is over. All others end by themselves.
        first_token = 1.0 if kind == "timeout_first_token" else 60.0
        with pytest.raises(ProviderError) as failed:
            read_all(ask(made.deepseek(), first_token=first_token))
        assert failed.value.kind == kind
        made.close()


@pytest.mark.skipif(not is_patched(), reason="threads take turns by themselves")
def test_after_each_block_others_have_their_turn() -> None:
    turns, is_over = 0, threading.Event()

    def work() -> None:
        nonlocal turns
        while not is_over.is_set():
            turns += 1
            time.sleep(0)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        pool = ConnectionPool("127.0.0.1", listener.getsockname()[1], tls=None, max_connections=1)
        connection = pool.acquire(until=time.monotonic() + 5, cancel=Cancel())
        peer, _ = listener.accept()
        peer.sendall(b"x" * 180_000)  # all of it is there at once
        threading.Thread(target=work).start()
        before = []
        for _ in range(3):
            assert connection.receive(until=time.monotonic() + 5)
            before.append(turns)
        is_over.set()
        peer.close()
        pool.discard(connection)
    assert 0 < before[0] < before[1] < before[2]


def test_a_second_answer_that_comes_late_is_shown_to_nobody() -> None:
    """It arrives on the idle connection: the next visitor gets another one."""
    form = OpenAI()

    def answer(text: str) -> bytes:
        body = form.event(text) + form.end(form.stop) + form.done
        return (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %d\r\n\r\n" % len(body)
            + body
        )

    with socket.create_server(("127.0.0.1", 0)) as listener:
        made = Made(f"http://127.0.0.1:{listener.getsockname()[1]}")
        provider = made.deepseek(limit=2)
        peers: list[socket.socket] = []

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    peers.append(listener.accept()[0])
                    peers[-1].recv(65536)
                    peers[-1].sendall(answer(f"{len(peers)}번째 답"))

        threading.Thread(target=serve, daemon=True).start()
        assert read_all(ask(provider)) == "1번째 답"
        assert provider.pool.idle == 1
        peers[0].sendall(answer("남의 답"))
        assert read_all(ask(provider)) == "2번째 답"
        made.close()
        for peer in peers:
            peer.close()
        listener.shutdown(socket.SHUT_RDWR)
