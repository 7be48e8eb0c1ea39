"""An error of PostgreSQL tells its sentence, and nothing of the row."""

from __future__ import annotations

import traceback

import pytest
from django.db import DatabaseError, InternalError, connection, transaction

from core.db.errors import is_outage

SECRET = "김비밀 1990-05-15"
TABLE = """
    CREATE TEMPORARY TABLE tried (
        id integer PRIMARY KEY, text varchar(40) UNIQUE CHECK (text <> 'never'), "when" date,
        EXCLUDE USING btree (text WITH =) DEFERRABLE INITIALLY DEFERRED
    ) ON COMMIT DROP
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO tried (id, text) VALUES (1, %s), (2, %s)",
        "INSERT INTO tried (id, text) VALUES (NULL, %s), (NULL, %s)",
        "INSERT INTO tried (id, text) VALUES (length(%s) - length(%s), 'never')",
        "INSERT INTO tried (id, text) VALUES (1, %s || %s || repeat('x', 40))",
        "INSERT INTO tried (id, \"when\") VALUES (1, %s || %s)",
        "SELECT id FROM tried WHERE \"when\" = %s AND text = %s",
        "SELECT %s::uuid, %s",
        "SELECT nothing FROM tried WHERE text IN (%s, %s)",
        "SELEKT %s, %s",
    ],
)  # fmt: skip
def test_an_error_has_nothing_of_the_row(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TABLE)
        with pytest.raises(DatabaseError) as raised, transaction.atomic():
            cursor.execute(statement, [SECRET, SECRET])
    told = [str(raised.value), repr(raised.value.__cause__), *traceback.format_exception(raised.value)]
    for line in told:
        assert "비밀" not in line
        assert "DETAIL" not in line
        assert "LINE" not in line
    assert len(str(raised.value)) > 10  # the sentence is there


@pytest.mark.django_db(transaction=True)
def test_an_error_at_the_commit_has_nothing_of_the_row() -> None:
    def insert_twice() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE late (text text UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            cursor.execute("INSERT INTO late VALUES (%s), (%s)", [SECRET, SECRET])

    with pytest.raises(DatabaseError) as raised:
        insert_twice()
    assert "비밀" not in str(raised.value)


@pytest.mark.django_db
def test_a_refused_write_is_an_outage_and_a_refused_row_is_none() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TABLE)
        with pytest.raises(DatabaseError) as raised, transaction.atomic():
            cursor.execute("INSERT INTO tried VALUES (1, 'never')")
        assert not is_outage(raised.value)
        cursor.execute("SET LOCAL transaction_read_only = on")
        with pytest.raises(InternalError) as refused, transaction.atomic():
            cursor.execute("DELETE FROM streams_run")
        assert is_outage(refused.value)
