"""One circuit breaker per provider and model, shared by all workers through Redis.

Closed: calls pass. After five failures in twenty seconds, and no fewer failures than answers, it opens: calls
are refused. Once the pause is over one call, the probe, passes: its answer closes the breaker, its failure
doubles the pause. Nothing is held while a call runs: each step is one script, 0.1 ms at Redis. Without
Redis each process counts for itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from redis.exceptions import RedisError

from core.llm.breaker_redis import Shared
from core.llm.circuit import Local, State, Store
from core.llm.types import ProviderError

T = TypeVar("T")

# How long Redis is left alone after it failed.
WITHOUT_REDIS = 5.0


@dataclass(frozen=True, slots=True)
class Pass:
    """Leave to make one call. A probe decides over the breaker."""

    name: str
    probe: bool = False


def counts(error: ProviderError) -> bool:
    """Whether the failure says that the provider is unwell, rather than our key, prompt or haste."""
    if error.kind == "rate_limited":
        return error.retry_after is None
    return error.kind in {
        "connect",
        "overloaded",
        "server",
        "timeout_connect",
        "timeout_first_token",
        "timeout_idle",
    }


class Breaker:
    """The shared breaker, with a local one for when Redis is away."""

    def __init__(self, client: Callable[[], Any] | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._local = Local(clock)
        self._shared: Store | None = Shared(client) if client is not None else None
        self._clock = clock
        self._away_until = 0.0

    def enter(self, name: str) -> Pass | None:
        """Leave to call the provider now; None when it is to be left alone. Each Pass ends in one verdict."""
        answer = self._ask(lambda store: store.enter(name))
        return None if answer < 0 else Pass(name, probe=answer == 1)

    def succeeded(self, leave: Pass) -> None:
        """The call brought its first text."""
        self._ask(lambda store: store.succeed(leave.name, leave.probe))

    def failed(self, leave: Pass, error: ProviderError) -> None:
        """The call failed; only some failures count."""
        if counts(error):
            self._ask(lambda store: store.fail(leave.name, leave.probe))
        else:
            self.left(leave)

    def left(self, leave: Pass) -> None:
        """The call ended without saying anything about the provider."""
        if leave.probe:
            self._ask(lambda store: store.leave(leave.name))

    def state(self, name: str) -> State:
        return self._ask(lambda store: store.state(name))

    def reset(self, name: str) -> None:
        """Close it, as an operator may."""
        self._local.reset(name)
        self._ask(lambda store: store.reset(name))

    def _ask(self, step: Callable[[Store], T]) -> T:
        if self._shared is not None and self._clock() >= self._away_until:
            try:
                return step(self._shared)
            except RedisError:
                self._away_until = self._clock() + WITHOUT_REDIS
        return step(self._local)
