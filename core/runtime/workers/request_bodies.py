"""Read a request's body before the application is called, which then never waits for a client.

An application that waits for a body itself holds a database connection meanwhile, for as long as the client likes.
"""

from __future__ import annotations

import tempfile
from collections.abc import MutableMapping
from typing import Any, Final

# The largest picture that a form takes (5 MB, core/accounts/pictures.py) and room for the form round it.
MAX_BODY: Final = 6 * 1024 * 1024
# Larger bodies are kept on the disk.
IN_MEMORY: Final = 128 * 1024
PIECE: Final = 64 * 1024
# Every body may take this long, and one second longer for each 50 KB: a picture needs it.
SECONDS: Final = 10.0
BYTES_PER_SECOND: Final = 50_000


class IncompleteBody(Exception):
    """The body has ended before its length, or its time was over."""


def length_to_read(environ: MutableMapping[str, Any]) -> int:
    """Return the length of the body; 0 for one that the site refuses by its head (``BodyLimitMiddleware``)."""
    given = environ.get("CONTENT_LENGTH") or "0"
    length = int(given) if given.isdecimal() else 0
    return length if length <= MAX_BODY else 0


def time_limit(length: int) -> float:
    """Return the seconds that a body of this length may take."""
    return SECONDS + length / BYTES_PER_SECOND


def read(environ: MutableMapping[str, Any], length: int) -> None:
    """Read the body, and put what it holds in the place from which the application reads. Raises ``IncompleteBody``."""
    source, body = environ["wsgi.input"], tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (the application reads it)
    while length:
        piece = source.read(min(length, PIECE))
        if not piece:
            raise IncompleteBody
        body.write(piece)
        length -= len(piece)
    body.seek(0)
    environ["wsgi.input"] = body
