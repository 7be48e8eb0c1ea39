"""Renditions: a channel's text with what is made of it for pages, in one language, once for all of its browsers.

A page is sent more than the text: the product's own events (rendered blocks, say), which an annotator makes of it.
A rendition holds one annotator and the frame that it made last. Subscribers who are where that frame begins get its
bytes; anybody else (a browser that comes back, or that is slow) gets a frame of its own, from a fresh annotator.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec
from django.utils.translation import get_language, override

if TYPE_CHECKING:
    from core.streams.hub.channel import Channel, Position

_json = msgspec.json.Encoder().encode

# An event costs about fifty bytes beside its text. A page is sent this many bytes of text at once, a line on a
# phone, or what there is after so many seconds: less than the batcher's longest interval for pages, so that a frame goes
# out with every flush then.
ENOUGH: Final = 84
PATIENCE: Final = 0.35

Events = list[tuple[str, Any]]


class Annotator(Protocol):
    """Makes of a text that only grows what pages are sent beside it, for those that have received all of it before.

    Its language is the one in which it is made and finished. ``feed`` may be called in another: to change it for each frame
    would cost as much as a short one.
    """

    def skip(self, text: str) -> Events:
        """Add text that the page has, with what was made of it; return what it must be told to go on from there."""
        ...

    def feed(self, text: str) -> dict[str, Any]:
        """Add text; return what is added to the data of the ``text`` event that carries it."""
        ...

    def finish(self) -> Events:
        """The text is complete; return the last events."""
        ...


def event(name: str, data: Any, event_id: str = "") -> bytes:
    """Return one SSE event."""
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}event: {name}\ndata: ".encode() + _json(data) + b"\n\n"


class Rendition:
    """The frames of a channel's current epoch from ``position`` on, for pages. ``make`` returns a new annotator."""

    __slots__ = (
        "_annotator",
        "_begin",
        "_channel",
        "_closing",
        "_end",
        "_frame",
        "_language",
        "_lock",
        "_made_at",
        "_make",
        "epoch",
    )

    def __init__(
        self, channel: Channel, make: Callable[[], Annotator], language: str, position: Position | None
    ) -> None:
        self._make = make
        self.epoch = channel.epoch
        self._channel = channel
        self._language = language
        # The newest frame lies between these; what came before the first one is not made again.
        self._begin = self._end = channel.starts_at(position) or 0
        with _speaking(language):
            self._annotator, _ = self._skipped(self._end)
        self._frame = b""
        self._closing: bytes | None = None
        self._made_at = -math.inf
        self._lock = threading.Lock()  # on threads, subscribers meet here

    def text(self, offset: int, *, follows: bool, is_last: bool) -> tuple[bytes, int]:
        """Return the frame for a page that has the text before ``offset``, and the offset after it.

        ``follows`` says that the page has received everything that was made of the text before. A few bytes may be
        withheld until there are more of them, unless they are the last.
        """
        with self._lock:
            self._advance(is_last=is_last)
            if offset >= self._end:
                return b"", offset
            if follows and offset == self._begin:
                return self._frame, self._end
            with _speaking(self._language):
                annotator, before = self._skipped(offset)
                new = self._channel.after(self.epoch, offset)[: self._end - offset]
                return _encoded(before) + self._made(annotator, new, offset), self._end

    def closing(self, offset: int, *, follows: bool) -> bytes:
        """Return the events that follow the whole text, for a page that has it."""
        with self._lock, _speaking(self._language):
            if not follows:
                annotator, before = self._skipped(offset)
                return _encoded(before + annotator.finish())
            if self._closing is None:
                self._closing = _encoded(self._annotator.finish())
            return self._closing

    def _advance(self, *, is_last: bool) -> None:
        """Make the next frame, if there is enough for one."""
        new = len(self._channel.data) - self._end
        is_due = new >= ENOUGH or is_last or time.monotonic() - self._made_at > PATIENCE
        if new <= 0 or not is_due:
            return
        data = self._channel.after(self.epoch, self._end)
        if data:
            try:
                self._frame = self._made(self._annotator, data, self._end)
            except Exception:
                with _speaking(self._language):
                    self._annotator, _ = self._skipped(self._end)  # the other one has had half of it
                raise
            self._begin, self._end = self._end, self._end + len(data)
            self._made_at = time.monotonic()

    def _skipped(self, offset: int) -> tuple[Annotator, Events]:
        annotator = self._make()
        known = self._channel.after(self.epoch, 0)[:offset]
        return annotator, annotator.skip(known.decode()) if known else []

    def _made(self, annotator: Annotator, data: bytes, offset: int) -> bytes:
        # In one event with the id, so that a client that is cut off has received all of it or nothing.
        text = data.decode()
        return event("text", {"text": text, **annotator.feed(text)}, f"{self.epoch}-{offset + len(data)}")


def _speaking(language: str) -> AbstractContextManager[None]:
    """Return a block in this language. In a flush it mostly is the language already, and changing it costs more than to ask."""
    return nullcontext() if get_language() == language else override(language)


def _encoded(events: Events) -> bytes:
    return b"".join(event(name, data) for name, data in events)
