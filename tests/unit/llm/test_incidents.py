"""A line a change and an alarm an hour, whatever a provider does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.llm.events import Event, What
from core.llm.incidents import ALARM_EVERY, DOWN_AFTER, DOWN_FAILURES, LINE_EVERY, Incidents
from core.llm.types import Kind
from tests.lines import lines

Tell = Callable[..., None]


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def incidents(clock: Clock, caplog: pytest.LogCaptureFixture) -> Incidents:
    caplog.set_level("INFO")
    return Incidents(lambda provider: True, clock)


def tell(
    incidents: Incidents, what: What, kind: Kind | str = "", *, provider: str = "deepseek", own: bool = False,
    status: int | None = None,
) -> None:  # fmt: skip
    incidents.note(Event(what, provider, "chat", kind, own=own, status=status))  # type: ignore[arg-type]


def test_a_hundred_failures_alike_are_one_line(
    incidents: Incidents, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(100):
        tell(incidents, "failed", "server", status=500)
        clock.now += 1
    (line,) = lines(caplog, "provider failed")
    assert (line["provider"], line["model"], line["kind"], line["status"]) == (
        "deepseek", "chat", "server", 500
    )  # fmt: skip
    assert line["level"] == "warning"


def test_another_kind_and_a_recovery_are_changes(
    incidents: Incidents, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for kind in ("server", "timeout_idle"):
        tell(incidents, "failed", kind)
        clock.now += LINE_EVERY
    tell(incidents, "ended")
    tell(incidents, "ended")
    told = lines(caplog, "provider failed", "provider recovered")
    assert [(line["event"], line.get("kind")) for line in told] == [
        ("provider failed", "server"),
        ("provider failed", "timeout_idle"),
        ("provider recovered", None),
    ]
    assert told[-1]["failures"] == 2


def test_a_provider_that_flaps_is_told_of_once_a_minute(
    incidents: Incidents, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(120):
        tell(incidents, "failed", "connect")
        tell(incidents, "failed_over", "connect", provider="classic")
        tell(incidents, "ended")
        clock.now += 0.5
    assert len(lines(caplog, "provider failed")) == len(lines(caplog, "provider recovered")) == 1
    assert len(lines(caplog, "fail-over")) == 1


@pytest.mark.parametrize("kind", ["auth", "bad_request"])
def test_a_refused_key_is_an_error_at_once_and_then_every_hour(
    incidents: Incidents, clock: Clock, caplog: pytest.LogCaptureFixture, kind: Kind
) -> None:
    for _ in range(int(2 * ALARM_EVERY / 10)):
        tell(incidents, "failed", kind, status=401)
        clock.now += 10
    told = lines(caplog, "provider refuses us")
    assert [line["level"] for line in told] == ["error", "error"]
    assert (told[0]["kind"], told[0]["status"]) == (kind, 401)


def test_only_one_process_raises_the_alarm(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    asked: list[str] = []

    def claim(provider: str) -> bool:
        asked.append(provider)
        return len(asked) == 1

    for process in (Incidents(claim, clock), Incidents(claim, clock)):
        tell(process, "failed", "auth")
        tell(process, "failed", "auth")
    assert asked == ["deepseek", "deepseek"]
    assert len(lines(caplog, "provider refuses us")) == 1


def test_a_provider_that_answers_nobody_for_minutes_is_down(
    incidents: Incidents, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    tell(incidents, "failed", "server", status=503)
    for _ in range(DOWN_FAILURES):
        assert lines(caplog, "provider down") == []
        clock.now += DOWN_AFTER / DOWN_FAILURES
        tell(incidents, "refused")  # by the breaker
    (line,) = lines(caplog, "provider down")
    assert (line["level"], line["kind"], line["status"]) == ("error", "server", 503)
    assert (line["failures"], line["seconds"]) == (DOWN_FAILURES + 1, DOWN_AFTER)


def test_two_failures_far_apart_are_no_outage(
    incidents: Incidents, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    tell(incidents, "failed", "server")
    clock.now += DOWN_AFTER * 10
    tell(incidents, "failed", "server")
    tell(incidents, "ended")
    clock.now += DOWN_AFTER * 10
    tell(incidents, "failed", "server")
    assert lines(caplog, "provider down") == []


def test_a_text_that_begins_and_breaks_off_is_no_recovery(
    incidents: Incidents, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(DOWN_FAILURES + 1):
        tell(incidents, "first_text")
        tell(incidents, "broke", "truncated")
        clock.now += DOWN_AFTER
    assert lines(caplog, "provider recovered") == []
    assert len(lines(caplog, "provider down")) == 1


def test_readers_with_keys_of_their_own_say_nothing_of_ours(
    incidents: Incidents, caplog: pytest.LogCaptureFixture
) -> None:
    tell(incidents, "failed", "auth", own=True)
    assert lines(caplog, "provider failed", "provider refuses us") == []
