"""One text as far as it may be shown, and the subscribers of it in this process.

A channel is fed by the producer, when this process writes the run, or by the log tailer, when another one does.
Subscribers never see the difference. Each is told that there is news and takes everything after its own offset,
so a slow one needs no queue.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

import msgspec

from core.streams.hub.outcome import Outcome
from core.streams.hub.rendition import Annotator, Rendition

_encode = msgspec.json.Encoder().encode
CONTINUATION_BYTE: Final = 0x80


class Subscriber(Protocol):
    """Watches a channel. A ``threading.Event`` is one."""

    def set(self) -> None:
        """Take note that there is news. Must not wait."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a subject's text: the bytes before ``offset`` of ``epoch`` have been received."""

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
    """The text of one subject's current epoch, its end, and its subscribers.

    ``data`` is what may be shown. ``is_filled`` is False until the log has been read: until then nobody can say
    what is missing. ``is_local`` is True while a producer of this process feeds it. ``is_closing`` tells
    subscribers to leave and to connect again, to another process. ``plain_subscribers`` are those of the subscribers
    that are sent the text alone, as it comes, and not in the lines of a page.
    """

    __slots__ = (
        "_last",
        "_lock",
        "_renditions",
        "data",
        "end",
        "epoch",
        "is_closing",
        "is_filled",
        "is_local",
        "plain_subscribers",
        "subject",
        "subscribers",
    )

    def __init__(self, subject: UUID, epoch: int, data: bytes = b"", end: Outcome | None = None) -> None:
        self.subject = subject
        self.epoch = epoch
        self.data = bytearray(data)
        self.end = end
        self.is_filled = False
        self.is_local = False
        self.is_closing = False
        self.subscribers: set[Subscriber] = set()
        self.plain_subscribers: set[Subscriber] = set()
        self._renditions: dict[str, Rendition] = {}
        self._last: _TextEvent = NO_EVENT  # encoded once for all subscribers that ask for the same
        self._lock = threading.Lock()  # on threads, subscribers and the producer meet here

    def publish(self, data: bytes) -> None:
        """Show more text: whole characters, which the log has already (or can't have, while Redis is away)."""
        # In one step, which needs no lock: once a flush for every run, and gevent's locks are no cheap ones.
        self.data.extend(data)
        self.wake()

    def begin(self, epoch: int, data: bytes = b"") -> None:
        """Start over with another epoch: subscribers are told to forget what they have."""
        with self._lock:
            self._begin(epoch, data)
        self.wake()

    def append_tail(self, asked: Position, epoch: int, data: bytes) -> None:
        """Show what a log answered when asked for what comes after ``asked``.

        Does nothing if the channel was fed meanwhile: on threads a producer may begin here at any moment, and
        brings the channel up to the log itself.
        """
        with self._lock:
            if self.is_local or (self.epoch, len(self.data)) != (asked.epoch, asked.offset):
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

    def mark_filled(self) -> None:
        """Take note that the text is here as far as its log has it."""
        self.is_filled = True
        self.wake()

    def forget(self) -> None:
        """Drop a text that the log does not have: what is shown next comes from the log, as another epoch."""
        self.is_filled = False
        self.begin(0)

    def _begin(self, epoch: int, data: bytes) -> None:
        self.epoch, self.data, self.end = epoch, bytearray(data), None
        self._last = NO_EVENT
        self._renditions = {}

    def finish(self, end: Outcome) -> None:
        """Take note that the run has ended, and how: subscribers get the last event."""
        self.end = end
        self.wake()

    def close(self) -> None:
        """Tell subscribers to leave and to connect again."""
        self.is_closing = True
        self.wake()

    def wake(self) -> None:
        """Tell every subscriber that there is news."""
        for subscriber in tuple(self.subscribers):
            subscriber.set()

    def is_behind(self, position: Position) -> bool:
        """Whether ``position`` lies after everything known here."""
        return (position.epoch, position.offset) > (self.epoch, len(self.data))

    def starts_at(self, position: Position | None) -> int | None:
        """Return the offset to go on from; None when the subscriber must begin this epoch anew."""
        if position is None or position.epoch != self.epoch or position.offset > len(self.data):
            return None
        inside_a_character = (
            position.offset < len(self.data) and self.data[position.offset] & 0xC0 == CONTINUATION_BYTE
        )
        return None if inside_a_character else position.offset

    def after(self, epoch: int, offset: int) -> bytes:
        """Return everything after ``offset``; nothing when ``epoch`` is over."""
        with self._lock:
            return bytes(self.data[offset:]) if epoch == self.epoch else b""

    def rendition(
        self, language: str, make: Callable[[], Annotator], position: Position | None, *, shared: bool
    ) -> Rendition:
        """Return what is made of the current epoch in this language; ``make`` returns an annotator.

        Shared, the first subscriber's ``make`` and ``position`` count. Unshared, each has the same work done for itself.
        """
        if shared and (found := self._renditions.get(language)):
            return found
        renditions = self._renditions
        made = Rendition(self, make, language, position)
        return renditions.setdefault(language, made) if shared else made

    def text_event(self, epoch: int, offset: int) -> tuple[bytes, bytes]:
        """Return the ``text`` event with everything after ``offset``, and those bytes.

        It is encoded once for all who ask for the same. Both are empty when there is nothing after ``offset``,
        or when ``epoch`` is over.
        """
        # Without the lock: `_begin` replaces the epoch before the data, so data of a later one is noticed.
        data = self.data
        if epoch != self.epoch:
            return b"", b""
        of_epoch, begin, end, frame, new = self._last
        if begin == offset and end == len(data) and of_epoch == epoch:
            return frame, new
        new = bytes(data[offset:])
        if not new:
            return b"", b""
        end = offset + len(new)
        frame = b"id: %d-%d\nevent: text\ndata: %b\n\n" % (epoch, end, _encode({"text": new.decode()}))
        self._last = epoch, offset, end, frame, new
        return frame, new


# The event encoded last: its epoch, the offsets between which its text lies, the event, its text.
_TextEvent = tuple[int, int, int, bytes, bytes]
NO_EVENT: Final[_TextEvent] = (-1, -1, -1, b"", b"")
