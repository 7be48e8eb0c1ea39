"""The router over real sockets and a real Valkey: attempts are counted where they arrive."""

from __future__ import annotations

import uuid

import pytest
import redis

from core.llm.breaker import Breaker
from core.llm.breaker import Limits as BreakerLimits
from core.llm.cancel import Cancel
from core.llm.router import Router
from core.llm.types import Deadlines, Provider, ProviderError
from tests.fakes import formats
from tests.fakes.fake import FakeProvider
from tests.fakes.script import Script
from tests.integration.llm.conftest import Made, at_once, prompt, read_all
from tests.lines import lines

LIMITS = Deadlines(connect=10.0, first_token=60.0, idle=30.0, total=90.0)
WHOLE = formats.whole_text(Script())


@pytest.fixture
def breaker(valkey: redis.Redis) -> Breaker:
    # A pause longer than any test: `tripped` ends it.
    return Breaker(lambda: valkey, limits=BreakerLimits(pause=60.0))


def routed(breaker: Breaker, *providers: Provider) -> Router:
    """Return a router whose models have names of their own, so that tests can share one Valkey."""
    return Router(providers, deadlines=LIMITS, breaker=breaker)


def name() -> str:
    return f"id={uuid.uuid4().hex}"


def test_two_hundred_calls_pass_the_breaker_together(
    make: Made, fake: FakeProvider, breaker: Breaker
) -> None:
    router = routed(breaker, make.deepseek(f"delay=6,count=3,{name()}", limit=200))
    outcomes = at_once(200, lambda _: read_all(router.open(prompt(), cancel=Cancel())))
    assert [outcome.error for outcome in outcomes if outcome.error is not None] == []
    assert fake.stats()["peak_streams"] == 200


def test_all_workers_see_an_open_breaker_and_one_tells_of_it(
    make: Made, fake: FakeProvider, breaker: Breaker, valkey: redis.Redis, caplog: pytest.LogCaptureFixture
) -> None:
    provider = make.deepseek(f"status=500,{name()}")
    here, there = routed(breaker, provider), routed(Breaker(lambda: valkey), provider)
    for _ in range(BreakerLimits().failures):
        with pytest.raises(ProviderError):
            here.open(prompt(), cancel=Cancel())
    assert list(there.states().values()) == ["open"]
    attempts = fake.stats()["attempts"]
    with pytest.raises(ProviderError):
        there.open(prompt(), cancel=Cancel())
    assert fake.stats()["attempts"] == attempts
    (line,) = lines(caplog, "breaker open")
    assert (line["provider"], line["kind"], line["seconds"]) == ("deepseek", "server", 60.0)


def test_answers_seen_by_one_worker_count_for_all(valkey: redis.Redis, breaker: Breaker) -> None:
    key, there = name(), Breaker(lambda: valkey)
    permit = breaker.acquire(key)
    assert permit is not None
    for _ in range(BreakerLimits().failures):
        breaker.succeeded(permit)
    breaker.failed(permit, ProviderError("server"))  # tells of the answers
    for _ in range(BreakerLimits().failures - 2):
        there.failed(permit, ProviderError("server"))
    breaker.succeeded(permit)
    there.failed(permit, ProviderError("server"))
    assert there.state(key) == "open"  # as many failures as answers; the sixth answer has not been told yet
    assert breaker.acquire(key) is None


def test_a_closed_circuit_is_asked_for_once_a_second(valkey: redis.Redis) -> None:
    asked, now, key = 0, 1000.0, name()

    def client() -> redis.Redis:
        nonlocal asked
        asked += 1
        return valkey

    breaker = Breaker(client, lambda: now)
    for _ in range(25):
        permit = breaker.acquire(key)
        assert permit is not None
        breaker.succeeded(permit)
        now += 0.1
    assert asked == 3
    assert valkey.hget(f"llm:{{{key}}}:circuit", "answers") == b"20"  # the last five come with the next one


def tripped(breaker: Breaker, valkey: redis.Redis, key: str) -> None:
    """Open the breaker and let its pause pass, so that a probe is permitted."""
    for _ in range(BreakerLimits().failures):
        permit = breaker.acquire(key)
        assert permit is not None
        breaker.failed(permit, ProviderError("server"))
    assert breaker.state(key) == "open"
    assert breaker.acquire(key) is None
    valkey.hset(f"llm:{{{key}}}:circuit", "open_until", 0)
    assert breaker.state(key) == "half-open"


def test_one_probe_goes_out_and_its_answer_opens_the_way(
    make: Made, fake: FakeProvider, breaker: Breaker, valkey: redis.Redis
) -> None:
    # All forty ask while the probe is on its way.
    provider = make.deepseek(f"delay=4,count=3,{name()}", limit=50)
    router, key = routed(breaker, provider), f"deepseek:{provider.model}"
    tripped(breaker, valkey, key)
    outcomes = at_once(40, lambda _: read_all(router.open(prompt(), cancel=Cancel())))
    assert sum(outcome.error is None for outcome in outcomes) == 1
    assert fake.stats()["attempts"] == 1
    assert breaker.state(key) == "closed"
    assert read_all(router.open(prompt(), cancel=Cancel()))


def test_a_failed_probe_keeps_it_shut(valkey: redis.Redis, breaker: Breaker) -> None:
    key = name()
    tripped(breaker, valkey, key)
    probe = breaker.acquire(key)
    assert probe is not None
    breaker.failed(probe, ProviderError("timeout_first_token"))
    assert breaker.state(key) == "open"
    breaker.reset(key)
    assert breaker.state(key) == "closed"


def test_a_stopped_probe_lets_the_next_one_through(valkey: redis.Redis, breaker: Breaker) -> None:
    key = name()
    tripped(breaker, valkey, key)
    probe = breaker.acquire(key)
    assert probe is not None
    assert breaker.acquire(key) is None
    breaker.release(probe)
    assert breaker.acquire(key) is not None


@pytest.mark.parametrize("chaos", ["status=503", "chaos=rst,at=-1", "chaos=rst,at=0", "chaos=malformed,at=0"])
def test_the_next_provider_writes_after_one_failed_attempt(
    make: Made, fake: FakeProvider, breaker: Breaker, chaos: str
) -> None:
    router = routed(breaker, make.deepseek(f"{chaos},{name()}"), make.gemini(name()))
    stream = router.open(prompt(), cancel=Cancel())
    assert (stream.provider, read_all(stream)) == ("gemini", WHOLE)
    assert fake.stats()["attempts"] == 2


def test_a_single_provider_is_tried_twice_at_most(make: Made, fake: FakeProvider, breaker: Breaker) -> None:
    router = routed(breaker, make.deepseek(f"status=503,{name()}"))
    with pytest.raises(ProviderError, match="overloaded"):
        router.open(prompt(), cancel=Cancel())
    assert fake.stats()["attempts"] == 2


def test_retry_after_is_waited_for(make: Made, fake: FakeProvider, breaker: Breaker) -> None:
    router = routed(breaker, make.deepseek(f"status=429,retry_after=0.5,times=1,{name()}"))
    stream = router.open(prompt(), cancel=Cancel())
    assert read_all(stream) == WHOLE
    assert fake.stats()["attempts"] == 2


def test_the_first_read_has_its_text_at_once(make: Made, fake: FakeProvider, breaker: Breaker) -> None:
    router = routed(breaker, make.deepseek(f"chaos=stall,at=1,{name()}"))
    stream = router.open(prompt(), cancel=Cancel())
    assert WHOLE.startswith(stream.read() or "?")
    stream.close()
    assert fake.wait_for(lambda stats: stats["open"] == 0)["open"] == 0


def test_a_stop_while_the_router_waits_for_a_retry(make: Made, breaker: Breaker) -> None:
    from core.llm.cancel import Cancelled
    from tests.integration.llm.test_stopping import Waiting, stopped

    cancel = Cancel()
    router = routed(breaker, make.deepseek(f"status=429,retry_after=9,{name()}"))
    waiting = Waiting(lambda: router.open(prompt(), cancel=cancel))
    stopped(waiting, cancel.set)
    assert isinstance(waiting.error, Cancelled)
