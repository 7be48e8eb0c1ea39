"""Circuits that all workers share, in Redis: one hash each, stepped by one script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from redis import Redis

from core.llm.breaker.circuit import Decision, Limits, State
from core.redis import Script

SCRIPT: Final = Script(Path(__file__).with_name("circuit.lua"))
STATES: Final[dict[int, State]] = {-1: "open", 0: "closed", 1: "half-open"}


class SharedStore:
    """Keeps circuits in Redis. Every method raises RedisError when Redis can't be reached.

    Redis keeps the time; a ``clock`` in its place is for tests.
    """

    def __init__(
        self, client: Callable[[], Redis], limits: Limits, clock: Callable[[], float] | None = None
    ) -> None:
        self._client = client
        self._clock = clock
        self._limits = (
            limits.failures,
            *map(_ms, (limits.window, limits.pause, limits.longest_pause, limits.probe)),
        )

    def acquire(self, name: str, answers: int) -> Decision:
        return Decision(self._step("acquire", name, answers=answers))

    def fail(self, name: str, *, probe: bool, answers: int, rest: float = 0.0) -> float:
        return self._step("fail", name, answers=answers, probe=probe, rest=rest) / 1000

    def release(self, name: str) -> None:
        self._step("release", name)

    def close(self, name: str) -> None:
        self._client().delete(_key(name))

    def state(self, name: str) -> State:
        return STATES[self._step("state", name)]

    def _step(self, step: str, name: str, *, answers: int = 0, probe: bool = False, rest: float = 0.0) -> int:
        now = 0 if self._clock is None else _ms(self._clock())
        args: list[str | int] = [step, now, answers, int(probe), _ms(rest), *self._limits]
        return int(SCRIPT.run(self._client(), [_key(name)], args))


def _key(name: str) -> str:
    return f"llm:{{{name}}}:circuit"


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
