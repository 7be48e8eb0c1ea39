"""A stream that takes its connection over from gunicorn, on the real server: every byte as gunicorn would send it.

This is the canary for what core/runtime/workers/gevent_worker.py leans on in gunicorn. The same stream is read with each
optimisation turned off.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlsplit

import pytest

from tests.fakes.fake import FakeProvider
from tests.server.harness import Live
from tests.server.visitor import BIRTH, Visitor, events, text_of

PIECES = "count=40,interval=0.02"


@pytest.fixture(scope="module")
def start(serve: Callable[..., Live]) -> Iterator[Callable[..., Live]]:
    """Give what starts a server before one provider."""
    with FakeProvider(PIECES) as fake:
        yield partial(serve, AI_PROVIDERS="deepseek", DEEPSEEK_API_KEY="k", DEEPSEEK_BASE_URL=fake.url)


@pytest.fixture(scope="module")
def detaching(start: Callable[..., Live]) -> Live:
    return start(WORKER_CLASS="gevent")


def raw(live: Live, visitor: Visitor, path: str, protocol: str) -> tuple[dict[str, str], bytes]:
    """Return the head and the body of one GET as they are on the wire, until the server closes."""
    cookies = "; ".join(f"{c.name}={c.value}" for c in visitor.session.cookies)
    head = f"GET {path} {protocol}\r\nHost: {urlsplit(live.url).netloc}\r\nCookie: {cookies}\r\n\r\n"
    with socket.create_connection((urlsplit(live.url).hostname, urlsplit(live.url).port), timeout=60) as sock:
        sock.sendall(head.encode())
        received = b""
        while data := sock.recv(65536):
            received += data
    lines, _, body = received.partition(b"\r\n\r\n")
    fields = [line.partition(": ") for line in lines.decode().split("\r\n")[1:]]
    return {name.lower(): value for name, _, value in fields}, body


def unchunked(body: bytes) -> bytes:
    """Return the content of a chunked body, which must end with its last chunk."""
    content, size = b"", -1
    while size:
        line, _, body = body.partition(b"\r\n")
        size = int(line, 16)
        assert body[size : size + 2] == b"\r\n"
        content, body = content + body[:size], body[size + 2 :]
    assert body == b""
    return content


@pytest.mark.parametrize("protocol", ["HTTP/1.1", "HTTP/1.0"])
def test_a_detached_stream_ends_as_gunicorn_would_end_it(detaching: Live, protocol: str) -> None:
    visitor = Visitor(detaching)
    address = visitor.post("/fortune/", BIRTH).headers["Location"]
    head, body = raw(detaching, visitor, f"{address}events", protocol)
    assert head["connection"] == "close"
    content = unchunked(body) if protocol == "HTTP/1.1" else body
    found = events(content.decode())
    assert [name for name, _ in found].count("done") == 1
    assert text_of(found) == visitor.get(f"{address.rstrip('/')}.json").json()["text"]
    assert "Traceback" not in detaching.logs()


# On threads no connection is ever detached, so there one test is enough: both turned off.
@pytest.mark.parametrize(
    ("worker", "reads", "detach"),
    [
        ("gevent", "true", "false"),
        ("gevent", "false", "true"),
        ("gevent", "false", "false"),
        ("gthread", "false", "false"),
    ],
)
def test_a_stream_is_whole_with_either_optimisation_turned_off(
    start: Callable[..., Live], worker: str, reads: str, detach: str
) -> None:
    live = start(WORKER_CLASS=worker, STREAM_BATCHED_READS=reads, STREAM_DETACH=detach)
    visitor = Visitor(live)
    address = visitor.post("/fortune/", BIRTH).headers["Location"]
    stream = visitor.get(f"{address}events", headers={"Accept": "text/event-stream"})
    detaches = worker == "gevent" and detach == "true"
    assert stream.headers["Connection"] == ("close" if detaches else "keep-alive")
    found = events(stream.content.decode())
    assert [name for name, _ in found].count("done") == 1
    assert text_of(found) == visitor.get(f"{address.rstrip('/')}.json").json()["text"]
