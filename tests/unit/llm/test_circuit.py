"""The breaker as one process counts: closed, open, one probe."""

from __future__ import annotations

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from core.llm.breaker import Breaker, counts
from core.llm.breaker.circuit import FAILURES, LONGEST_PAUSE, PAUSE, PROBE, WINDOW
from core.llm.types import Kind, ProviderError

NAME = "deepseek:deepseek-chat"


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


def fail(breaker: Breaker, times: int = 1, kind: Kind = "server") -> None:
    for _ in range(times):
        leave = breaker.enter(NAME)
        assert leave is not None
        breaker.failed(leave, ProviderError(kind))


def test_it_opens_after_enough_failures(breaker: Breaker) -> None:
    fail(breaker, FAILURES - 1)
    assert breaker.state(NAME) == "closed"
    fail(breaker)
    assert breaker.state(NAME) == "open"
    assert breaker.enter(NAME) is None


def test_other_providers_are_not_concerned(breaker: Breaker) -> None:
    fail(breaker, FAILURES)
    assert breaker.enter("gemini:flash") is not None


def test_failures_far_apart_do_not_add_up(breaker: Breaker, clock: Clock) -> None:
    for _ in range(FAILURES * 2):
        fail(breaker)
        clock.now += WINDOW / 2
    assert breaker.state(NAME) == "closed"


def test_failures_among_more_answers_do_not_open_it(breaker: Breaker) -> None:
    for _ in range(FAILURES * 2):
        for _ in range(2):
            leave = breaker.enter(NAME)
            assert leave is not None
            breaker.succeeded(leave)
        fail(breaker)
    assert breaker.state(NAME) == "closed"


def test_a_closed_breaker_is_looked_at_once_a_second(clock: Clock) -> None:
    breaker = Breaker(None, clock)
    looks: list[int] = []
    look = breaker._local.enter

    def enter(name: str, answers: int) -> int:
        looks.append(answers)
        return look(name, answers)

    breaker._local.enter = enter  # type: ignore[method-assign]
    for tenths in range(25):
        leave = breaker.enter(NAME)
        assert leave is not None
        breaker.succeeded(leave)
        clock.now = 1000 + (tenths + 1) / 10
    assert looks == [0, 10, 10]  # each look tells of the answers since the last one


def test_answers_of_long_ago_do_not_speak_for_a_provider(breaker: Breaker, clock: Clock) -> None:
    leave = breaker.enter(NAME)
    assert leave is not None
    for _ in range(100):
        breaker.succeeded(leave)
    clock.now += WINDOW
    fail(breaker, FAILURES)
    assert breaker.state(NAME) == "open"


def test_after_the_pause_one_probe_passes_and_its_answer_closes_it(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, FAILURES)
    clock.now += PAUSE
    assert breaker.state(NAME) == "half-open"
    probe = breaker.enter(NAME)
    assert probe is not None
    assert probe.probe
    assert [breaker.enter(NAME) for _ in range(10)] == [None] * 10
    breaker.succeeded(probe)
    assert breaker.state(NAME) == "closed"
    assert breaker.enter(NAME) is not None


def test_a_failed_probe_doubles_the_pause_up_to_a_bound(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, FAILURES)
    pause = PAUSE
    for _ in range(10):
        clock.now += pause
        fail(breaker)
        pause = min(pause * 2, LONGEST_PAUSE)
        clock.now += pause - 0.01
        assert breaker.enter(NAME) is None
        clock.now += 0.01
    assert pause == LONGEST_PAUSE


def test_a_probe_without_a_verdict_lets_the_next_one_through(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, FAILURES)
    clock.now += PAUSE
    probe = breaker.enter(NAME)
    assert probe is not None
    breaker.left(probe)
    assert breaker.enter(NAME) is not None


def test_a_probe_whose_worker_died_is_replaced(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, FAILURES)
    clock.now += PAUSE
    assert breaker.enter(NAME) is not None
    clock.now += PROBE
    assert breaker.enter(NAME) is not None


def test_an_operator_closes_it(breaker: Breaker) -> None:
    fail(breaker, FAILURES)
    breaker.reset(NAME)
    assert breaker.state(NAME) == "closed"
    fail(breaker, FAILURES - 1)
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
        (ProviderError("rate_limited", retry_after=3.0), False),
        (ProviderError("auth"), False),
        (ProviderError("bad_request"), False),
        (ProviderError("pool"), False),
        (ProviderError("blocked"), False),
        (ProviderError("timeout_total"), False),
    ],
)
def test_only_the_providers_own_failures_count(error: ProviderError, counted: bool) -> None:
    assert counts(error) is counted


def test_without_redis_the_process_counts_for_itself(clock: Clock) -> None:
    asked = 0

    def away() -> object:
        nonlocal asked
        asked += 1
        raise RedisConnectionError

    breaker = Breaker(away, clock)
    fail(breaker, FAILURES)
    assert breaker.state(NAME) == "open"
    assert asked == 1, "an unreachable Redis was asked again at once"
    clock.now += 60
    breaker.state(NAME)
    assert asked == 2
