"""Pages that a new reading touches: PostgreSQL logs each page whole when it is first touched after a checkpoint."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection

from core.models import DayCount
from core.streams import Run
from fortune.models import Reading
from tests.integration.site.helpers import reading

pytestmark = pytest.mark.django_db


def columns(table: str) -> dict[str, list[str]]:
    """Return the columns of each index of a table, in their order."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    return {name: one["columns"] for name, one in found.items() if one["index"] or one["unique"]}


def test_ids_are_made_in_order() -> None:
    made = [reading(guest="g") for _ in range(3)]
    assert {row.pk.version for row in made} == {7}
    assert {run.pk.version for run in Run.objects.filter(subject__in=[row.pk for row in made])} == {7}


def test_two_indexes_alone_put_a_new_guests_reading_anywhere() -> None:
    scattered = {name for name, of in columns(Reading._meta.db_table).items() if of[0] == "guest"}
    assert scattered == {"reading_once_per_press_guest", "reading_once_per_likeness_guest"}
    assert columns(DayCount._meta.db_table)["core_daycount_once_a_day"] == ["day", "key"]


def test_an_owner_is_indexed_once_with_the_time() -> None:
    found = [of for of in columns(Reading._meta.db_table).values() if of[0] == "owner_id"]
    assert sorted(found) == [["owner_id", "created_at"], ["owner_id", "likeness"], ["owner_id", "token"]]


def plan_of(query: Any) -> str:
    sql, params = query.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        return json.dumps(cursor.fetchone()[0])


def test_a_guests_readings_are_found_by_the_index_that_is_left() -> None:
    for number in range(3):
        reading(guest=f"g{number}")
    mine = Reading.objects.filter(owner=None, guest="g1")
    assert "reading_once_per_press_guest" in plan_of(mine.order_by("-created_at")[:20])
