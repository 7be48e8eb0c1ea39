"""What this process knows of a subject's text, and who in it is watching.

A channel is fed by the writer, when this process writes the run, or by the follower, when another does.
Readers never see the difference: each waits on an event of its own and takes everything from its offset
on, so a slow reader costs no queue.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Final
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


class Channel:
    """The text of one subject's current epoch as far as it may be shown, and its readers."""

    __slots__ = ("_frame", "data", "end", "epoch", "leaving", "local", "readers", "subject")

    def __init__(self, subject: UUID, epoch: int, data: bytes = b"", end: End | None = None) -> None:
        self.subject = subject
        self.epoch = epoch
        self.data = bytearray(data)
        self.end = end
        self.local = False  # True while a writer of this process feeds it
        self.leaving = False  # True when this process drains: readers go and connect elsewhere
        self.readers: set[threading.Event] = set()
        self._frame: tuple[int, bytes] = (-1, b"")

    def publish(self, data: bytes) -> None:
        """Show more text. It must be whole characters, and in the log already."""
        self.data += data
        self.wake()

    def begin(self, epoch: int, data: bytes = b"") -> None:
        """Start over with a new epoch: readers are told to forget what they have."""
        self.epoch, self.data, self.end = epoch, bytearray(data), None
        self._frame = (-1, b"")
        self.wake()

    def finish(self, end: End) -> None:
        self.end = end
        self.wake()

    def wake(self) -> None:
        for reader in self.readers:
            reader.set()

    def starts_at(self, position: Position | None) -> int | None:
        """The offset to go on from, or None when the reader must begin this epoch anew."""
        if position is None or position.epoch != self.epoch or position.offset > len(self.data):
            return None
        inside_a_character = (
            position.offset < len(self.data) and self.data[position.offset] & 0xC0 == CONTINUATION_BYTE
        )
        return None if inside_a_character else position.offset

    def text_event(self, offset: int) -> bytes:
        """The ``text`` event that carries everything after ``offset``; encoded once for all who ask."""
        if self._frame[0] != offset or not self._frame[1].startswith(self._id()):
            text = self.data[offset:].decode()
            self._frame = (offset, self._id() + b"event: text\ndata: " + _encode({"text": text}) + b"\n\n")
        return self._frame[1]

    def _id(self) -> bytes:
        return b"id: %d-%d\n" % (self.epoch, len(self.data))


CONTINUATION_BYTE: Final = 0x80
