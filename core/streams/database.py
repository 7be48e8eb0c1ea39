"""Give the database back before a long wait."""

from __future__ import annotations

from django.db import connections


def release() -> None:
    """Return this thread's connections to the pool and forget Django's wrappers round them.

    A wrapper weighs five kilobytes and would live as long as the stream; the next query makes a new one.
    """
    for connection in connections.all(initialized_only=True):
        connection.close()
        del connections[connection.alias]
