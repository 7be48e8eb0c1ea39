"""The database pool seen from above: what it raises when no connection comes free in time, and giving back."""

from __future__ import annotations

from django.db import connections
from sqlalchemy.exc import TimeoutError as Exhausted

__all__ = ["Exhausted", "give_back", "release"]


def give_back() -> None:
    """This will return this request's connections to the pool before a wait, unless a transaction needs them."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()


def release() -> None:
    """Return this thread's connections to the pool and forget Django's wrappers round them.

    A wrapper weighs five kilobytes and would live as long as the stream; the next query makes a new one.
    """
    for connection in connections.all(initialized_only=True):
        connection.close()
        del connections[connection.alias]
