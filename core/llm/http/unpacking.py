"""Unpack bodies that come packed although nobody asked for it."""

from __future__ import annotations

import zlib
from typing import Final

from core.llm.http.errors import RemoteProtocolError

# The most that one read may unpack to: 64 KB of zeros packed well are 64 MB.
MAX_UNPACKED_BYTES: Final = 4 * 1024 * 1024
_ANY_HEADER: Final = zlib.MAX_WBITS | 32  # gzip's or zlib's
_SPACES: Final = b"\xef\xbb\xbf \t\r\n"
# The first bytes of an object, a list, a comment, and the fields data, event, id and retry. No packed body begins so.
_BEGINNINGS: Final = (b"{", b"[", b":", b"d", b"e", b"i", b"r")


class Unpacker:
    """The unpacker of one body that is said to be packed by gzip or deflate.

    Some proxies pack each write for itself, one stream behind the other. Others unpack the body and leave the header,
    which says that it is packed: such a body is passed on as it comes.
    """

    __slots__ = ("_inflate", "_is_first", "_is_plain")

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(wbits=_ANY_HEADER)
        self._is_first = True  # nothing has been unpacked yet
        self._is_plain = False

    def feed(self, data: bytes) -> bytes:
        """Return what ``data`` unpacks to. Raises RemoteProtocolError for nonsense, and for too much."""
        parts: list[bytes] = []
        room = MAX_UNPACKED_BYTES
        while data and not self._is_plain:
            try:
                part = self._inflate.decompress(data, room)
            except zlib.error:
                if not self._is_first or data.lstrip(_SPACES)[:1] not in _BEGINNINGS:
                    raise RemoteProtocolError from None
                self._is_plain = True
                break
            self._is_first = False
            room -= len(part)
            if self._inflate.unconsumed_tail or room <= 0:
                raise RemoteProtocolError
            parts.append(part)
            data = self._inflate.unused_data
            if self._inflate.eof:
                self._inflate = zlib.decompressobj(wbits=_ANY_HEADER)
        return b"".join(parts) + (data if self._is_plain else b"")
