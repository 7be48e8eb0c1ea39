"""No more sockets than allowed; past that, an answer at once."""

from __future__ import annotations

import pytest

from core.llm import pool as pool_module
from core.llm.types import ProviderError
from tests.fakes.fake import FakeProvider
from tests.integration.llm.conftest import Made, ask, at_once, read_all

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


def test_a_connection_that_was_idle_for_long_is_not_used_again(
    make: Made, fake: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = make.deepseek("count=2")
    read_all(ask(provider))
    monkeypatch.setattr(pool_module, "IDLE_SECONDS", 0.0)
    read_all(ask(provider))
    assert fake.stats()["connections"] == 2
    assert provider.pool.idle <= 1
