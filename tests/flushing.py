"""How the database is emptied after a test that commits: quickly, since hundreds of tests do.

Django truncates all tables, and then fills in the content types and permissions again, which takes most of the time.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.commands import flush
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

# Filled by migrating: everything else is empty before anybody has used it.
FILLED = ("django_content_type", "auth_permission")

_flush_all = flush.Command.handle


def _flush_used(self: flush.Command, **options: Any) -> None:
    """Truncate the tables that have rows, but for the two that are as after migrating; otherwise do as Django does."""
    connection = connections[options["database"]]
    if _counts(connection) != _expected():
        return _flush_all(self, **options)
    if used := _used(connection):
        names = ", ".join(map(connection.ops.quote_name, used))
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {names} CASCADE")
    return None


def _expected() -> tuple[int, ...]:
    models: list[type[Model]] = apps.get_models()
    permissions = sum(len(m._meta.default_permissions) + len(m._meta.permissions) for m in models)
    return len(models), permissions


def _counts(connection: BaseDatabaseWrapper) -> tuple[int, ...]:
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in FILLED)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return tuple(cursor.fetchone())


def _used(connection: BaseDatabaseWrapper) -> list[str]:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    ask = (
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})"
        for table in tables
        if table not in FILLED
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(ask))
        return [name for (name,) in cursor.fetchall()]


def flush_used_tables() -> None:
    """Have Django's ``flush``, which follows each test that commits, leave alone what is as it was."""
    flush.Command.handle = _flush_used
