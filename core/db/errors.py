"""Errors of PostgreSQL: which of them mean that it can't serve now, and what of them may be told.

An error comes with more than its sentence: the row that a constraint refused, the value that could not be read, the
line of the statement with its parameters. All of it ends in a log or a report, so all of it is taken off.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

# A standby, a switch for a full disk, an account without the right to write.
READ_ONLY: Final = frozenset({"25006", "42501"})


def is_read_only(error: BaseException | None) -> bool:
    """Return whether PostgreSQL refused to write."""
    return getattr(error, "pgcode", None) in READ_ONLY


def is_outage(error: BaseException | None) -> bool:
    """Return whether the database can't serve now: away, starting, stopping, full, read-only, or all connections taken."""
    if isinstance(error, (PoolTimeout, OperationalError, InterfaceError)):
        return True
    return isinstance(error, DatabaseError) and is_read_only(error.__cause__)


def leave_only_sentence(error: Any) -> None:
    """Take off a psycopg2 error what PostgreSQL adds to its sentence; from errors about values also the value."""
    sentence = error.diag.message_primary
    if sentence:  # or it is the driver's own, as of a connection that failed
        if (error.pgcode or "").startswith("22"):
            sentence = sentence.partition('"')[0].rstrip(": ")
        error.args = (f"{sentence} ({error.pgcode})",)
