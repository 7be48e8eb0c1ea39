"""The breaker that the router asks: the shared circuits, and this process's own while Redis is away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from redis import Redis
from redis.exceptions import RedisError

from core.llm.breaker.circuit import Decision, Limits, State, Store
from core.llm.breaker.memory import MemoryStore
from core.llm.breaker.shared import SharedStore
from core.llm.types import ProviderError
from core.ops import logs

T = TypeVar("T")

log = logs.get(__name__)

# How long Redis is not asked again after it failed.
WITHOUT_REDIS = 5.0
# How long a circuit that was found closed is taken to be closed.
CLOSED_FOR = 1.0


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to make one call; it ends in one verdict. The verdict on a probe decides over the circuit."""

    name: str
    probe: bool = False


def is_providers_fault(error: ProviderError) -> bool:
    """Return whether the failure speaks against asking the provider again, rather than against our key or prompt."""
    return error.kind in {
        "connect",
        "rate_limited",
        "overloaded",
        "server",
        "timeout_connect",
        "timeout_first_token",
        "timeout_idle",
    }


@dataclass(slots=True)
class _Known:
    """The knowledge of this process about a circuit, beyond the shared counts."""

    closed_until: float = 0.0
    answers: int = 0  # not reported yet
    since: float = 0.0  # the first of them


class Breaker:
    """Circuit breakers by name (provider and model)."""

    def __init__(
        self,
        client: Callable[[], Redis] | None,
        clock: Callable[[], float] = time.monotonic,
        limits: Limits = Limits(),  # noqa: B008 (frozen)
        watch: Callable[[str, bool], None] | None = None,
    ) -> None:
        """Without ``client`` every process counts for itself. ``watch(name, is_open)`` is told of each change."""
        self._limits = limits
        self._watch = watch
        self._clock = clock
        self._local = MemoryStore(limits, clock)
        self._shared: Store | None = SharedStore(client, limits) if client is not None else None
        self._without_redis_until = 0.0
        self._known: dict[str, _Known] = {}
        self._lock = threading.Lock()

    def acquire(self, name: str) -> Permit | None:
        """Return a permit to call the provider now; None when it is to be left alone."""
        now = self._clock()
        with self._lock:
            known = self._known.setdefault(name, _Known())
            if now < known.closed_until:
                return Permit(name)
        answers = self._unreported(name)
        decision = self._step(lambda store: store.acquire(name, answers))
        if decision is Decision.PERMITTED:
            known.closed_until = now + CLOSED_FOR
        elif decision is Decision.PROBE:
            log.info("breaker half-open", **_named(name))
        return None if decision is Decision.REFUSED else Permit(name, probe=decision is Decision.PROBE)

    def succeeded(self, permit: Permit) -> None:
        """End a permit: the call brought its first text."""
        if permit.probe:
            self._step(lambda store: store.close(permit.name))
            log.info("breaker closed", **_named(permit.name))
            self._tell(permit.name, is_open=False)
            return
        with self._lock:
            known = self._known.setdefault(permit.name, _Known())
            known.since = known.since if known.answers else self._clock()
            known.answers += 1

    def failed(self, permit: Permit, error: ProviderError) -> None:
        """End a permit: the call failed. Only one that is the provider's fault counts."""
        if not is_providers_fault(error):
            self.release(permit)
            return
        answers, rest = self._unreported(permit.name), error.retry_after or 0.0
        pause = self._step(
            lambda store: store.fail(permit.name, probe=permit.probe, answers=answers, rest=rest)
        )
        if pause:
            asked = {"asked": round(rest)} if rest else {}
            log.warning(
                "breaker open", **_named(permit.name), kind=error.kind, seconds=round(pause, 3), **asked
            )
            self._tell(permit.name, is_open=True)
        with self._lock:
            self._known[permit.name].closed_until = 0.0

    def release(self, permit: Permit) -> None:
        """End a permit without a verdict: the call says nothing about the provider."""
        if permit.probe:
            self._step(lambda store: store.release(permit.name))

    def state(self, name: str) -> State:
        return self._step(lambda store: store.state(name))

    def reset(self, name: str) -> None:
        """Close the circuit, as an operator may."""
        self._local.close(name)
        self._step(lambda store: store.close(name))
        log.info("breaker closed by hand", **_named(name))
        self._tell(name, is_open=False)

    def _tell(self, name: str, *, is_open: bool) -> None:
        if self._watch is not None:
            self._watch(name, is_open)

    def _unreported(self, name: str) -> int:
        """Return the answers of this window that the store doesn't know of, and count them as reported."""
        with self._lock:
            known = self._known.setdefault(name, _Known())
            answers, known.answers = known.answers, 0
            return answers if self._clock() - known.since < self._limits.window else 0

    def _step(self, step: Callable[[Store], T]) -> T:
        if self._shared is not None and self._clock() >= self._without_redis_until:
            try:
                return step(self._shared)
            except RedisError:
                self._without_redis_until = self._clock() + WITHOUT_REDIS
        return step(self._local)


def _named(name: str) -> dict[str, str]:
    provider, _, model = name.partition(":")
    return {"provider": provider, "model": model}
