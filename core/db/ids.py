"""Ids of rows that come in order of time (UUID version 7, RFC 9562), so that new rows lie beside each other in an index.

A random id touches another page of each index that has it, and PostgreSQL logs a page whole when it is first touched after a
checkpoint: eight kilobytes for one entry (docs/decisions/056). 74 bits are random: no id can be guessed from others.
"""

from __future__ import annotations

import os
import time
from typing import Final
from uuid import UUID

RANDOM: Final = (1 << 74) - 1
LOW: Final = (1 << 62) - 1


def ordered_id() -> UUID:
    """Return a new id: the milliseconds since 1970, then random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big") & RANDOM
    # 48 bits of time, the version, 12 random bits, the variant, 62 random bits.
    return UUID(int=milliseconds << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | random & LOW)
