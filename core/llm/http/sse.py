"""Decode server-sent events from bytes cut anywhere.

The rules are WHATWG's: lines end in LF, CR or CRLF, an empty line ends an event, the ``data`` lines of one
event are joined, comments are dropped. What real providers send (``data: {…}`` and an empty line) stays on
the fast path: a few scans by C code per receive.
"""

from __future__ import annotations

from core.llm.http.errors import RemoteProtocolError

# No provider's event comes near it; without a bound a server that never ends an event would fill the memory.
MAX_EVENT_BYTES = 4 * 1024 * 1024


class SSEDecoder:
    """The decoder of one stream. Sans-IO: ``feed`` it bytes, it returns the data of the events they complete."""

    __slots__ = ("_held_cr", "_max_event", "_tail")

    def __init__(self, *, max_event: int = MAX_EVENT_BYTES) -> None:
        self._max_event = max_event
        self._tail = b""
        self._held_cr = False

    def feed(self, data: bytes) -> list[bytes]:
        """Return the data of each event that ``data`` completes, in order. Raises RemoteProtocolError."""
        if self._held_cr or b"\r" in data:
            data = self._line_feeds(data)
        if self._tail:
            data = self._tail + data
        whole, end, tail = data.rpartition(b"\n\n")
        if len(tail) > self._max_event:
            raise RemoteProtocolError
        self._tail = tail
        if not end:
            return []
        if whole.startswith(b"data: "):
            found = whole[6:].split(b"\n\ndata: ")
            if b"\n" not in b"".join(found):  # one `data` line an event and nothing else
                return found
        payloads = map(_payload, whole.split(b"\n\n"))
        return [payload for payload in payloads if payload is not None]

    def flush(self) -> list[bytes]:
        """Return the data of an event that the end of the stream left without its empty line."""
        payload, self._tail = _payload(self._tail), b""
        return [] if payload is None else [payload]

    def _line_feeds(self, data: bytes) -> bytes:
        """Turn CRLF and CR into LF; a CR at the very end waits for what follows it."""
        if self._held_cr:
            data = b"\r" + data
        self._held_cr = data.endswith(b"\r")
        if self._held_cr:
            data = data[:-1]
        return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _payload(event: bytes) -> bytes | None:
    """Return the joined ``data`` lines of one event; None when it has none."""
    lines = []
    for line in event.split(b"\n"):
        name, _, value = line.partition(b":")
        if name == b"data":
            lines.append(value[1:] if value.startswith(b" ") else value)
    return b"\n".join(lines) if lines else None
