"""What this process knows of a subject's text, and who in it is watching.

A channel is fed by the writer, when this process writes the run, or by the tailer, when another does.
Readers never see the difference: each waits on an event of its own and takes everything from its offset
on, so a slow reader costs no queue.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol
from uuid import UUID

import msgspec

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class End:
    """How a run ended: the data of its ``done`` or ``failed`` event."""

    status: str
    provider: str = ""
    model: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a subject's text: the bytes before ``offset`` of ``epoch`` have been seen."""

    epoch: int
    offset: int

    @classmethod
    def parse(cls, event_id: str | None) -> Position | None:
        """Read an event id (``<epoch>-<offset>``); None for anything else."""
        epoch, dash, offset = (event_id or "").partition("-")
        if dash and epoch.isdecimal() and offset.isdecimal() and len(epoch) < 10 and len(offset) < 10:
            return cls(int(epoch), int(offset))
        return None


class Subscriber(Protocol):
    """Who watches a channel: a ``threading.Event`` will do."""

    def set(self) -> None:
        """There is news. Must not wait."""


class Channel:
    """The text of one subject's current epoch as far as it may be shown, and its subscribers."""

    __slots__ = (
        "_last",
        "_lock",
        "data",
        "end",
        "epoch",
        "filled",
        "leaving",
        "local",
        "subject",
        "subscribers",
    )

    def __init__(self, subject: UUID, epoch: int, data: bytes = b"", end: End | None = None) -> None:
        self.subject = subject
        self.epoch = epoch
        self.data = bytearray(data)
        self.end = end
        self.filled = False  # True once the log has been read: until then nobody can say what is missing
        self.local = False  # True while a writer of this process feeds it
        self.leaving = False  # True when this process drains: subscribers go and connect elsewhere
        self.subscribers: set[Subscriber] = set()
        self._last = NO_EVENT  # made for all who ask for the same
        self._lock = threading.Lock()  # on threads, subscribers and the writer meet here

    def publish(self, data: bytes) -> None:
        """Show more text. It must be whole characters, and in the log already."""
        with self._lock:
            offset = len(self.data)
            self.data += data
            if self.subscribers:
                self._last = _text_event(self.epoch, offset, data)
        self.wake()

    def begin(self, epoch: int, data: bytes = b"") -> None:
        """Start over with a new epoch: subscribers are told to forget what they have."""
        with self._lock:
            self._begin(epoch, data)
        self.wake()

    def follow(self, asked: Position, epoch: int, data: bytes) -> None:
        """Show what a log answered when ``asked`` for what comes after; nothing if the channel was fed meanwhile.

        On threads a writer may begin here at any moment, and bring the channel up to the log itself.
        """
        with self._lock:
            if self.local or (self.epoch, len(self.data)) != (asked.epoch, asked.offset):
                return
            if epoch == self.epoch:
                self.data += data
            else:
                self._begin(epoch, data)
        self.wake()

    def fill(self, epoch: int, text: bytes) -> None:
        """Show the whole ``text`` of ``epoch``: what is missing of it, or all of it anew."""
        with self._lock:
            if epoch == self.epoch and text.startswith(self.data):
                self.data += text[len(self.data) :]
            else:
                self._begin(epoch, text)
        self.wake()

    def _begin(self, epoch: int, data: bytes) -> None:
        self.epoch, self.data, self.end = epoch, bytearray(data), None
        self._last = NO_EVENT

    def finish(self, end: End) -> None:
        self.end = end
        self.wake()

    def wake(self) -> None:
        for reader in tuple(self.subscribers):
            reader.set()

    def is_behind(self, position: Position) -> bool:
        """Whether ``position`` lies after everything known here."""
        return (position.epoch, position.offset) > (self.epoch, len(self.data))

    def starts_at(self, position: Position | None) -> int | None:
        """The offset to go on from, or None when the reader must begin this epoch anew."""
        if position is None or position.epoch != self.epoch or position.offset > len(self.data):
            return None
        inside_a_character = (
            position.offset < len(self.data) and self.data[position.offset] & 0xC0 == CONTINUATION_BYTE
        )
        return None if inside_a_character else position.offset

    def text_event(self, epoch: int, offset: int) -> tuple[bytes, bytes]:
        """The ``text`` event with everything after ``offset``, and those bytes; encoded once for all who ask.

        Both are empty when there is nothing, or when ``epoch`` is over.
        """
        last = self._last
        if last.epoch == epoch and last.offset == offset and last.end == len(self.data):
            return last.frame, last.new
        with self._lock:
            if epoch != self.epoch or offset >= len(self.data):
                return b"", b""
            last = self._last = _text_event(epoch, offset, bytes(self.data[offset:]))
            return last.frame, last.new


class _TextEvent(NamedTuple):
    epoch: int
    offset: int
    end: int
    frame: bytes
    new: bytes


def _text_event(epoch: int, offset: int, new: bytes) -> _TextEvent:
    end = offset + len(new)
    text = _encode({"text": new.decode()})
    return _TextEvent(epoch, offset, end, b"id: %d-%d\nevent: text\ndata: %b\n\n" % (epoch, end, text), new)


NO_EVENT: Final = _TextEvent(-1, -1, -1, b"", b"")
CONTINUATION_BYTE: Final = 0x80
