"""Give the database back before a long wait, and outlast its short outages."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import Error as DatabaseError
from django.db import connections
from sqlalchemy.exc import TimeoutError as PoolTimeout

T = TypeVar("T")


def release() -> None:
    """Return this thread's connections to the pool and forget Django's wrappers round them.

    A wrapper weighs five kilobytes and would live as long as the stream; the next query makes a new one.
    """
    for connection in connections.all(initialized_only=True):
        connection.close()
        del connections[connection.alias]


def patiently(step: Callable[[], T]) -> T:
    """Try a database step again for a while: a run must not be lost to a short outage."""
    for pause in (0.2, 0.5, 1, 2, 4, 8, 8, 0):
        try:
            return step()
        except (DatabaseError, PoolTimeout):
            release()
            if not pause:
                raise
            time.sleep(pause)
    raise AssertionError("unreachable")
