"""The contents that an error report may have."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
from django.db import OperationalError
from django.http import HttpResponse
from django.utils.log import log_response
from django_redis.exceptions import ConnectionInterrupted

from core.ops import logs, observability
from core.ops.observability import Outages
from tests.reports import caught_reports


@pytest.fixture
def sent() -> Iterator[list[Any]]:
    with caught_reports() as envelopes:
        yield envelopes


def test_a_report_holds_no_birth_no_name_and_no_key(sent: list[Any]) -> None:
    observability.start(dsn="https://k@example.invalid/1", environment="test")

    def broken() -> None:
        # In pieces, because a report shows the lines of the source.
        birth_date, name = "1990-05" + "-15", "남모를" + "이름"
        raise ValueError(f"no such date 1990-05-15 for {len(name)} {len(birth_date)} sk-abcdefghijkl")

    try:
        broken()
    except ValueError:
        sentry_sdk.set_user({"email": "jisu@example.com"})
        sentry_sdk.capture_exception()
    (envelope,) = sent
    report = json.dumps([item.payload.json for item in envelope.items], ensure_ascii=False)
    assert "ValueError" in report
    for secret in ("1990-05-15", "남모를이름", "sk-abcdefghijkl", "jisu@example.com"):
        assert secret not in report


@pytest.mark.parametrize(
    ("variables", "release"),
    [
        ({"RAILWAY_GIT_COMMIT_SHA": "3f2a"}, "3f2a"),
        ({"RAILWAY_GIT_COMMIT_SHA": "3f2a", "SENTRY_RELEASE": "1.4"}, "1.4"),
        ({}, ""),
    ],
)
def test_a_report_names_the_release_that_railway_runs(
    sent: list[Any], variables: dict[str, str], release: str
) -> None:
    command = [sys.executable, "-c", "from config.settings import base; print(base.SENTRY_RELEASE)"]
    done = subprocess.run(
        command, env={"PATH": os.environ["PATH"]} | variables, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{release}\n"
    observability.start(dsn="https://k@example.invalid/1", environment="test", release=release)
    sentry_sdk.capture_message("broken")
    ((report,),) = [[item.payload.json for item in envelope.items] for envelope in sent]
    assert report.get("release") == release or not release


def test_a_line_at_the_level_of_an_error_is_a_report_with_its_fields(sent: list[Any]) -> None:
    observability.start(dsn="https://k@example.invalid/1", environment="test")
    log = logs.get("core.llm.incidents")
    log.warning("provider failed", provider="deepseek")
    log.error("provider down", provider="deepseek", kind="server", status=503, birth="1990-05-15")
    (envelope,) = sent
    (report,) = [item.payload.json for item in envelope.items]
    assert report["logentry"]["message"] == "provider down"
    assert report["fingerprint"] == ["provider down", "deepseek", "server"]
    assert {"status": 503, "birth": "[…]"}.items() <= report["extra"].items()


def test_an_outage_that_lasts_is_reported_again_and_another_kind_at_once() -> None:
    now = 0.0
    outages = Outages(lambda kind: True, clock=lambda: now)
    assert [outages.is_news(OperationalError()) for _ in range(3)] == [True, False, False]
    assert outages.is_news(ConnectionInterrupted(None))
    wrapped = RuntimeError()
    wrapped.__cause__ = OperationalError()
    assert not outages.is_news(wrapped)
    now = float(observability.OUTAGE_EVERY)
    assert [outages.is_news(OperationalError()) for _ in range(2)] == [True, False]
    assert outages.is_news(ValueError()) and outages.is_news(None)


@pytest.mark.parametrize(("status", "level"), [(503, "WARNING"), (500, "ERROR")])
def test_a_refusal_is_logged_as_a_warning_and_a_failure_as_an_error(
    caplog: pytest.LogCaptureFixture, status: int, level: str
) -> None:
    """As ``/readyz`` does every few seconds on a worker that isn't ready."""
    response = HttpResponse(status=status)
    log_response("%s: /readyz", response.reason_phrase, response=response)
    assert [record.levelname for record in caplog.records] == [level]


@pytest.mark.parametrize("error", [ConnectionResetError, BrokenPipeError])
def test_a_browser_that_has_left_is_no_error(sent: list[Any], error: type[OSError]) -> None:
    observability.start(dsn="https://k@example.invalid/1", environment="test")
    sentry_sdk.capture_exception(error())
    assert sent == []


def test_what_would_send_prompts_or_sessions_is_not_listened_to(sent: list[Any]) -> None:
    observability.start(dsn="https://k@example.invalid/1", environment="test")
    installed = sentry_sdk.get_client().integrations
    assert not {"openai", "google_genai", "redis"} & set(installed)


def test_without_a_dsn_nothing_is_started(sent: list[Any]) -> None:
    observability.start(dsn="", environment="test")
    assert not sentry_sdk.is_initialized()
