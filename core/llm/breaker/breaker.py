"""One circuit breaker per provider and model, shared by all workers through Redis.

Closed: calls pass. After five failures in twenty seconds, and no fewer failures than answers, it opens: calls
are refused. Once the pause is over one call, the probe, passes: its answer closes the breaker, its failure
doubles the pause. Nothing is held while a call runs: each step is one script, 0.1 ms at Redis. While it is
closed a process looks at most once a second, and tells of its answers then: nobody's first text waits for
that. Without Redis each process counts for itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from redis.exceptions import RedisError

from core.llm.breaker.circuit import WINDOW, Local, State, Store
from core.llm.breaker.redis_store import Shared
from core.llm.types import ProviderError

T = TypeVar("T")

# How long Redis is left alone after it failed.
WITHOUT_REDIS = 5.0
# How long a breaker that was found closed is taken to be.
CLOSED_FOR = 1.0


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


@dataclass(slots=True)
class _Seen:
    """What this process knows of a provider beyond the shared counts."""

    closed_until: float = 0.0
    answers: int = 0  # not told yet
    since: float = 0.0  # the first of them


class Breaker:
    """The shared breaker, with a local one for when Redis is away."""

    def __init__(self, client: Callable[[], Any] | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._local = Local(clock)
        self._shared: Store | None = Shared(client) if client is not None else None
        self._clock = clock
        self._away_until = 0.0
        self._seen: dict[str, _Seen] = {}
        self._lock = threading.Lock()

    def enter(self, name: str) -> Pass | None:
        """Leave to call the provider now; None when it is to be left alone. Each Pass ends in one verdict."""
        now = self._clock()
        with self._lock:
            seen = self._seen.setdefault(name, _Seen())
            if now < seen.closed_until:
                return Pass(name)
        answers = self._untold(name)
        answer = self._ask(lambda store: store.enter(name, answers))
        if answer == 0:
            seen.closed_until = now + CLOSED_FOR
        return None if answer < 0 else Pass(name, probe=answer == 1)

    def succeeded(self, leave: Pass) -> None:
        """The call brought its first text."""
        if leave.probe:
            self._ask(lambda store: store.close(leave.name))
            return
        with self._lock:
            seen = self._seen.setdefault(leave.name, _Seen())
            seen.since = seen.since if seen.answers else self._clock()
            seen.answers += 1

    def failed(self, leave: Pass, error: ProviderError) -> None:
        """The call failed; only some failures count."""
        if counts(error):
            answers = self._untold(leave.name)
            self._ask(lambda store: store.fail(leave.name, leave.probe, answers))
            with self._lock:
                self._seen[leave.name].closed_until = 0.0
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
        self._local.close(name)
        self._ask(lambda store: store.close(name))

    def _untold(self, name: str) -> int:
        """The answers of this window that the shared counts don't know of; from here on they do."""
        with self._lock:
            seen = self._seen.setdefault(name, _Seen())
            answers, seen.answers = seen.answers, 0
            return answers if self._clock() - seen.since < WINDOW else 0

    def _ask(self, step: Callable[[Store], T]) -> T:
        if self._shared is not None and self._clock() >= self._away_until:
            try:
                return step(self._shared)
            except RedisError:
                self._away_until = self._clock() + WITHOUT_REDIS
        return step(self._local)
