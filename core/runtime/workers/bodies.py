"""Reading a request's body before the application is called, which then never waits for it.

An application that waits for a body itself holds a database connection meanwhile, for as long as the client likes.
"""

from __future__ import annotations

import tempfile
from collections.abc import MutableMapping
from typing import Any, Final

# The largest picture that a form takes (5 MB, core/accounts/pictures.py) and room for the form round it.
MAX_BODY: Final = 6 * 1024 * 1024
# Larger bodies wait on the disk.
IN_MEMORY: Final = 128 * 1024
PIECE: Final = 64 * 1024
# A form has this long, a picture longer: the slowest that is waited for are 50 KB a second.
SECONDS: Final = 10.0
BYTES_PER_SECOND: Final = 50_000


class BrokenOff(Exception):
    """The body has ended before its length, or its time was over."""


def awaited(environ: MutableMapping[str, Any]) -> int:
    """Return the bytes of the body that must be waited for; 0 for one that the site refuses by its head."""
    given = environ.get("CONTENT_LENGTH") or "0"
    length = int(given) if given.isdecimal() else 0
    return length if length <= MAX_BODY else 0


def seconds(length: int) -> float:
    """Return how long a body of this length may take."""
    return SECONDS + length / BYTES_PER_SECOND


def receive(environ: MutableMapping[str, Any], length: int) -> None:
    """Read the body, and put what it holds in the place from which the application reads. Raises ``BrokenOff``."""
    source, body = environ["wsgi.input"], tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (the application reads it)
    while length:
        piece = source.read(min(length, PIECE))
        if not piece:
            raise BrokenOff
        body.write(piece)
        length -= len(piece)
    body.seek(0)
    environ["wsgi.input"] = body
