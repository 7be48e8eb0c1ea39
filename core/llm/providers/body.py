"""The events in the body of an answer: server-sent ones, or JSON where a server sends that in their place.

Servers that ignore ``stream`` answer with one object, Gemini's without ``alt=sse`` with a list that grows, and some
with an object a line. What they say in it is the same.
"""

from __future__ import annotations

import json
import re
from typing import Final

from core.llm.http import RemoteProtocolError, SSEDecoder

MAX_BODY_BYTES: Final = 4 * 1024 * 1024
_BEFORE_THE_FIRST: Final = b"\xef\xbb\xbf \t\r\n"
_UNDECIDED_BYTES: Final = 1024
_BETWEEN: Final = re.compile(r"[\s,\[\]]*")


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
        text = self._body.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
        self._body.clear()
        found, decoder, at = [], json.JSONDecoder(strict=False), 0
        while (at := _end_of_gap(text, at)) < len(text):
            try:
                _, end = decoder.raw_decode(text, at)
            except (ValueError, RecursionError):
                end = len(text)  # for the parser to judge
            found.append(text[at:end].encode("utf-8", "surrogateescape"))
            at = end
        return found


def _end_of_gap(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at
