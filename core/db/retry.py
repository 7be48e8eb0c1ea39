"""Database steps that outlast a short outage."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

from django.db import Error as DatabaseError

from core.db.pool import PoolTimeout, release

T = TypeVar("T")

PAUSES: Final = (0.2, 0.5, 1, 2, 4, 8, 8)


def with_retries(step: Callable[[], T]) -> T:
    """Return ``step()``, tried again for 24 seconds: a run must not be lost to a short outage.

    ``step`` is called several times, each time outside of any transaction. Raises what its last try raised.
    """
    for pause in PAUSES:
        try:
            return step()
        except (DatabaseError, PoolTimeout):
            release()
            time.sleep(pause)
    try:
        return step()
    except (DatabaseError, PoolTimeout):
        release()
        raise
