"""A row that a constraint refuses is in no log line and in no report, however it was written."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from config.urls import handler500 as handler500
from config.urls import urlpatterns as pages_of_the_site
from core.ops import observability
from tests.reports import caught_reports

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

# A report shows the lines of the source around a frame, so it is put together.
SECRET = "남모를" + "이름"


@pytest.fixture
def sent() -> Iterator[list[Any]]:
    with caught_reports() as envelopes:
        yield envelopes


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Return what the site's own handler writes."""
    (handler,) = [each for each in logging.getLogger().handlers if each.name == "stderr"]
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def save_twice(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        for _ in range(2):
            Group.objects.create(name=SECRET)
    raise AssertionError("not refused")


def insert_many(request: HttpRequest) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO auth_group (name) VALUES (%s)", [[SECRET], [SECRET]])
    raise AssertionError("not refused")


urlpatterns = [path("save/", save_twice), path("many/", insert_many), *pages_of_the_site]


@pytest.mark.parametrize("way", ["save", "many"])
def test_a_refused_row_is_in_no_log_line_and_in_no_report(
    sent: list[Any], log: io.StringIO, way: str
) -> None:
    observability.start(dsn="https://k@example.invalid/1", environment="test")
    answer = Client(raise_request_exception=False).get(f"/{way}/")
    reports = json.dumps([item.payload.json for each in sent for item in each.items], ensure_ascii=False)
    for told in (log.getvalue(), reports):
        assert "IntegrityError" in told and "duplicate key value violates unique constraint" in told
        assert "DETAIL" not in told
    for told in (log.getvalue(), reports, answer.content.decode()):
        assert SECRET not in told
    assert answer.status_code == 500
