"""Rewriting what is stored under the first of ``FIELD_ENCRYPTION_KEYS``, while the site serves.

Each table is walked by its primary key, a window of rows at a time, so that no statement grows with the table.
A value is changed by a compare-and-set in a transaction of its own: whoever writes it at the same moment wins, and
no lock is held while another is awaited. Values that are current are passed over, so a second run goes on where
the first one ended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection, models

from core.db import pool
from core.security import crypto
from core.security.fields import EncryptedTextField, encrypted_columns
from core.security.models import KeyRotation

log = logging.getLogger(__name__)

WINDOW: Final = 200


@dataclass(slots=True)
class Outcome:
    """The counts of one table: values rewritten, and values left as they are because no key opens them."""

    table: str
    rewritten: int = 0
    unreadable: int = 0


def rewrite(*, tell: Callable[[str], object]) -> Iterator[Outcome]:
    """Rewrite every value that is not current, table by table; ``tell`` gets one line for each that can't be read."""
    for model, fields in encrypted_columns():
        outcome = Outcome(model._meta.db_table)
        for key, column, token in _stale(model, fields):
            try:
                outcome.rewritten += _rewrite(column, key, token)
            except crypto.Undecryptable as error:
                outcome.unreadable += 1
                tell(f"{outcome.table}.{column.column} {key}: {error}")
        yield outcome


def record(*, now: datetime) -> None:
    """Note that everything stored is current. From now on the derived key opens nothing beside configured ones."""
    KeyRotation.objects.update_or_create(
        key=crypto.keyring().first.id,
        defaults={"format": settings.FIELD_ENCRYPTION_FORMAT, "finished_at": now},
    )


def is_due() -> bool:
    """Return whether values may be stored under another key than the first, or in another format than today's."""
    return not KeyRotation.objects.filter(
        key=crypto.keyring().first.id, format=settings.FIELD_ENCRYPTION_FORMAT
    ).exists()


def announce() -> None:
    """Say in the log, at a worker's start, what the keys still wait for."""
    try:
        if not settings.FIELD_ENCRYPTION_KEYS:
            # The derived key writes again: it must open what it writes when keys are set the next time.
            KeyRotation.objects.all().delete()
        elif not crypto.keyring().is_rotated_away():
            log.warning("keys: the key from SECRET_KEY still opens earlier values; run manage.py rotate_keys")
        elif is_due():
            log.warning("keys: earlier values are under another key or format; run manage.py rotate_keys")
    except (DatabaseError, pool.PoolTimeout):
        log.info("keys: database unavailable, rotation unknown")


def _stale(
    model: type[models.Model], fields: list[EncryptedTextField]
) -> Iterator[tuple[Any, EncryptedTextField, str]]:
    """Yield the values that are not current: the row's key, the column, what is stored."""
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    # Values that begin with this are current, and needn't come over the wire to be passed over.
    known = [column.current_prefix() for column in fields]
    length = len(crypto.keyring().first.prefix)
    columns = ", ".join(
        f"CASE WHEN left({stored}, {length}) = %s THEN '' ELSE {stored} END"
        for stored in (column.stored_sql(quote(str(column.column)), quote) for column in fields)
    )
    last: list[Any] = []
    while True:
        after = f"WHERE {key} > %s" if last else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, {columns} FROM {table} {after} ORDER BY {key} LIMIT {WINDOW}",  # noqa: S608
                [*known, *last],
            )
            window = cursor.fetchall()
        for pk, *tokens in window:
            for column, token in zip(fields, tokens, strict=True):
                if token and not column.is_current(token):
                    yield pk, column, token
        if len(window) < WINDOW:
            return
        last = [window[-1][0]]


def _rewrite(column: EncryptedTextField, key: Any, token: str) -> int:
    """Rewrite one value; return 0 if a visitor has made it current meanwhile. Raises ``crypto.Undecryptable``."""
    quote = connection.ops.quote_name
    table, pk = quote(column.model._meta.db_table), quote(str(column.model._meta.pk.column))
    stored = column.stored_sql(quote(str(column.column)), quote)
    with connection.cursor() as cursor:
        while token and not column.is_current(token):
            fresh = column.assigned(column.renewed(token, str(key)))
            # Compare and set: what somebody else has written meanwhile is read, and looked at in its turn.
            assignments = ", ".join(f"{quote(name)} = %s" for name in fresh)
            change = f"UPDATE {table} SET {assignments} WHERE {pk} = %s AND {stored} = %s"  # noqa: S608
            cursor.execute(change, [*fresh.values(), key, token])
            if cursor.rowcount:
                return 1
            cursor.execute(f"SELECT {stored} FROM {table} WHERE {pk} = %s", [key])  # noqa: S608
            (token,) = cursor.fetchone() or ("",)
    return 0
