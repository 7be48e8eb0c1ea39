"""The client at its bounds: the last byte that is taken, and what each way out leaves of the connection."""

from __future__ import annotations

import gzip
import zlib

import pytest

from core.llm.cancel import Cancelled
from core.llm.http import Exchange, ReadError, ReadTimeout, RemoteProtocolError, SSEDecoder
from core.llm.http.connection import Interrupted
from tests.unit.llm.oracles import RecordedConnection, RecordedPool
from tests.unit.llm.test_http import ANOTHER, CHUNKED, FOREVER, INTERIM, OK, exchange

BODY = b"Content-Length: 5\r\n\r\nhello"


def sent(*pieces: bytes) -> tuple[Exchange, RecordedPool]:
    asked, pool = exchange(*pieces)
    asked.send(b"", until=FOREVER)
    return asked, pool


def test_an_error_body_is_read_to_256_kilobytes() -> None:
    asked, _ = sent(b"HTTP/1.1 500 No\r\n\r\n", *[b"x" * 256] * 1200)
    assert len(asked.read(until=FOREVER)) == 256 * 1024


@pytest.mark.parametrize(("headers", "is_taken"), [(99, True), (100, False)])
def test_a_hundred_headers_are_taken(headers: int, is_taken: bool) -> None:
    asked, _ = exchange(OK + b"X-Pad: x\r\n" * headers + BODY)
    if is_taken:
        asked.send(b"", until=FOREVER)
        assert len(asked.headers) == headers + 1
    else:
        with pytest.raises(RemoteProtocolError):
            asked.send(b"", until=FOREVER)


@pytest.mark.parametrize(("count", "is_taken"), [(10, True), (11, False)])
def test_ten_informational_answers_are_taken(count: int, is_taken: bool) -> None:
    asked, pool = exchange(*[INTERIM] * count, OK + BODY)
    if is_taken:
        asked.send(b"", until=FOREVER)
        assert asked.read(until=FOREVER) == b"hello"
    else:
        with pytest.raises(RemoteProtocolError):
            asked.send(b"", until=FOREVER)
        assert pool.discarded == 1


def test_an_informational_answer_leaves_nothing_to_the_final_one() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nContent-Encoding: gzip\r\nLink: x\r\n\r\n"
    for pieces in ([early + OK + BODY], [early, OK + BODY]):
        asked, _ = sent(*pieces)
        assert (asked.status, asked.headers) == (200, [(b"Content-Length", b"5")])
        assert asked.read(until=FOREVER) == b"hello"


def test_trailers_are_no_headers() -> None:
    trailers = b"Content-Encoding: gzip\r\nX: y\r\n"
    asked, pool = sent(CHUNKED, b"5\r\nhello\r\n0\r\n" + trailers + b"\r\n")
    assert asked.read(until=FOREVER) == b"hello"
    assert asked.headers == [(b"Transfer-Encoding", b"chunked")]
    asked.release()
    assert (pool.released, pool.discarded) == (1, 0)


@pytest.mark.parametrize("name", [b"Content-Encoding", b"content-encoding"])
@pytest.mark.parametrize("value", [b"gzip", b"x-gzip", b" GZIP ", b"deflate"])
def test_a_packed_body_is_unpacked(name: bytes, value: bytes) -> None:
    packed = zlib.compress(b"hello") if value == b"deflate" else gzip.compress(b"hello")
    asked, pool = sent(OK + name + b": " + value + b"\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)
    assert asked.read(until=FOREVER) == b"hello"
    asked.release()
    assert pool.released == 1


@pytest.mark.parametrize("value", [b"identity", b"br", b""])
def test_any_other_encoding_is_passed_on(value: bytes) -> None:
    asked, _ = sent(OK + b"Content-Encoding: " + value + b"\r\n" + BODY)
    assert asked.read(until=FOREVER) == b"hello"


def test_a_body_that_can_not_be_unpacked_closes_its_connection() -> None:
    asked, pool = sent(OK + b"Content-Encoding: gzip\r\n" + BODY.replace(b"hello", b"<html"))
    with pytest.raises(RemoteProtocolError):
        asked.receive(until=FOREVER)
    assert asked.closed
    assert (pool.released, pool.discarded) == (0, 1)


def framing(size: int, body: bytes = b"hello") -> bytes:
    """Return the beginning of a chunk with so many bytes that are no body, and then the body."""
    return b"%x;" % len(body) + b"x" * (size - 4) + b"\r\n" + body


@pytest.mark.parametrize(("more", "is_taken"), [(0, True), (1, False)])
def test_a_byte_of_the_body_pays_for_sixteen_of_framing(more: int, is_taken: bool) -> None:
    """Of 64 KB a thousand are left; five bytes of a body bring eighty."""
    first = framing(65536 - 1000)
    asked, pool = sent(
        CHUNKED, first, b"\r\n5;" + b"x" * (1000 + 5 * 16 - 4 + more), b"\r\nhello\r\n0\r\n\r\n"
    )
    assert asked.receive(until=FOREVER) == b"hello"
    if is_taken:
        assert asked.receive(until=FOREVER) == b"hello"
        assert pool.discarded == 0
    else:
        with pytest.raises(RemoteProtocolError):
            asked.receive(until=FOREVER)
        assert pool.discarded == 1


def test_more_than_64_kilobytes_of_framing_are_never_saved_up() -> None:
    asked, _ = sent(CHUNKED, *[b"3e8\r\n" + b"b" * 1000 + b"\r\n"] * 20, b"5;" + b"x" * 65535, b"\r\n")
    assert len(b"".join(asked.receive(until=FOREVER) for _ in range(20))) == 20_000
    with pytest.raises(RemoteProtocolError):
        asked.receive(until=FOREVER)


@pytest.mark.parametrize(("size", "goes_on"), [(65536 + 16 * 5, True), (65537 + 16 * 5, False)])
def test_a_body_with_too_much_beside_it_is_the_last(size: int, goes_on: bool) -> None:
    asked, pool = sent(CHUNKED, framing(size), b"\r\n5\r\nhello\r\n0\r\n\r\n")
    assert asked.receive(until=FOREVER) == b"hello"
    if goes_on:
        assert asked.receive(until=FOREVER) == b"hello"
    else:
        with pytest.raises(RemoteProtocolError):
            asked.receive(until=FOREVER)
        assert pool.discarded == 1


class Failing(RecordedConnection):
    """A connection that fails once it has received all pieces."""

    def __init__(self, pieces: list[bytes], failure: Exception) -> None:
        super().__init__(pieces)
        self.failure = failure
        self.interrupted = False

    def receive(self, *, until: float) -> bytes:
        if data := super().receive(until=until):
            return data
        raise self.failure

    def receive_available(self) -> bytes | None:
        raise self.failure

    def interrupt(self) -> None:
        self.interrupted = True


@pytest.mark.parametrize(
    ("failure", "told"),
    [(Interrupted(), Cancelled), (ConnectionResetError(), ReadError), (OSError(), ReadError)],
)
@pytest.mark.parametrize("waits", [True, False])
def test_a_connection_that_fails_is_told_as_what_it_is(
    failure: Exception, told: type[Exception], waits: bool
) -> None:
    pool = RecordedPool()
    asked = Exchange(pool, Failing([CHUNKED], failure))  # type: ignore[arg-type]
    asked.send(b"", until=FOREVER)
    with pytest.raises(told):
        asked.receive(until=FOREVER) if waits else asked.receive_available()
    if waits:
        assert asked.closed
        assert pool.discarded == 1


def test_after_a_time_out_the_exchange_goes_on() -> None:
    pool = RecordedPool()
    connection = Failing([CHUNKED], ReadTimeout())
    asked = Exchange(pool, connection)  # type: ignore[arg-type]
    asked.send(b"", until=FOREVER)
    with pytest.raises(ReadTimeout):
        asked.receive(until=FOREVER)
    assert not asked.closed
    connection._pieces = iter([b"5\r\nhello\r\n0\r\n\r\n"])
    assert asked.receive(until=FOREVER) == b"hello"
    asked.release()
    assert (pool.released, pool.discarded) == (1, 0)


def test_what_is_closed_is_neither_asked_nor_given_back_again() -> None:
    asked, pool = sent(CHUNKED)
    asked.close()
    for call in (
        lambda: asked.receive(until=FOREVER),
        asked.receive_available,
        lambda: asked.send(b"", until=FOREVER),
    ):
        with pytest.raises(Cancelled):
            call()
    asked.release()
    assert (pool.released, pool.discarded) == (0, 1)


def test_a_close_while_a_thread_waits_only_interrupts_it() -> None:
    class Waiting(RecordedConnection):
        interrupted = False

        def interrupt(self) -> None:
            self.interrupted = True

        def receive(self, *, until: float) -> bytes:
            asked.close()
            assert pool.discarded == 0
            assert self.interrupted
            raise Interrupted

    pool = RecordedPool()
    asked = Exchange(pool, Waiting([]))  # type: ignore[arg-type]
    with pytest.raises(Cancelled):
        asked.send(b"", until=FOREVER)
    assert pool.discarded == 1


def test_what_has_arrived_is_told_from_nothing_and_from_the_end() -> None:
    asked, pool = sent(CHUNKED, b"5\r\nhello\r\n", b"3\r", b"\nyou\r\n0\r\n\r\n")
    told = [asked.receive_available() for _ in range(7)]
    assert told == [b"", b"hello", b"", b"", b"", b"you", None]
    asked.release()
    assert pool.released == 1


def test_a_body_that_came_with_its_head_is_there_without_waiting() -> None:
    asked, _ = sent(CHUNKED + b"5\r\nhello\r\n0\r\n\r\n")
    assert asked.receive_available() == b"hello"
    assert asked.receive_available() is None
    assert asked.receive(until=FOREVER) == b""


def test_a_release_takes_the_last_chunk_and_a_second_one_does_nothing() -> None:
    asked, pool = sent(CHUNKED + b"5\r\nhello\r\n", b"0\r\n\r\n")
    assert asked.receive(until=FOREVER) == b"hello"
    asked.release()
    assert asked.closed
    asked.release()
    asked.close()
    assert (pool.released, pool.discarded) == (1, 0)


def test_an_answer_is_kept_apart_from_what_follows_it() -> None:
    asked, pool = sent(OK + BODY + ANOTHER)
    assert (asked.status, len(asked.headers)) == (200, 1)
    assert asked.read(until=FOREVER) == b"hello"
    asked.release()
    assert (pool.released, pool.discarded) == (0, 1)


# -- Events --


@pytest.mark.parametrize(
    ("decoder", "most"), [(SSEDecoder(), 4 * 1024 * 1024), (SSEDecoder(max_event=100), 100)]
)
def test_an_event_may_have_so_many_bytes(decoder: SSEDecoder, most: int) -> None:
    assert decoder.feed(b"data: " + b"x" * (most - 6)) == []
    with pytest.raises(RemoteProtocolError):
        decoder.feed(b"x")


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (b"data: 1\n\ndata: 2\n\n", [b"1", b"2"]),
        (b"data: 1\ndata: 2\n\n", [b"1\n2"]),
        (b"data:1\ndata:  2\n\n", [b"1\n 2"]),
        (b"data: 1\n\n\n\ndata: 2\n\n", [b"1", b"2"]),
        (b"event: ping\ndata: 1\n\ndata: 2\n\n", [b"1", b"2"]),
        (b"event: message\ndata: 1\n\n", [b"1"]),
        (b"EVENT: Error \nDATA: 1\n\n", [b"1"]),
        (b"id: 1\n\n", []),
        (b'{"error": 1}\n\n', [b'{"error": 1}']),
        (b'{"a":\n{"b": 1}}\n\n', [b'{"a":\n{"b": 1}}']),
        (b" data: 1\n\n\xef\xbb\xbfdata: 2\n\n\0data: 3\n\n", [b"1", b"2", b"3"]),
        (b"data\n\n", [b""]),
        (b"dat: 1\n\ndata : 2\n\n", [b"2"]),
    ],
)
def test_the_forms_of_events(stream: bytes, events: list[bytes]) -> None:
    assert SSEDecoder().feed(stream) == events
    for at in range(len(stream)):
        decoder = SSEDecoder()
        assert decoder.feed(stream[:at]) + decoder.feed(stream[at:]) == events
    decoder = SSEDecoder()
    assert decoder.feed(stream[:-1]) + decoder.flush() == events
    assert not decoder.has_rest


def test_a_beginning_that_only_looks_like_a_mark_is_kept() -> None:
    for begins in (b"\xef", b"\xef\xbb"):
        decoder = SSEDecoder()
        assert decoder.feed(begins) == []
        assert decoder.has_rest
        assert decoder.feed(b"\n\ndata: 1\n\n") == [b"1"]
    decoder = SSEDecoder()
    assert decoder.feed(b"d") + decoder.feed(b"ata: 1\n\n") == [b"1"]
    assert decoder.feed(b"") == []
    assert decoder.feed(b"\xef\xbb\xbfdata: 2\n\n") == [b"2"]


def test_what_is_no_event_yet_is_no_rest() -> None:
    for nothing in (b"\xef\xbb\xbf", b"\n\n", b"data: 1\n\n", b""):
        decoder = SSEDecoder()
        decoder.feed(nothing)
        assert not decoder.has_rest
