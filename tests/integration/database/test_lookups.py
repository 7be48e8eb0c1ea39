"""Rows that are looked up by one column are those that a queryset finds, encrypted values among them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.db.lookups import rows
from core.streams import Run
from fortune.models import Reading

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def reading() -> Reading:
    made = Reading(guest="g", kind="full", token="t", label="지우", chart={"a": [1, "둘"]}, created_at=NOW)
    made.save(force_insert=True)
    return made


def write(subject: uuid.UUID, epoch: int) -> Run:
    run = Run(subject=subject, epoch=epoch, status="done", text=f"{epoch}번째 글", created_at=NOW)
    run.finished_at = NOW
    run.save(force_insert=True)
    return run


def test_a_row_is_the_querysets(reading: Reading) -> None:
    (found,) = rows(Reading, "id", reading.pk)
    same = Reading.objects.get(pk=reading.pk)
    names = [field.attname for field in Reading._meta.concrete_fields]
    assert [getattr(found, name) for name in names] == [getattr(same, name) for name in names]
    assert (found.label, found.chart) == ("지우", {"a": [1, "둘"]})
    assert found._state.db == same._state.db
    assert not found._state.adding


def test_nothing_is_asked_for_later(reading: Reading) -> None:
    with CaptureQueriesContext(connection) as queries:
        (found,) = rows(Reading, "id", reading.pk)
        for field in Reading._meta.concrete_fields:
            getattr(found, field.attname)
    assert len(queries) == 1


def test_there_may_be_none() -> None:
    assert rows(Reading, "id", uuid.uuid4()) == []


def test_they_come_in_the_order_that_is_asked_for() -> None:
    subject = uuid.uuid4()
    for epoch in (2, 1, 3):
        write(subject, epoch)
    write(uuid.uuid4(), 4)
    assert [run.epoch for run in rows(Run, "subject", subject, ending="ORDER BY epoch DESC")] == [3, 2, 1]
    (newest,) = rows(Run, "subject", subject, ending="ORDER BY epoch DESC LIMIT 1")
    assert newest.text == "3번째 글"


def test_a_value_is_never_sql(reading: Reading) -> None:
    assert rows(Reading, "guest", "' OR ''='") == []
