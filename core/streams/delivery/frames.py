"""The frames of an event stream, without I/O: what follows for one subscriber of a channel, as bytes."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec
from django.conf import settings
from django.utils.translation import get_language, gettext, override

from core.streams.hub.channel import Channel, Position
from core.streams.hub.outcome import Outcome
from core.streams.models import Status

_json = msgspec.json.Encoder().encode

OPENING = b"retry: 1000\n\n:\n\n"
HEARTBEAT = b":\n\n"
# A script never sees a comment: where one watches (an annotated stream is a page's), it is told by an event, and
# more often, so that it can tell a silent connection from a model that thinks (static/js/stream.js).
VISIBLE_HEARTBEAT = b"event: heartbeat\ndata: {}\n\n"
VISIBLE_HEARTBEAT_AFTER = 5.0
# Sent by a process that drains: connect again at once, elsewhere.
RECONNECT = b"retry: 300\n\n"


class Annotator(Protocol):
    """Adds the product's own events beside the text, for one subscriber (for instance rendered blocks)."""

    def feed(self, text: str) -> list[tuple[str, Any]]:
        """More text has been sent; return the (event, data) pairs that follow from it."""
        ...

    def reset(self) -> None:
        """Forget all text."""
        ...

    def finish(self) -> list[tuple[str, Any]]:
        """The text is complete."""
        ...


def event(name: str, data: Any, event_id: str = "") -> bytes:
    """Return one SSE event."""
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}event: {name}\ndata: ".encode() + _json(data) + b"\n\n"


def heartbeat(annotator: Annotator | None, *, after: float) -> tuple[bytes, float]:
    """Return what an idle stream sends, and after how many seconds; ``after`` is the time for one without a script."""
    if annotator is None:
        return HEARTBEAT, after
    return VISIBLE_HEARTBEAT, min(after, VISIBLE_HEARTBEAT_AFTER)


class Frames:
    """The frames that follow for one subscriber after ``position``, in the language of the current request.

    ``is_ended`` turns True with the last of them: the stream is to be closed.
    """

    __slots__ = (
        "_channel",
        "_epoch",
        "_language",
        "_offset",
        "_owes_reset",
        "annotator",
        "is_ended",
    )

    def __init__(self, channel: Channel, position: Position | None, annotator: Annotator | None) -> None:
        self.annotator = annotator
        self.is_ended = False
        # Frames may be taken in the job of a run's producer, which has a language of its own.
        self._language = get_language() or settings.LANGUAGE_CODE
        self._channel = channel
        # Read first: `data_to_send` notices an epoch that begins meanwhile (on threads).
        self._epoch = channel.epoch
        start = channel.starts_at(position)
        self._offset = start or 0
        self._owes_reset = position is not None and start is None
        if annotator is not None and self._offset:
            annotator.feed(bytes(channel.data[: self._offset]).decode())

    def data_to_send(self) -> bytes:
        """Return everything that follows by now; empty when there is nothing until the channel has news."""
        channel = self._channel
        data = self._text() if self._epoch == channel.epoch and not self._owes_reset else self._reset()
        while self._epoch != channel.epoch or self._offset != len(channel.data):
            data += self._text() if self._epoch == channel.epoch else self._reset()
        if channel.end is not None:
            data += self._end(channel.end)
            self.is_ended = True
        elif channel.is_closing:
            data += RECONNECT
            self.is_ended = True
        return data

    def _reset(self) -> bytes:
        """Begin the channel's epoch anew. Epoch 0 is not announced: it holds no text, and another one follows."""
        if self._epoch != self._channel.epoch:
            self._epoch, self._offset = self._channel.epoch, 0
        elif not self._owes_reset:
            return b""
        self._owes_reset = False
        if self.annotator is not None:
            self.annotator.reset()
        return event("reset", {}, f"{self._epoch}-0") if self._epoch else b""

    def _text(self) -> bytes:
        frame, new = self._channel.text_event(self._epoch, self._offset)
        self._offset += len(new)
        if new and self.annotator is not None:
            # The annotator's events come before the text event, which carries the id: a client that is cut off in
            # between resumes from the old id and receives both again.
            with override(self._language):
                made = self.annotator.feed(new.decode())
            return b"".join(event(name, data) for name, data in made) + frame
        return frame

    def _end(self, end: Outcome) -> bytes:
        with override(self._language):
            made = self.annotator.finish() if self.annotator is not None else []
            return b"".join(event(name, data) for name, data in made) + self._last(end)

    def _last(self, end: Outcome) -> bytes:
        if end.status in (Status.FAILED, Status.INTERRUPTED):
            return event("failed", failure(end))
        data = {"status": end.status, "provider": end.provider, "model": end.model}
        return event("done", data, f"{self._epoch}-{self._offset}")


def failure(end: Outcome) -> dict[str, Any]:
    """Return the data of a ``failed`` event: what happened and what can be done, in the visitor's language."""
    if end.status == Status.INTERRUPTED:
        if end.can_be_retried:
            message = gettext("글이 중간에 끊겼어요. 쓰던 데까지는 남아 있으니 이어서 써 달라고 해 보세요.")
        else:
            message = gettext("글이 중간에 끊겼고 더 이어 쓸 수 없어요. 쓰던 데까지는 남아 있어요.")
        return {"code": "interrupted", "message": message, "retryable": end.can_be_retried}
    if not end.can_be_retried:
        message = gettext("이 내용으로는 글을 쓰지 못했어요. 물음을 조금 바꿔 주세요.")
    else:
        message = gettext(
            "지금은 글을 쓰지 못했어요. 이용 횟수는 돌려드렸어요. 잠시 뒤에 다시 시도해 주세요."
        )
    return {"code": end.code or "failed", "message": message, "retryable": end.can_be_retried}
