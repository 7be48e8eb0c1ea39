"""The SSE response: the one place where a response streams.

It holds no database connection and no request data while it streams, says something at once so that no proxy waits,
notices a browser that has disconnected, gives up on one that never reads, and can be resumed from any event id by
any worker.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from core.db.pool import release
from core.site import errors
from core.streams.delivery.arrivals import Holdings
from core.streams.delivery.connection import HEARTBEAT_AFTER, Connection
from core.streams.delivery.detached import DetachedLoop
from core.streams.delivery.frames import OPENING, Frames, heartbeat
from core.streams.delivery.tailer import LogTailer
from core.streams.hub.admission import Admission, Full, Place, TooManyStreams
from core.streams.hub.channel import Channel, Position, Subscriber
from core.streams.hub.hub import Hub
from core.streams.hub.outcome import Outcome
from core.streams.hub.rendition import PATIENCE, Annotator
from core.streams.models import Run

# Without an event loop to tell of a disconnect, the connection is polled this often.
POLL_EVERY: Final = 1.0
# A browser may have seen more elsewhere than the tailer has fetched so far; this is how long it is given.
BEHIND: Final = 2.0


class Responder:
    """Answers browsers with event streams. ``detached`` is None where connections stay with the server."""

    def __init__(
        self, hub: Hub, tailer: LogTailer, admission: Admission, detached: DetachedLoop | None
    ) -> None:
        self._hub = hub
        self._tailer = tailer
        self._admission = admission
        self._detached = detached

    def event_response(
        self,
        request: HttpRequest,
        *,
        run: Run,
        position: str | None,
        visitor: str = "",
        preamble: bytes = b"",
        annotate: Callable[[], Annotator] | None = None,
    ) -> HttpResponse:
        """Stream ``run``'s subject from ``position`` (an event id) on; 204 when nothing can follow it.

        Of one ``visitor`` only so many streams are served: 429 past that. "" is not counted.
        With annotators the end always follows: what is made of the end may not have been told.
        """
        at = Position.parse(position)
        if annotate is None and not run.is_live and at == Position(run.epoch, len(run.text.encode())):
            return HttpResponse(status=204)
        if transaction.get_connection().in_atomic_block:
            raise RuntimeError("a stream must not begin inside a transaction: it would hold the connection")
        try:
            place = Holdings.of(request).stream_place(self._admission, visitor, run.subject)
        except Full as full:
            return errors.json(503, code="busy", retry_after=full.retry_after)
        except TooManyStreams as too_many:
            return errors.too_many_streams(retry_after=too_many.retry_after)
        find = self._tailer.open if run.is_live else _finished
        stream = EventStream(
            self._hub,
            partial(find, run),
            Connection(request.META),
            position=at,
            preamble=preamble,
            annotate=annotate,
            detached=self._detached,
            place=place,
        )
        return _sent_as_it_comes(stream)


def _sent_as_it_comes(stream: EventStream) -> HttpResponse:
    """Return the response that nothing on the way stores, gathers or compresses."""
    response = StreamingHttpResponse(stream, content_type="text/event-stream")
    response["Cache-Control"] = "no-store, no-transform"
    response["X-Accel-Buffering"] = "no"
    response["Content-Encoding"] = "identity"  # keeps compressing middleware away
    return response  # type: ignore[return-value]  # a sibling of HttpResponse; callers only pass it on


def _finished(run: Run, subscriber: Subscriber) -> Channel:
    channel = Channel(run.subject, run.epoch, run.text.encode(), Outcome.of(run))
    channel.subscribers.add(subscriber)
    return channel


class EventStream:
    """The body of a response: an iterator that subscribes with its first step, and unsubscribes when it is closed.

    With the first step and not before: a response that middleware replaces (the session can't be saved, say) is
    never closed. It ends with the last frame, with a disconnect, or when the connection is detached.
    """

    def __init__(
        self,
        hub: Hub,
        find: Callable[[Subscriber], Channel],
        connection: Connection,
        *,
        position: Position | None = None,
        preamble: bytes = b"",
        annotate: Callable[[], Annotator] | None = None,
        detached: DetachedLoop | None = None,
        heartbeat_after: float = HEARTBEAT_AFTER,
        poll_every: float = POLL_EVERY,
        place: Place | None = None,
    ) -> None:
        self._hub = hub
        self._find = find
        self._connection = connection
        self._position = position
        self._preamble = preamble
        self._annotate = annotate
        self._detached = detached if connection.can_detach else None
        self._heartbeat, self._heartbeat_after = heartbeat(
            annotated=annotate is not None, after=heartbeat_after
        )
        self._poll_every = poll_every
        self._place = place
        self._channel: Channel | None = None
        self._news = threading.Event()
        self._is_disconnected = False
        self._body = self._stream()

    def __iter__(self) -> Iterator[bytes]:
        return self._body

    def close(self) -> None:
        """Unsubscribe: the server calls this when the response has ended, however it ended."""
        self._body.close()
        if self._channel is not None:
            self._hub.unsubscribe(self._channel, self._news)
        if self._place is not None:
            self._place.release()
        self._connection.close()

    def _stream(self) -> Generator[bytes, None, None]:
        release()  # here and not in the view: middleware (the session's) may use the database after it
        self._channel = channel = self._find(self._news)
        if self._annotate is None:
            self._hub.mark_plain(channel, self._news)
        self._connection.bound_sends()
        if self._detached is not None:
            self._connection.announce()
        yield OPENING + self._preamble
        if self._position is not None and not (yield from self._catch_up(channel, self._position)):
            return
        frames = Frames(channel, self._position, self._annotate)
        while not frames.is_ended:
            if data := frames.data_to_send():
                yield data
            elif self._detached is not None:
                self._detach(channel, frames)
                return
            elif not (yield from self._wait(at_most=PATIENCE if frames.is_behind else None)):
                return

    def _detach(self, channel: Channel, frames: Frames) -> None:
        assert self._detached is not None
        sock, chunked = self._connection.detach()
        place, self._place = self._place, None
        self._detached.add(sock, channel, frames, chunked=chunked, instead_of=self._news, place=place)

    def _catch_up(self, channel: Channel, position: Position) -> Generator[bytes, None, bool]:
        """Wait until what the browser has seen is known here: to make it forget all of it would be a flicker.

        While there is no log to be read (Redis is away) this waits as any subscriber does. False when the browser
        or this process leaves before.
        """
        patience = time.monotonic() + BEHIND
        while channel.end is None and not channel.is_closing:
            if not channel.is_filled:
                if not (yield from self._wait()):
                    return False
            elif channel.is_local or not channel.is_behind(position) or time.monotonic() > patience:
                return True
            else:
                self._news.wait(0.1)
                self._news.clear()
        return channel.end is not None

    def _wait(self, *, at_most: float | None = None) -> Generator[bytes, None, bool]:
        """Wait for news, with heartbeats; False when the browser has disconnected."""
        sent_at = time.monotonic()
        step = self._heartbeat_after if self._connection.watch(self._on_disconnect) else self._poll_every
        while True:
            wait = at_most or min(step, sent_at + self._heartbeat_after - time.monotonic())
            if self._news.wait(wait) or at_most:
                self._news.clear()
                return not self._is_disconnected
            if self._connection.is_disconnected():
                return False
            if time.monotonic() - sent_at >= self._heartbeat_after:
                sent_at = time.monotonic()
                yield self._heartbeat

    def _on_disconnect(self) -> None:
        self._is_disconnected = True
        self._news.set()
