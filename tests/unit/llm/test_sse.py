"""Events come out the same however the bytes arrive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.llm.http import ErrorEvent, NamedEvent, RemoteProtocolError, SSEDecoder

LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
FIELDS = st.sampled_from(
    ["data: 하나", "data:{}", "data: ", "data", ": note", "id: 7", "event: x", "event: message", "event", ""]
)
STREAMS = st.lists(st.tuples(FIELDS, LINE_ENDS), max_size=12).map(
    lambda lines: "".join(field + end for field, end in lines)
)


def by_the_book(stream: str) -> list[bytes]:
    """Return the data of the whole messages of a stream, by the WHATWG rules, in the plainest way."""
    found, data, kind = [], [], ""
    stream = stream.removeprefix("\ufeff")
    for line in stream.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:-1]:
        name, _, value = line.partition(":")
        if not line:
            found += ["\n".join(data).encode()] if data and kind in {"", "message"} else []
            data, kind = [], ""
        elif name == "data":
            data.append(value.removeprefix(" "))
        elif name == "event":
            kind = value.removeprefix(" ")
    return found


@given(st.tuples(st.sampled_from(["", "\ufeff"]), STREAMS).map("".join), st.data())
def test_events_are_those_of_the_standard_wherever_the_bytes_are_cut(
    stream: str, data: st.DataObject
) -> None:
    raw = stream.encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=5)))
    events, found = SSEDecoder(), []
    for start, end in zip([0, *cuts], [*cuts, len(raw)], strict=True):
        found += events.feed(raw[start:end])
    # A CR at the very end may yet turn out to be half of a CRLF: what follows shows.
    found += events.feed(b"\n") if raw.endswith(b"\r") else []
    expected = by_the_book(stream + "\n" if raw.endswith(b"\r") else stream)
    assert [event for event in found if type(event) is not NamedEvent] == expected


def test_an_event_without_its_empty_line_is_the_rest() -> None:
    events = SSEDecoder()
    assert events.feed(b"data: 1\n\ndata: 2") == [b"1"]
    assert events.flush() == [b"2"]
    assert events.flush() == []


def test_an_event_by_another_name_is_told_from_a_message() -> None:
    events = SSEDecoder().feed(b"event: ping\ndata: 1\n\nevent: message\ndata: 2\n\n")
    assert [(type(event), event) for event in events] == [(NamedEvent, b"1"), (bytes, b"2")]


def test_an_error_by_name_is_told_from_a_message() -> None:
    (event,) = SSEDecoder().feed(b"event: error\ndata: no\n\n")
    assert (type(event), event) == (ErrorEvent, b"no")


def test_a_comment_alone_is_no_event() -> None:
    assert SSEDecoder().feed(b": keep-alive\n\n") == []


def test_an_event_that_never_ends_is_refused() -> None:
    events = SSEDecoder(max_event=100)
    events.feed(b"data: " + b"x" * 90)
    with pytest.raises(RemoteProtocolError):
        events.feed(b"x" * 90)


def test_a_byte_order_mark_that_comes_in_pieces_is_dropped() -> None:
    events = SSEDecoder()
    found = [event for byte in b"\xef\xbb\xbfdata: 1\n\n" for event in events.feed(bytes([byte]))]
    assert found == [b"1"]
    events = SSEDecoder()
    assert events.feed(b"\xef\xbb") == []
    assert events.has_rest
