"""Bodies that come packed are unpacked as they arrive, within bounds."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import pytest

from core.llm.http import RemoteProtocolError
from core.llm.http.unpacking import MAX_UNPACKED_BYTES, Unpacker

TEXT = "data: 하나\n\n".encode() * 50


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_packed_body_is_unpacked_wherever_it_is_cut(pack: Callable[[bytes], bytes]) -> None:
    packed = pack(TEXT)
    for at in range(len(packed)):
        unpacker = Unpacker()
        assert unpacker.feed(packed[:at]) + unpacker.feed(packed[at:]) == TEXT


def test_writes_that_are_packed_each_for_itself_are_unpacked_one_after_the_other() -> None:
    assert Unpacker().feed(gzip.compress(b"one ") + gzip.compress(b"two ") + gzip.compress(b"three")) == (
        b"one two three"
    )
    unpacker = Unpacker()
    assert [unpacker.feed(gzip.compress(part)) for part in (b"one", b"two")] == [b"one", b"two"]


@pytest.mark.parametrize(
    "body", [b'{"error": 1}', b"[1]", b": hi\n\n", b"data: 1\n\n", b"event: x\n", b"id: 1\n", b"retry: 1\n"]
)
@pytest.mark.parametrize("before", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
def test_a_body_that_is_said_to_be_packed_and_is_not_is_passed_on(body: bytes, before: bytes) -> None:
    unpacker = Unpacker()
    assert unpacker.feed(before + body) == before + body
    assert unpacker.feed(gzip.compress(b"x")) == gzip.compress(b"x")  # whatever follows: it is plain


@pytest.mark.parametrize("body", [b"not packed", b"<html>", b"\x00\x00"])
def test_nonsense_is_refused(body: bytes) -> None:
    with pytest.raises(RemoteProtocolError):
        Unpacker().feed(body)


def test_a_body_that_turns_into_something_else_is_refused() -> None:
    unpacker = Unpacker()
    assert unpacker.feed(gzip.compress(b"x")) == b"x"
    with pytest.raises(RemoteProtocolError):
        unpacker.feed(b"data: plain")


def test_one_read_unpacks_to_a_bounded_size() -> None:
    assert MAX_UNPACKED_BYTES == 4 * 1024 * 1024
    below = b"x" * (MAX_UNPACKED_BYTES - 1)
    assert Unpacker().feed(gzip.compress(below)) == below
    for size in (MAX_UNPACKED_BYTES, MAX_UNPACKED_BYTES + 1, 64 * 1024 * 1024):
        with pytest.raises(RemoteProtocolError):
            Unpacker().feed(gzip.compress(b"x" * size))


def test_the_bound_is_of_all_parts_of_a_read_together_and_of_each_read_anew() -> None:
    half = gzip.compress(b"x" * (MAX_UNPACKED_BYTES // 2))
    with pytest.raises(RemoteProtocolError):
        Unpacker().feed(half + half)
    unpacker = Unpacker()
    for _ in range(3):
        assert len(unpacker.feed(half)) == MAX_UNPACKED_BYTES // 2
