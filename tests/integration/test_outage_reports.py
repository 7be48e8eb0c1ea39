"""An outage is reported by one process for all, through Redis."""

from __future__ import annotations

import logging
from typing import Any

import pytest
import sentry_sdk
from django.db import OperationalError

from core.ops import observability
from tests.unit.core.test_observability import sent  # noqa: F401 (a fixture)

pytestmark = pytest.mark.usefixtures("services")


def test_an_outage_is_reported_once_however_many_requests_it_fails(sent: list[Any]) -> None:  # noqa: F811
    observability.start(dsn="https://k@example.invalid/1", environment="test")
    log = logging.getLogger("core.streams.production.save")
    for number in range(50):
        try:
            raise OperationalError("connection to server failed")
        except OperationalError as error:
            if number % 2:
                log.exception("saver: save failed, retrying")
            else:
                sentry_sdk.capture_exception(error)
    sentry_sdk.capture_exception(ValueError("a mistake of ours"))
    told = [item.payload.json for envelope in sent for item in envelope.items]
    assert [report["exception"]["values"][-1]["type"] for report in told] == [
        "OperationalError",
        "ValueError",
    ]
    # Another worker that meets the same outage leaves the report to the first.
    sent.clear()
    observability.start(dsn="https://k@example.invalid/1", environment="test")
    sentry_sdk.capture_exception(OperationalError("connection to server failed"))
    assert sent == []
