"""Answers as servers really frame them."""

from __future__ import annotations

import pytest

from core.llm.cancel import Cancelled
from core.llm.http import Exchange, ReadError, ReadTimeout, RemoteProtocolError
from tests.unit.llm.oracles import RecordedConnection, RecordedPool

FOREVER = 1e12
OK = b"HTTP/1.1 200 OK\r\n"


def exchange(*pieces: bytes) -> tuple[Exchange, RecordedPool]:
    pool = RecordedPool()
    return Exchange(pool, RecordedConnection(list(pieces))), pool  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "reused"),
    [
        (OK + b"Content-Length: 5\r\n\r\nhello", True),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", True),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5;note=x\r\nhello\r\n0\r\nTrailer: x\r\n\r\n", True),
        (OK + b"Connection: close\r\nContent-Length: 5\r\n\r\nhello", False),
        (OK + b"\r\nhello", False),
        (b"HTTP/1.0 200 OK\r\n\r\nhello", False),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"Content-Length: 5\r\n\r\nhello", True),
    ],
)
def test_a_body_is_read_to_its_end_and_the_connection_kept_if_it_may_be(answer: bytes, reused: bool) -> None:
    for at in range(1, len(answer)):
        asked, pool = exchange(answer[:at], answer[at:])
        asked.send(b"", until=FOREVER)
        assert asked.status == 200
        assert asked.read(until=FOREVER) == b"hello"
        asked.release()
        assert (pool.released, pool.discarded) == (int(reused), int(not reused)), f"cut at {at}"


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Content-Length: 9\r\n\r\nhello",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        OK[:-5],
        b"",
    ],
)
def test_an_answer_that_breaks_off_is_a_read_error(answer: bytes) -> None:
    asked, pool = exchange(*([answer] if answer else []))
    with pytest.raises(ReadError):  # noqa: PT012 - either step may meet it
        asked.send(b"", until=FOREVER)
        asked.read(until=FOREVER)
    assert (pool.released, pool.discarded) == (0, 1)


@pytest.mark.parametrize("answer", [b"nonsense\r\n\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"])
def test_what_is_not_http_is_a_protocol_error(answer: bytes) -> None:
    asked, pool = exchange(answer)
    with pytest.raises(RemoteProtocolError):  # noqa: PT012 - either step may meet it
        asked.send(b"", until=FOREVER)
        asked.read(until=FOREVER)
    assert pool.discarded == 1


def test_an_error_body_without_end_is_cut() -> None:
    asked, _ = exchange(b"HTTP/1.1 500 No\r\n\r\n", *[b"x" * 60] * 50)
    asked.send(b"", until=FOREVER)
    assert len(asked.read(until=FOREVER, max_bytes=100)) == 120


def test_after_a_close_nothing_is_read() -> None:
    asked, pool = exchange(OK + b"Content-Length: 5\r\n\r\nhello")
    asked.send(b"", until=FOREVER)
    asked.close()
    asked.close()
    with pytest.raises(Cancelled):
        asked.receive(until=FOREVER)
    assert (pool.released, pool.discarded) == (0, 1)


def test_a_reader_that_is_killed_leaves_no_connection_behind() -> None:
    class Killed(BaseException):
        pass

    class Deadly(RecordedConnection):
        def receive(self, *, until: float) -> bytes:
            raise Killed

    pool = RecordedPool()
    asked = Exchange(pool, Deadly([]))  # type: ignore[arg-type]
    with pytest.raises(Killed):
        asked.send(b"", until=FOREVER)
    assert (pool.released, pool.discarded) == (0, 1)


CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
INTERIM = b"HTTP/1.1 100 Continue\r\n\r\n"
ANOTHER = OK + b"Content-Length: 6\r\n\r\nsecret"


def blocks(data: bytes, size: int = 65536) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("surplus", [ANOTHER, b"secret", b"HTTP/1.1 100 Continue\r\n\r\n" + ANOTHER, b"\x00"])
@pytest.mark.parametrize(
    "answer", [OK + b"Content-Length: 5\r\n\r\nhello", CHUNKED + b"5\r\nhello\r\n0\r\n\r\n"]
)
def test_what_follows_an_answer_is_dropped_and_its_connection_closed(answer: bytes, surplus: bytes) -> None:
    for pieces in ([answer + surplus], [answer[:-3], answer[-3:] + surplus]):
        asked, pool = exchange(*pieces)
        asked.send(b"", until=FOREVER)
        assert asked.read(until=FOREVER) == b"hello"
        asked.release()
        assert (pool.released, pool.discarded) == (0, 1)


def test_a_body_that_goes_on_after_its_reader_has_enough_closes_the_connection() -> None:
    asked, pool = exchange(CHUNKED + b"5\r\nhello\r\n", b"3\r\nmor\r\n", b"0\r\n\r\n")
    asked.send(b"", until=FOREVER)
    assert asked.receive(until=FOREVER) == b"hello"
    asked.release()
    assert (pool.released, pool.discarded) == (0, 1)


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"X: " + b"x" * 70_000 + b"\r\nContent-Length: 0\r\n\r\n",
        OK + b"X-Pad: x\r\n" * 101 + b"Content-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 " + b"O" * 70_000 + b"\r\n\r\n",
        OK + b"X: " + b"x" * 500_000,
        INTERIM * 11 + OK + b"Content-Length: 0\r\n\r\n",
        INTERIM * 50_000,
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        CHUNKED + b"5;" + b"x" * 200_000,
        CHUNKED + (b"1;" + b"x" * 60_000 + b"\r\nh\r\n") * 4,
        CHUNKED + b"0\r\n" + b"Trailer: x\r\n" * 101 + b"\r\n",
        CHUNKED + b"0\r\nTrailer: " + b"x" * 200_000,
    ],
    ids=lambda answer: f"{answer[13:40]!r}",
)
@pytest.mark.parametrize("size", [65536, 1000])
def test_a_head_and_framing_are_bounded(answer: bytes, size: int) -> None:
    asked, pool = exchange(*blocks(answer, size))
    with pytest.raises(RemoteProtocolError):  # noqa: PT012 - either step may meet it
        asked.send(b"", until=FOREVER)
        while asked.receive(until=FOREVER):
            pass
    assert pool.discarded == 1


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"X-Pad: x\r\n" * 99 + b"Content-Length: 5\r\n\r\nhello",
        OK + b"X: " + b"x" * 64_000 + b"\r\nContent-Length: 5\r\n\r\nhello",
        INTERIM * 10 + OK + b"Content-Length: 5\r\n\r\nhello",
        CHUNKED + b"1\r\nh\r\n1;a=b\r\ne\r\n" + b"3\r\nllo\r\n0\r\nTrailer: x\r\n\r\n",
    ],
)
def test_an_answer_within_the_bounds_is_read(answer: bytes) -> None:
    asked, _ = exchange(*blocks(answer))
    asked.send(b"", until=FOREVER)
    assert asked.read(until=FOREVER) == b"hello"


def test_a_long_body_in_tiny_chunks_is_read() -> None:
    asked, _ = exchange(*blocks(CHUNKED + b"1\r\nx\r\n" * 100_000 + b"0\r\n\r\n", 1500))
    asked.send(b"", until=FOREVER)
    assert asked.read(until=FOREVER) == b"x" * 100_000


@pytest.mark.parametrize("fault", [b"zz\r\n", b"5\r\nhell", b"HTTP/1.1"])
def test_a_body_before_a_fault_is_handed_out_first(fault: bytes) -> None:
    asked, pool = exchange(CHUNKED + b"5\r\nhello\r\n" + fault, b"")
    asked.send(b"", until=FOREVER)
    assert asked.receive(until=FOREVER).startswith(b"hello")
    with pytest.raises((RemoteProtocolError, ReadError)):
        asked.receive(until=FOREVER)
    assert pool.discarded == 1


def test_a_fault_without_a_body_before_it_is_told_at_once() -> None:
    class Silent(RecordedConnection):
        def receive(self, *, until: float) -> bytes:
            data = super().receive(until=until)
            assert data, "nothing more would come"
            return data

    pool = RecordedPool()
    asked = Exchange(pool, Silent([CHUNKED, b"zz\r\n"]))  # type: ignore[arg-type]
    asked.send(b"", until=FOREVER)
    with pytest.raises(RemoteProtocolError):
        asked.receive(until=FOREVER)
    assert pool.discarded == 1


def test_an_answer_whose_end_does_not_come_is_not_reused() -> None:
    class Slow(RecordedConnection):
        def receive(self, *, until: float) -> bytes:
            data = super().receive(until=until)
            if not data:
                raise ReadTimeout
            return data

    pool = RecordedPool()
    asked = Exchange(pool, Slow([CHUNKED + b"5\r\nhello\r\n"]))  # type: ignore[arg-type]
    asked.send(b"", until=FOREVER)
    assert asked.receive(until=FOREVER) == b"hello"
    asked.release()
    assert asked.closed
    assert (pool.released, pool.discarded) == (0, 1)


def head_of(size: int) -> bytes:
    """Return the head of a chunked answer with so many bytes."""
    return CHUNKED[:-2] + b"X: " + b"x" * (size - len(CHUNKED) - 5) + b"\r\n\r\n"


@pytest.mark.parametrize(("head", "framing"), [(65536, 10), (1000, 65536), (65000, 65000)])
def test_64_kilobytes_of_head_and_as_many_of_framing_are_read(head: int, framing: int) -> None:
    asked, _ = exchange(head_of(head), b"5;" + b"x" * (framing - 2), b"\r\nhello\r\n0\r\n\r\n")
    asked.send(b"", until=FOREVER)
    assert asked.read(until=FOREVER) == b"hello"


@pytest.mark.parametrize(("head", "framing"), [(65537, 10), (1000, 65537)])
def test_a_byte_more_is_refused(head: int, framing: int) -> None:
    asked, _ = exchange(head_of(head), b"5;" + b"x" * (framing - 2), b"\r\nhello\r\n0\r\n\r\n")
    with pytest.raises(RemoteProtocolError):  # noqa: PT012 - either step may meet it
        asked.send(b"", until=FOREVER)
        asked.read(until=FOREVER)
