"""A channel: what is shown of a text, to whom, and from where; its state is told exactly, and every change wakes."""

from __future__ import annotations

import uuid

import pytest

from core.streams.hub.channel import Channel, Position
from core.streams.hub.outcome import Outcome
from core.streams.models import Status

DONE = Outcome(Status.DONE)
TEXT = "각a나"  # bytes 0 to 2, 3, and 4 to 6


class Watcher:
    """A subscriber that counts how often it was woken."""

    def __init__(self) -> None:
        self.woken = 0

    def set(self) -> None:
        self.woken += 1


def watched(epoch: int = 1, data: bytes = b"", end: Outcome | None = None) -> tuple[Channel, Watcher]:
    channel, watcher = Channel(uuid.uuid4(), epoch, data, end), Watcher()
    channel.subscribers |= {watcher, Watcher()}
    return channel, watcher


def state(channel: Channel) -> tuple[int, bytes, Outcome | None]:
    return channel.epoch, bytes(channel.data), channel.end


@pytest.mark.parametrize(
    ("event_id", "position"),
    [
        ("3-17", Position(3, 17)),
        ("0-0", Position(0, 0)),
        ("123456789-123456789", Position(123456789, 123456789)),
        ("1234567890-1", None),
        ("1-1234567890", None),
        *((nonsense, None) for nonsense in (None, "", "3", "3-", "-3", "-", "a-1", "1-a", "1--1", "1-1-1")),
    ],
)
def test_an_event_id_is_an_epoch_and_an_offset_or_nothing(
    event_id: str | None, position: Position | None
) -> None:
    assert Position.parse(event_id) == position


def test_a_new_channel_has_what_it_was_given_and_waits_for_the_log() -> None:
    channel = Channel(uuid.uuid4(), 2, b"abc", DONE)
    assert state(channel) == (2, b"abc", DONE)
    assert (channel.is_filled, channel.is_local, channel.is_closing) == (False, False, False)
    assert channel.subscribers == set()


def test_what_is_published_is_added_and_everybody_is_woken() -> None:
    channel, watcher = watched(data=b"ab")
    other = Watcher()
    channel.subscribers.add(other)
    channel.publish(b"cd")
    assert state(channel) == (1, b"abcd", None)
    assert (watcher.woken, other.woken) == (1, 1)


def test_another_epoch_begins_with_its_own_text_and_without_an_end() -> None:
    channel, watcher = watched(data=b"ab", end=DONE)
    channel.begin(2, b"x")
    assert (*state(channel), watcher.woken) == (2, b"x", None, 1)
    channel.begin(3)
    assert (*state(channel), watcher.woken) == (3, b"", None, 2)


def test_each_other_change_wakes_too() -> None:
    channel, watcher = watched(data=b"ab")
    channel.mark_filled()
    assert (channel.is_filled, watcher.woken) == (True, 1)
    channel.finish(DONE)
    assert (channel.end, watcher.woken) == (DONE, 2)
    channel.close()
    assert (channel.is_closing, watcher.woken) == (True, 3)
    channel.forget()
    assert (*state(channel), channel.is_filled, watcher.woken) == (0, b"", None, False, 4)


@pytest.mark.parametrize(
    ("asked", "answered", "expected"),
    [
        (Position(1, 2), (1, b"cd"), (1, b"abcd", DONE)),
        (Position(1, 2), (2, b"new"), (2, b"new", None)),
        (Position(1, 1), (1, b"bcd"), None),  # it has grown since
        (Position(1, 3), (1, b"d"), None),
        (Position(2, 2), (2, b"cd"), None),
    ],
)
def test_what_a_log_answers_is_shown_where_it_was_asked_for(
    asked: Position, answered: tuple[int, bytes], expected: tuple[int, bytes, Outcome | None] | None
) -> None:
    channel, watcher = watched(data=b"ab", end=DONE)
    before = state(channel)
    channel.append_tail(asked, *answered)
    assert (state(channel), watcher.woken) == (expected or before, int(expected is not None))


def test_what_a_log_answers_is_nothing_to_a_channel_that_is_written_here() -> None:
    channel, watcher = watched(data=b"ab")
    channel.is_local = True
    channel.append_tail(Position(1, 2), 1, b"cd")
    assert (*state(channel), watcher.woken) == (1, b"ab", None, 0)


@pytest.mark.parametrize(
    ("epoch", "text", "expected"),
    [
        (1, b"abcd", (1, b"abcd", DONE)),
        (1, b"ab", (1, b"ab", DONE)),
        (1, b"a", (1, b"a", None)),
        (1, b"xyz", (1, b"xyz", None)),
        (2, b"abcd", (2, b"abcd", None)),
    ],
)
def test_a_whole_text_goes_on_with_what_is_shown_or_begins_anew(
    epoch: int, text: bytes, expected: tuple[int, bytes, Outcome | None]
) -> None:
    channel, watcher = watched(data=b"ab", end=DONE)
    channel.fill(epoch, text)
    assert (state(channel), watcher.woken) == (expected, 1)


@pytest.mark.parametrize(
    ("position", "is_behind"),
    [
        (Position(2, 6), False),
        (Position(2, 7), False),
        (Position(2, 8), True),
        (Position(1, 9), False),
        (Position(3, 0), True),
    ],
)
def test_a_position_is_ahead_of_a_channel_that_has_less(position: Position, is_behind: bool) -> None:
    channel, _ = watched(2, TEXT.encode())
    assert channel.is_behind(position) is is_behind


@pytest.mark.parametrize(
    ("position", "start"),
    [
        (None, None),
        (Position(1, 0), None),
        (Position(3, 0), None),
        *((Position(2, offset), offset) for offset in (0, 3, 4, 7)),
        *((Position(2, offset), None) for offset in (1, 2, 5, 6, 8)),
    ],
)
def test_one_goes_on_between_characters_of_the_same_epoch(
    position: Position | None, start: int | None
) -> None:
    channel, _ = watched(2, TEXT.encode())
    assert channel.starts_at(position) == start


def test_nothing_follows_in_an_epoch_that_is_over() -> None:
    channel, _ = watched(2, b"abc")
    assert (channel.after(2, 0), channel.after(2, 1), channel.after(2, 3)) == (b"abc", b"bc", b"")
    assert channel.after(1, 0) == b""


def test_a_text_event_has_what_follows_and_the_id_after_it() -> None:
    channel, _ = watched(2, TEXT.encode())
    frame = 'id: 2-7\nevent: text\ndata: {"text":"a나"}\n\n'.encode()
    assert channel.text_event(2, 3) == (frame, "a나".encode())
    assert channel.text_event(2, 7) == channel.text_event(2, 8) == (b"", b"")
    assert channel.text_event(1, 0) == channel.text_event(3, 0) == (b"", b"")


def test_a_text_event_is_encoded_once_for_all_who_ask_for_the_same() -> None:
    channel, _ = watched(2, b"abc")
    first = channel.text_event(2, 1)
    assert channel.text_event(2, 1)[0] is first[0]
    assert channel.text_event(2, 2)[1] == b"c"
    assert channel.text_event(2, 1) == first
    channel.publish(b"d")
    assert channel.text_event(2, 1)[1] == b"bcd"


def test_a_text_that_was_dropped_is_not_sent_again() -> None:
    """Not even where the other one is as long: a log was lost, say, and written anew from its beginning."""
    channel, _ = watched(1, b"abc")
    assert channel.text_event(1, 0)[1] == b"abc"
    channel.fill(1, b"xyz")
    assert channel.text_event(1, 0)[1] == b"xyz"
    channel.begin(2, b"123")
    assert channel.text_event(1, 0) == (b"", b"")
    assert channel.text_event(2, 0)[1] == b"123"
