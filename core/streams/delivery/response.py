"""The SSE answer: the one place where a response streams.

It holds no database connection and no request data while it streams, says something at once so that no
proxy waits, notices a browser that has left, gives up on one that never reads, and can be resumed from
any event id by any worker.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from functools import partial
from typing import Any, Final, Protocol

import msgspec
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.translation import get_language, gettext, override

from core.db.pool import release
from core.streams.cluster import lifecycle
from core.streams.delivery import detached, tailer
from core.streams.delivery.admission import Full, admit_subscriber
from core.streams.delivery.connection import HEARTBEAT, HEARTBEAT_AFTER, Browser, Detached
from core.streams.delivery.detached import Pieces
from core.streams.hub import hub
from core.streams.hub.channel import Channel, End, Position, Subscriber
from core.streams.log import client as log
from core.streams.models import Run, Status

# Without an event loop to tell us, a browser's leaving is looked for this often.
LOOK_EVERY: Final = 1.0
# A browser may have seen more elsewhere than the tailer has fetched so far; this is how long it is given.
BEHIND: Final = 2.0

_json = msgspec.json.Encoder().encode


class Annotator(Protocol):
    """Adds the product's own events beside the text, for one reader (for instance rendered blocks)."""

    def feed(self, text: str) -> list[tuple[str, Any]]:
        """More text has been sent; the (event, data) pairs that follow from it."""
        ...

    def reset(self) -> None:
        """Forget all text."""
        ...

    def finish(self) -> list[tuple[str, Any]]:
        """The text is complete."""
        ...


def event(name: str, data: Any, event_id: str = "") -> bytes:
    """One SSE event."""
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}event: {name}\ndata: ".encode() + _json(data) + b"\n\n"


def event_response(
    request: HttpRequest,
    *,
    run: Run,
    position: str | None,
    preamble: bytes = b"",
    annotator: Annotator | None = None,
) -> HttpResponse:
    """Stream ``run``'s subject from ``position`` (an event id) on; 204 when nothing can follow it.

    With an annotator the end always follows: what it makes of the end may not have been told.
    """
    at = Position.parse(position)
    if annotator is None and not run.is_live and at == Position(run.epoch, len(run.text.encode())):
        return HttpResponse(status=204)
    try:
        admit_subscriber()
    except Full as full:
        return too_many(full)
    if transaction.get_connection().in_atomic_block:
        raise RuntimeError("a stream must not begin inside a transaction: it would hold the connection")
    lifecycle.start_worker()
    find = subscribe if run.is_live else _finished
    response = StreamingHttpResponse(
        _Events(partial(find, run), at, preamble, annotator, request.META), content_type="text/event-stream"
    )
    response["Cache-Control"] = "no-cache, no-transform"
    response["X-Accel-Buffering"] = "no"
    response["Content-Encoding"] = "identity"  # keeps compressing middleware away
    return response  # type: ignore[return-value]  # a sibling of HttpResponse; callers only pass it on


def too_many(full: Full) -> HttpResponse:
    """503 with ``Retry-After``, at once."""
    message = gettext("지금은 이용자가 많아요. 잠시 뒤에 다시 시도해 주세요.")
    response = JsonResponse({"error": {"code": "busy", "message": message}}, status=503)
    response["Retry-After"] = str(full.retry_after)
    return response


def subscribe(run: Run, reader: Subscriber) -> Channel:
    """The channel of a live run, filled as far as its log goes, with a place for ``reader`` on it."""
    hub.forget_if_over(run.subject)
    if known := hub.subscribe(run.subject, reader):
        return known
    channel = Channel(run.subject, run.epoch, run.text.encode())
    with contextlib.suppress(log.LogUnavailable):  # the tailer asks the database until Redis is back
        tailer.follow([channel])
    return hub.add(channel, reader)


def _finished(run: Run, reader: Subscriber) -> Channel:
    channel = Channel(run.subject, run.epoch, run.text.encode(), tailer.end_of(run))
    channel.subscribers.add(reader)
    return channel


class _Events:
    """The body as the server sends it: an iterator that owns a reader's place on a channel until it is closed.

    From its first step on, and not before: an answer that middleware replaces (the session can't be saved,
    say) is never closed. Where that can be, it ends early, as soon as there is nothing more to send: the
    connection is kept without the server then (core/streams/delivery/detached.py).
    """

    def __init__(
        self,
        find: Callable[[Subscriber], Channel],
        at: Position | None,
        preamble: bytes,
        annotator: Annotator | None,
        environ: Mapping[str, Any],
    ) -> None:
        self._channel: Channel | None = None
        self._spoke = time.monotonic()  # when something was last sent
        self._gone = False
        self._wake = threading.Event()
        self._browser = Browser(environ)
        self._body = self._stream(find, at, preamble, annotator)

    def __iter__(self) -> Iterator[bytes]:
        return self._body

    def close(self) -> None:
        """Called by the server when the answer has ended, however it ended."""
        self._body.close()
        if self._channel is not None:
            hub.unsubscribe(self._channel, self)
        self._browser.close()

    def set(self) -> None:
        """There is news on the channel."""
        self._wake.set()

    def _hung_up(self) -> None:
        self._gone = True
        self._wake.set()

    def _stream(
        self,
        find: Callable[[Subscriber], Channel],
        at: Position | None,
        preamble: bytes,
        annotator: Annotator | None,
    ) -> Generator[bytes, None, None]:
        # Here and not in the view: middleware (the session's) may use the database after it.
        release()
        self._channel = channel = find(self)
        self._browser.bound_sends()
        self._browser.announce_close()
        tailer.tailer.notice()
        yield b"retry: 1000\n\n:\n\n" + preamble
        if at is not None and not (yield from self._catch_up(channel, at)):
            return
        pieces = _pieces(channel, at, annotator)
        for piece, is_all in pieces:
            if piece:
                yield piece
            if is_all and self._browser.can_detach:
                detached.keep(self._browser, channel, pieces, instead_of=self, renders=annotator is not None)
                raise Detached
            if is_all and not (yield from self._wait()):
                return

    def _catch_up(self, channel: Channel, at: Position) -> Generator[bytes, None, bool]:
        """Wait until it is known here what the browser has seen: to forget all of it would be a flicker.

        While there is no log to be read (Redis is away) this waits as any reader does. False when this
        browser or this process leaves before.
        """
        patience = time.monotonic() + BEHIND
        while channel.end is None and not channel.leaving:
            if not channel.filled:
                if not (yield from self._wait()):
                    return False
            elif channel.local or not channel.is_behind(at) or time.monotonic() > patience:
                return True
            else:
                self._wake.wait(0.1)
                self._wake.clear()
        return channel.end is not None

    def _wait(self) -> Generator[bytes, None, bool]:
        """Sleep until there is news; False when the browser has left."""
        self._spoke = time.monotonic()
        step = HEARTBEAT_AFTER if self._browser.watch(self._hung_up) else LOOK_EVERY
        while True:
            if self._wake.wait(min(step, self._spoke + HEARTBEAT_AFTER - time.monotonic())):
                self._wake.clear()
                return not self._gone
            if self._browser.is_disconnected():
                return False
            if time.monotonic() - self._spoke >= HEARTBEAT_AFTER:
                self._spoke = time.monotonic()
                yield HEARTBEAT


class _Making:
    """What is made of the text for one reader, as events: in the language of whoever it was made for."""

    __slots__ = ("_annotator", "_language")

    def __init__(self, annotator: Annotator | None) -> None:
        self._annotator = annotator
        self._language = get_language() or settings.LANGUAGE_CODE  # others bring the news, in theirs

    def feed(self, new: bytes) -> bytes:
        if self._annotator is None:
            return b""
        with override(self._language):
            return b"".join(event(name, data) for name, data in self._annotator.feed(new.decode()))

    def reset(self) -> None:
        if self._annotator is not None:
            self._annotator.reset()

    def finish(self, end: End, epoch: int, offset: int) -> bytes:
        with override(self._language):
            made = self._annotator.finish() if self._annotator is not None else []
            return b"".join(event(name, data) for name, data in made) + _last(end, epoch, offset)


def _pieces(channel: Channel, at: Position | None, annotator: Annotator | None) -> Pieces:
    """What follows for a reader from ``at`` on, and whether that is all until there is news."""
    making = _Making(annotator)
    epoch = channel.epoch  # first: an epoch that begins meanwhile (on threads) is noticed below
    start = channel.starts_at(at)
    offset = start or 0
    if at is not None and start is None:
        yield event("reset", {}, f"{epoch}-0"), False
    if offset:
        making.feed(bytes(channel.data[:offset]))
    while True:
        if epoch != channel.epoch:
            epoch, offset = channel.epoch, 0
            if epoch:
                yield event("reset", {}, f"{epoch}-0"), False
            making.reset()
        frame, new = channel.text_event(epoch, offset)
        if new:
            offset += len(new)
            # The id comes last: who is cut off before it is told again what was made of the text.
            frame = making.feed(new) + frame
        if epoch != channel.epoch or offset != len(channel.data):
            yield frame, False
        elif channel.end is not None:
            yield frame + making.finish(channel.end, epoch, offset), False
            return
        elif channel.leaving:
            yield frame + b"retry: 300\n\n", False
            return
        else:
            yield frame, True


def _last(end: End, epoch: int, offset: int) -> bytes:
    if end.status in (Status.FAILED, Status.INTERRUPTED):
        return event("failed", failure(end))
    data = {"status": end.status, "provider": end.provider, "model": end.model}
    return event("done", data, f"{epoch}-{offset}")


def failure(end: End) -> dict[str, Any]:
    """The data of a ``failed`` event: what happened and what can be done, in the visitor's language."""
    if end.status == Status.INTERRUPTED:
        message = gettext("글이 중간에 끊겼어요. 쓰던 데까지는 남아 있으니 이어서 써 달라고 해 보세요.")
        return {"code": "interrupted", "message": message, "retryable": True}
    message = gettext("지금은 글을 쓰지 못했어요. 이용 횟수는 돌려드렸어요. 잠시 뒤에 다시 시도해 주세요.")
    return {"code": end.code or "failed", "message": message, "retryable": True}
