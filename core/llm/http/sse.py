"""Decode server-sent events from bytes cut anywhere.

The rules are WHATWG's: one byte order mark at the beginning is dropped, lines end in LF, CR or CRLF, an empty
line ends an event, the ``data`` lines of one event are joined, comments are dropped. An event with a name of its
own is not a message, and comes as a ``NamedEvent``, one named ``error``, as providers report failures, as an
``ErrorEvent``. The form that real providers send (``data: {…}`` and an empty line) takes the fast path: a few scans
by C code per receive.
"""

from __future__ import annotations

from typing import Final

from core.llm.http.errors import RemoteProtocolError

# No provider's event comes near it; without a bound a server that never ends an event would fill the memory.
MAX_EVENT_BYTES = 4 * 1024 * 1024
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
# Before the name of a field, where WHATWG allows nothing: some proxies indent, or send a mark with each write.
_AROUND: Final = BYTE_ORDER_MARK + b" \t\0"


class ErrorEvent(bytes):
    """The data of an event named ``error``."""

    __slots__ = ()


class NamedEvent(bytes):
    """The data of an event with another name: a heartbeat, a note, and from some gateways each chunk."""

    __slots__ = ()


class SSEDecoder:
    """The decoder of one stream. Sans-IO: ``feed`` it bytes, it returns the data of the events they complete."""

    __slots__ = ("_begun", "_held_cr", "_max_event", "_tail")

    def __init__(self, *, max_event: int = MAX_EVENT_BYTES) -> None:
        self._max_event = max_event
        self._tail = b""
        self._held_cr = False
        self._begun = False  # True once it is known whether a byte order mark comes first

    def feed(self, data: bytes) -> list[bytes]:
        """Return the data of each event that ``data`` completes, in order. Raises RemoteProtocolError."""
        if not self._begun:
            data, self._tail = self._tail + data, b""
            if len(data) < len(BYTE_ORDER_MARK) and BYTE_ORDER_MARK.startswith(data):
                self._tail = data
                return []
            self._begun = True
            data = data.removeprefix(BYTE_ORDER_MARK)
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

    @property
    def has_rest(self) -> bool:
        """Whether an event has begun that is not complete."""
        return bool(self._tail)

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
    lines, kind = [], b""
    for line in event.split(b"\n"):
        name, _, value = line.partition(b":")
        name = name.strip(_AROUND).lower()
        if name == b"data":
            lines.append(value.removeprefix(b" "))
        elif name == b"event":
            kind = value.strip().lower()
        elif name.startswith(b"{"):  # how some servers report a failure, without a field
            lines.append(line)
    if not lines:
        return None
    payload = b"\n".join(lines)
    if kind in {b"", b"message"}:
        return payload
    return ErrorEvent(payload) if kind == b"error" else NamedEvent(payload)
