"""Reports of runs: a line at the end, the waits of their visitors, and whether one is stuck."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY
from pytest_django import Settings

from core import streams
from core.llm.types import ProviderError
from core.streams import Run
from core.streams.node import node
from tests.integration.streams.conftest import RecordingAuthor, Script, new_run, wait_until
from tests.lines import lines


def sample(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def end_of(run: Run, caplog: pytest.LogCaptureFixture) -> dict[str, Any]:
    """Wait for the line about the end of the run, clear the log, and return the line."""

    def told() -> list[dict[str, Any]]:
        return [line for line in lines(caplog, "run ended") if line["run"] == str(run.id)]

    wait_until(told)
    (line,) = told()
    wait_until(lambda: run.subject not in node().hub.active)
    caplog.clear()
    return line


@pytest.fixture(autouse=True)
def all_is_heard(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")


def test_one_line_tells_how_a_run_ended_and_nothing_of_what_was_written(
    script: Script, author: RecordingAuthor, caplog: pytest.LogCaptureFixture
) -> None:
    labels = {"provider": "scripted", "status": "done"}
    counted = sample("fortune_runs_ended_total", **labels)
    waited = sample("fortune_run_seconds_count", **labels)
    first = sample("fortune_run_first_text_seconds_count", provider="scripted")
    run = new_run()
    streams.start(run)
    line = end_of(run, caplog)
    expected = {"provider": "scripted", "model": "m-1", "status": "done", "code": ""}
    assert expected.items() <= line.items()
    assert (line["input_tokens"], line["output_tokens"]) == (10, 5)
    assert 0 <= line["first_text_seconds"] <= line["seconds"]
    assert "가나다" not in str(line)
    assert sample("fortune_runs_ended_total", **labels) == counted + 1
    assert sample("fortune_run_seconds_count", **labels) == waited + 1
    assert sample("fortune_run_first_text_seconds_count", provider="scripted") == first + 1


def test_a_run_that_no_provider_could_begin_names_the_last_of_them(
    script: Script, author: RecordingAuthor, caplog: pytest.LogCaptureFixture
) -> None:
    script.refuse = ProviderError("overloaded", "scripted")
    run = new_run()
    streams.start(run)
    line = end_of(run, caplog)
    assert (line["provider"], line["status"], line["code"]) == ("scripted", "failed", "overloaded")
    assert line["first_text_seconds"] is None


def test_a_retry_waits_from_when_it_was_asked_for(
    script: Script, author: RecordingAuthor, caplog: pytest.LogCaptureFixture
) -> None:
    script.pieces = ["가나다", ProviderError("connect", "scripted")]
    run = new_run()
    streams.start(run)
    assert end_of(run, caplog)["status"] == "interrupted"
    yesterday = datetime.now(UTC) - timedelta(days=1)
    Run.objects.filter(id=run.id).update(created_at=yesterday, started_at=yesterday)
    script.pieces = ["가나다", " 라마바"]
    streams.retry(subject=run.subject)
    line = end_of(run, caplog)
    assert line["status"] == "done"
    assert line["seconds"] < 3600
    assert line["first_text_seconds"] is None  # it had been shown before


def test_a_run_that_is_stopped_before_anybody_writes_it_is_told_of_too(
    author: RecordingAuthor, caplog: pytest.LogCaptureFixture
) -> None:
    run = new_run()
    Run.objects.filter(id=run.id).update(status="queued", started_at=None)  # as a retry leaves it
    streams.stop(subject=run.subject, now=datetime.now(UTC))
    assert end_of(run, caplog)["status"] == "stopped"


@pytest.mark.parametrize(("hold_at", "limit"), [(0, "AI_TOTAL_TIMEOUT"), (1, "AI_IDLE_TIMEOUT")])
def test_a_run_that_is_stuck_shows(
    script: Script, author: RecordingAuthor, settings: Settings, hold_at: int, limit: str
) -> None:
    settings.AI_IDLE_TIMEOUT, settings.AI_TOTAL_TIMEOUT = 1000, 3000
    script.hold_at = hold_at
    run = new_run()
    streams.start(run)
    if hold_at:
        wait_until(lambda: (c := node().hub.channel(run.subject)) and c.data)
    writing = node().hub.active[run.subject]
    node().sample()
    assert (sample("fortune_run_silence_seconds") < 1000, sample("fortune_runs_silent")) == (True, 0)
    writing.heard_at -= getattr(settings, limit) + 1
    node().sample()
    assert sample("fortune_run_silence_seconds") > getattr(settings, limit)
    assert sample("fortune_runs_silent") == 1
    script.gate.set()
    wait_until(lambda: run.subject not in node().hub.active)
    node().sample()
    assert (sample("fortune_run_silence_seconds"), sample("fortune_runs_silent")) == (0, 0)


def test_round_trips_to_redis_and_waits_for_the_pool_are_measured(
    script: Script, author: RecordingAuthor, caplog: pytest.LogCaptureFixture
) -> None:
    names = [
        ("fortune_redis_seconds_count", {"step": "append"}),
        ("fortune_database_pool_wait_seconds_count", {}),
    ]
    before = [sample(name, **labels) for name, labels in names]
    run = new_run()
    streams.start(run)
    end_of(run, caplog)
    assert all(sample(name, **labels) > was for (name, labels), was in zip(names, before, strict=True))
    wait_until(lambda: sample("fortune_redis_seconds_count", step="heartbeat"))
