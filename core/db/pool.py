"""The database pool for its users: giving connections back, and what it raises past its time-out. It is made in ``base``."""

from __future__ import annotations

import contextlib
from typing import Any

from django.db import connection as default
from django.db import connections
from sqlalchemy.exc import TimeoutError as PoolTimeout

__all__ = ["PoolTimeout", "fetch_outside_pool", "release"]


def fetch_outside_pool(statement: str, parameters: list[object]) -> tuple[Any, ...]:
    """Return the one row of a statement, asked on a connection outside the pool that is closed afterwards.

    Pooled connections go on where PostgreSQL refuses new ones, because it is shutting down, or lets them write no
    more. Raises Django's database errors.
    """
    with default.wrap_database_errors:
        new = default._get_new_connection(default.get_connection_params())  # type: ignore[attr-defined]
        with contextlib.closing(new), new.cursor() as cursor:
            cursor.execute(statement, parameters)
            row: tuple[Any, ...] = cursor.fetchone()
            return row


def release() -> None:
    """Return this thread's connections to the pool before a wait, unless a transaction needs them.

    Django's wrappers go as well: one weighs five kilobytes and would live as long as the request or stream.
    The next query makes a new one.
    """
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
            del connections[connection.alias]
