"""The database pool as seen from above: giving connections back, and what it raises past its time-out."""

from __future__ import annotations

from django.db import connections
from sqlalchemy.exc import TimeoutError as PoolTimeout

__all__ = ["PoolTimeout", "release"]


def release() -> None:
    """Return this thread's connections to the pool before a wait, unless a transaction needs them.

    Django's wrappers go as well: one weighs five kilobytes and would live as long as the request or stream.
    The next query makes a new one.
    """
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
            del connections[connection.alias]
