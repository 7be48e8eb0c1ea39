"""The frames of an event stream, without I/O: what follows for one subscriber of a channel, as bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext, override

from core.streams.hub.channel import Channel, Position
from core.streams.hub.outcome import Outcome
from core.streams.hub.rendition import Annotator, Rendition, event
from core.streams.models import Status

OPENING = b"retry: 1000\n\n:\n\n"
HEARTBEAT = b":\n\n"
# A script never sees a comment: where one watches (an annotated stream is a page's), it is told by an event, and
# more often, so that it can tell a silent connection from a model that thinks (static/js/stream.js).
VISIBLE_HEARTBEAT = b"event: heartbeat\ndata: {}\n\n"
VISIBLE_HEARTBEAT_AFTER = 5.0
# Sent by a process that drains: connect again at once, elsewhere.
RECONNECT = b"retry: 300\n\n"


def heartbeat(*, annotated: bool, after: float) -> tuple[bytes, float]:
    """Return what an idle stream sends, and after how many seconds; ``after`` is the time for one without a script."""
    return (VISIBLE_HEARTBEAT, min(after, VISIBLE_HEARTBEAT_AFTER)) if annotated else (HEARTBEAT, after)


class Frames:
    """The frames that follow for one subscriber after ``position``, in the language of the current request.

    ``annotate`` returns an annotator, for a page; None for text alone. ``is_ended`` turns True with the last of
    them: the stream is to be closed.
    """

    __slots__ = (
        "_annotate",
        "_channel",
        "_epoch",
        "_follows",
        "_language",
        "_offset",
        "_owes_reset",
        "_rendition",
        "is_ended",
    )

    def __init__(
        self, channel: Channel, position: Position | None, annotate: Callable[[], Annotator] | None
    ) -> None:
        self.is_ended = False
        # Frames may be taken in the job of a run's producer, which has a language of its own.
        self._language = get_language() or settings.LANGUAGE_CODE
        self._channel = channel
        self._annotate = annotate
        # Before all else: `data_to_send` notices an epoch that begins meanwhile (on threads).
        self._begin(position)
        start = channel.starts_at(position)
        self._offset = start or 0
        self._owes_reset = position is not None and start is None
        self._follows = not self._offset  # and otherwise after a first frame of its own

    def _begin(self, position: Position | None) -> None:
        self._rendition: Rendition | None = None
        self._epoch = self._channel.epoch
        if self._annotate is not None:
            self._rendition = self._channel.rendition(
                self._language, self._annotate, position, shared=settings.STREAM_SHARED_RENDITIONS
            )
            self._epoch = self._rendition.epoch

    @property
    def is_annotated(self) -> bool:
        return self._annotate is not None

    @property
    def is_behind(self) -> bool:
        """Whether there is text that has not been taken: ``take`` withholds a little of it for a while."""
        return self._offset < len(self._channel.data)

    def data_to_send(self) -> bytes:
        """Return what follows by now; empty when there is nothing until the channel has news."""
        channel, data = self._channel, b""
        end, is_closing = channel.end, channel.is_closing  # first: all text that they close is there
        is_last = end is not None or is_closing
        while True:
            data += self._text(is_last=is_last) if self._is_current else self._reset()
            if self._is_current and not (self.is_behind and (is_last or self._rendition is None)):
                break
        if end is not None and end is channel.end:
            data += self._end(end)
            self.is_ended = True
        elif is_closing:
            data += RECONNECT
            self.is_ended = True
        return data

    @property
    def _is_current(self) -> bool:
        return self._epoch == self._channel.epoch and not self._owes_reset

    def _reset(self) -> bytes:
        """Begin the channel's epoch anew. Epoch 0 is not announced: it holds no text, and another one follows."""
        if self._epoch != self._channel.epoch:
            self._begin(None)
            self._offset = 0
        self._owes_reset = False
        self._follows = True
        return event("reset", {}, f"{self._epoch}-0") if self._epoch else b""

    def _text(self, *, is_last: bool) -> bytes:
        if self._rendition is None:
            frame, new = self._channel.text_event(self._epoch, self._offset)
            self._offset += len(new)
            return frame
        frame, self._offset = self._rendition.text(self._offset, follows=self._follows, is_last=is_last)
        self._follows = self._follows or bool(frame)
        return frame

    def _end(self, end: Outcome) -> bytes:
        made = b""
        if self._rendition is not None:
            made = self._rendition.closing(self._offset, follows=self._follows)
        with override(self._language):
            return made + self._last(end)

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
        message = gettext("이 내용으로는 글을 쓰지 못했어요. 질문을 조금 바꿔 주세요.")
    else:
        message = gettext(
            "지금은 글을 쓰지 못했어요. 이용 횟수는 돌려드렸어요. 잠시 뒤에 다시 시도해 주세요."
        )
    return {"code": end.code or "failed", "message": message, "retryable": end.can_be_retried}
