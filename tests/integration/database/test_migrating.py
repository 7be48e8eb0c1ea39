"""Migrations while the site serves: none of their statements blocks other queries for long."""

from __future__ import annotations

import psycopg2
import pytest
from django.db import OperationalError, connection, models

from core.db import base


def shown(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_migration_has_limits_of_its_own_for_its_transaction_only() -> None:
    before = shown("lock_timeout"), shown("statement_timeout")
    assert before == ("0", "10s")
    with connection.schema_editor():
        assert (shown("lock_timeout"), shown("statement_timeout")) == (
            base.LOCK_TIMEOUT,
            base.MIGRATION_TIMEOUT,
        )
    assert (shown("lock_timeout"), shown("statement_timeout")) == before


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_is_not_atomic_keeps_the_connections_limits() -> None:
    with connection.schema_editor(atomic=False):
        assert (shown("lock_timeout"), shown("statement_timeout")) == ("0", "10s")


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_in_use_fails_the_migration_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from core.models import Visit

    monkeypatch.setattr(base, "LOCK_TIMEOUT", "50ms")
    field = models.IntegerField(null=True)
    field.set_attributes_from_name("added")
    reader = psycopg2.connect(**connection.get_connection_params() | {"cursor_factory": None, "options": ""})
    try:
        with reader.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM core_visit")  # in a transaction that stays open
        with pytest.raises(OperationalError, match="lock timeout"), connection.schema_editor() as editor:
            editor.add_field(Visit, field)
    finally:
        reader.close()
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "core_visit")
    assert "added" not in [column.name for column in columns]
