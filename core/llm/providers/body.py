"""The events in the body of an answer: server-sent ones, or JSON where a server sends that in their place.

Servers that ignore ``stream`` answer with one object, Gemini's without ``alt=sse`` with a list that grows, and some
with an object a line. The objects themselves are the same.
"""

from __future__ import annotations

from typing import Final

from core.llm.http import RemoteProtocolError, SSEDecoder
from core.llm.providers.chunks import values_in

MAX_BODY_BYTES: Final = 4 * 1024 * 1024
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_BEFORE_THE_FIRST: Final = BYTE_ORDER_MARK + b" \t\r\n"
_UNDECIDED_BYTES: Final = 1024


class BodyDecoder:
    """The decoder of one body, by its first byte: a media type doesn't always tell. As ``SSEDecoder``."""

    __slots__ = ("_chosen", "_held")

    def __init__(self) -> None:
        self._held = b""
        self._chosen: SSEDecoder | _JSONDecoder | None = None

    @property
    def has_rest(self) -> bool:
        """Whether an event has begun that is not complete."""
        return self._chosen is not None and self._chosen.has_rest

    def feed(self, data: bytes) -> list[bytes]:
        """Return the data of each event that ``data`` completes, in order. Raises RemoteProtocolError."""
        if self._chosen is None:
            data = self._held = self._held + data
            first = data.lstrip(_BEFORE_THE_FIRST)[:1]
            if not first and len(data) < _UNDECIDED_BYTES:
                return []
            if first == b"<":
                raise RemoteProtocolError  # a page, whose text is no model's
            self._chosen, self._held = _JSONDecoder() if first in (b"{", b"[") else SSEDecoder(), b""
        return self._chosen.feed(data)

    def flush(self) -> list[bytes]:
        """Return the data of the events that only the end of the body completes."""
        return [] if self._chosen is None else self._chosen.flush()


class _JSONDecoder:
    """Collects a body, and returns the objects in it at its end."""

    __slots__ = ("_body",)

    def __init__(self) -> None:
        self._body = bytearray()

    @property
    def has_rest(self) -> bool:
        return bool(self._body)

    def feed(self, data: bytes) -> list[bytes]:
        self._body += data
        if len(self._body) > MAX_BODY_BYTES:
            raise RemoteProtocolError
        return []

    def flush(self) -> list[bytes]:
        body = bytes(self._body).removeprefix(BYTE_ORDER_MARK).strip().removeprefix(b"[")
        self._body.clear()
        return values_in(body)
