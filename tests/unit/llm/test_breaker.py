"""The local part of the circuits: it rarely asks the store, reports late, and works without Redis."""

from __future__ import annotations

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from core.llm.breaker import Breaker, Limits, Permit, is_providers_fault
from core.llm.types import Kind, ProviderError
from tests.lines import lines

NAME = "deepseek:deepseek-chat"
LIMITS = Limits()


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(None, clock)


def acquired(breaker: Breaker) -> Permit:
    permit = breaker.acquire(NAME)
    assert permit is not None
    return permit


def fail(breaker: Breaker, times: int = 1, kind: Kind = "server") -> None:
    for _ in range(times):
        breaker.failed(acquired(breaker), ProviderError(kind))


def test_a_failure_is_seen_by_the_next_call(breaker: Breaker) -> None:
    fail(breaker, LIMITS.failures)
    assert breaker.state(NAME) == "open"
    assert breaker.acquire(NAME) is None


def test_answers_are_reported_with_the_next_look(breaker: Breaker, clock: Clock) -> None:
    for _ in range(LIMITS.failures + 1):
        breaker.succeeded(acquired(breaker))
    clock.now += 1.1  # the next acquire asks the store, and reports
    fail(breaker, LIMITS.failures)
    assert breaker.state(NAME) == "closed"


def test_answers_of_long_ago_do_not_speak_for_a_provider(breaker: Breaker, clock: Clock) -> None:
    permit = acquired(breaker)
    for _ in range(100):
        breaker.succeeded(permit)
    clock.now += LIMITS.window
    fail(breaker, LIMITS.failures)
    assert breaker.state(NAME) == "open"


def test_a_probes_verdict_decides(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, LIMITS.failures)
    clock.now += LIMITS.pause
    probe = acquired(breaker)
    assert probe.probe
    breaker.failed(probe, ProviderError("auth"))  # says nothing about the provider
    probe = acquired(breaker)
    assert probe.probe
    breaker.succeeded(probe)
    assert breaker.state(NAME) == "closed"


@pytest.mark.parametrize(
    ("error", "counted"),
    [
        (ProviderError("connect"), True),
        (ProviderError("server"), True),
        (ProviderError("overloaded"), True),
        (ProviderError("timeout_connect"), True),
        (ProviderError("timeout_first_token"), True),
        (ProviderError("timeout_idle"), True),
        (ProviderError("rate_limited"), True),
        (ProviderError("rate_limited", retry_after=3.0), True),
        (ProviderError("auth"), False),
        (ProviderError("bad_request"), False),
        (ProviderError("pool"), False),
        (ProviderError("blocked"), False),
        (ProviderError("timeout_total"), False),
    ],
)
def test_only_the_providers_own_failures_count(error: ProviderError, counted: bool) -> None:
    assert is_providers_fault(error) is counted


def test_one_wish_to_be_left_alone_opens_it_within_a_bound_and_is_told(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[tuple[str, bool]] = []
    breaker = Breaker(None, clock, watch=lambda name, is_open: told.append((name, is_open)))
    breaker.failed(acquired(breaker), ProviderError("rate_limited", retry_after=3600.0))
    assert breaker.state(NAME) == "open"
    assert breaker.acquire(NAME) is None
    (line,) = lines(caplog, "breaker open")
    assert (line["kind"], line["seconds"], line["asked"]) == ("rate_limited", LIMITS.longest_pause, 3600)
    clock.now += LIMITS.longest_pause
    assert acquired(breaker).probe
    breaker.reset(NAME)
    assert breaker.state(NAME) == "closed"
    assert not acquired(breaker).probe
    assert told == [(NAME, True), (NAME, False)]


def test_without_redis_the_process_counts_for_itself(clock: Clock) -> None:
    asked = 0

    def away() -> object:
        nonlocal asked
        asked += 1
        raise RedisConnectionError

    breaker = Breaker(away, clock)  # type: ignore[arg-type]
    fail(breaker, LIMITS.failures)
    assert breaker.state(NAME) == "open"
    assert asked == 1, "an unreachable Redis was asked again at once"
    clock.now += 60
    breaker.state(NAME)
    assert asked == 2


def test_every_change_is_one_line(breaker: Breaker, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    fail(breaker, LIMITS.failures)
    for _ in range(10):
        assert breaker.acquire(NAME) is None
    clock.now += LIMITS.pause
    fail(breaker)  # the probe
    clock.now += 2 * LIMITS.pause
    breaker.succeeded(acquired(breaker))
    told = lines(caplog, "breaker open", "breaker half-open", "breaker closed")
    assert [(line["event"], line.get("seconds")) for line in told] == [
        ("breaker open", LIMITS.pause),
        ("breaker half-open", None),
        ("breaker open", 2 * LIMITS.pause),
        ("breaker half-open", None),
        ("breaker closed", None),
    ]
    assert {(line["provider"], line["model"]) for line in told} == {("deepseek", "deepseek-chat")}
