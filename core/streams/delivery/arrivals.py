"""The requests that begin a run, and the holdings of a request until it leaves (core/streams/middleware.py)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from core.streams.hub.admission import STREAMS_OF_A_READING, Admission, Place, TooManyStreams
from core.streams.hub.turns import Turn

View = TypeVar("View", bound=Callable[..., HttpResponse])


def begins(view: View) -> View:
    """Mark a view whose POST begins a run."""
    view.begins = True  # type: ignore[attr-defined]
    return view


def begins_run(request: HttpRequest) -> bool:
    """Return whether the request asks a view that ``begins`` has marked to begin a run."""
    if request.method == "POST":
        with suppress(Resolver404):
            # Also for the log and the figures, which name the route of a refusal.
            match = request.resolver_match = resolve(request.path_info)
            return hasattr(match.func, "begins")
    return False


class Holdings:
    """The holdings of one request: its turn, and the place of the stream that it is to be answered with."""

    __slots__ = ("place", "turn")

    def __init__(self) -> None:
        self.turn: Turn | None = None
        self.place: Place | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> Holdings:
        found = request.__dict__.get("_holdings")
        if found is None:
            found = request.__dict__["_holdings"] = cls()
        assert isinstance(found, cls)
        return found

    def stream_place(self, admission: Admission, visitor: str, subject: UUID | None = None) -> Place:
        """Return the place of this request's stream, reserved now if it was not before.

        With ``subject`` it is counted as one that watches it. Raises ``Full`` and ``TooManyStreams``.
        """
        if self.place is None:
            self.place = admission.reserve_stream(visitor)
        if visitor and subject is not None:
            try:
                self.place.count((visitor, subject), most=STREAMS_OF_A_READING)
            except TooManyStreams:
                self.place.release()
                raise
        return self.place

    def end_turn(self) -> None:
        """Let the next one begin: this request only waits from now on."""
        if self.turn is not None:
            self.turn.release()

    def leave(self, response: HttpResponse | None) -> None:
        """Give back what ``response`` does not need. A response that streams gives its place back when it is closed."""
        self.end_turn()
        if self.place is not None and not (response is not None and response.streaming):
            self.place.release()
