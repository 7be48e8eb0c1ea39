"""No more sockets than allowed; past that, an answer at once."""

from __future__ import annotations

import pytest

from core.llm.types import ProviderError
from core.runtime import running_jobs
from tests.fakes.fake import FakeProvider
from tests.integration.llm.conftest import Made, ask, at_once, read_all
from tests.integration.streams.conftest import wait_until

CAP = 20


@pytest.mark.parametrize("form", ["openai", "gemini"])
def test_past_the_cap_fifty_are_refused_and_none_waits(make: Made, fake: FakeProvider, form: str) -> None:
    # Long enough that all seventy have asked before the first is answered, on a busy machine too.
    provider = make.of(form, "delay=6,count=3", limit=CAP)
    outcomes = at_once(CAP + 50, lambda _: read_all(ask(provider, first_token=60.0, total=60.0)))
    refused = [outcome for outcome in outcomes if outcome.error is not None]
    assert len(refused) == 50
    assert {getattr(outcome.error, "kind", outcome.error) for outcome in refused} == {"pool"}
    answered = [outcome for outcome in outcomes if outcome.error is None]
    assert max(o.ended for o in refused) < min(o.ended for o in answered), "they waited for a place"
    assert fake.stats()["connections"] == CAP


def test_failures_of_every_kind_give_their_place_back(make: Made) -> None:
    provider = make.deepseek("chaos=rst,at=-1", limit=1)
    for _ in range(5):
        with pytest.raises(ProviderError, match="connect"):
            ask(provider)
    nobody = Made("http://127.0.0.1:1").deepseek(limit=1)
    for _ in range(5):
        with pytest.raises(ProviderError, match="connect"):
            ask(nobody)


def test_a_connection_that_was_idle_for_long_is_not_used_again(make: Made, fake: FakeProvider) -> None:
    provider = make.deepseek("count=2")
    read_all(ask(provider))
    provider.pool.keepalive = 0.0
    read_all(ask(provider))
    assert fake.stats()["connections"] == 2
    assert provider.pool.idle <= 1


def test_a_question_soon_after_another_finds_a_connection_that_is_there(make: Made) -> None:
    provider = make.deepseek("delay=0.1,count=600,interval=0.05")
    streams = [ask(provider), ask(provider)]
    pool = provider.pool
    wait_until(lambda: pool.idle == 1)
    assert (pool.in_use, pool.opened) == (2, 3)
    streams.append(ask(provider))
    wait_until(lambda: pool.idle == 1)
    assert (pool.in_use, pool.opened) == (3, 4)
    for stream in streams:
        stream.close()


def test_a_question_now_and_then_leaves_no_connection_waiting(make: Made) -> None:
    provider = make.deepseek("count=2")
    provider.pool.keepalive = 0.0
    for asked in range(1, 4):
        read_all(ask(provider))
        assert provider.pool.opened == asked


def test_the_spare_connection_is_within_the_cap(make: Made) -> None:
    provider = make.deepseek("delay=0.1,count=600,interval=0.05", limit=2)
    streams = [ask(provider), ask(provider)]
    assert not [job for job in running_jobs() if job.name == "spare"]
    assert (provider.pool.opened, provider.pool.idle) == (2, 0)
    for stream in streams:
        stream.close()


def test_a_closed_pool_keeps_no_connection(make: Made) -> None:
    provider = make.deepseek("count=2")
    stream = ask(provider)
    provider.pool.close()
    read_all(stream)
    assert (provider.pool.in_use, provider.pool.idle) == (0, 0)
