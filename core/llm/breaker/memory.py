"""Circuits of one process, for when there is no Redis."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from core.llm.breaker.circuit import Decision, Limits, State


@dataclass(slots=True)
class _Circuit:
    failures: int = 0
    answers: int = 0
    window_until: float = 0.0
    pause: float = 0.0  # 0: closed
    open_until: float = 0.0
    probe_until: float = 0.0


class MemoryStore:
    """Keeps circuits in this process. Thread-safe."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = threading.Lock()
        self._circuits: dict[str, _Circuit] = {}

    def acquire(self, name: str, answers: int) -> Decision:
        with self._lock:
            now, circuit = self._clock(), self._circuit(name)
            if answers:
                self._count(circuit, now, answers=answers)
            if not circuit.pause:
                return Decision.PERMITTED
            if now < circuit.open_until or now < circuit.probe_until:
                return Decision.REFUSED
            circuit.probe_until = now + self._limits.probe
            return Decision.PROBE

    def fail(self, name: str, *, probe: bool, answers: int, rest: float = 0.0) -> float:
        with self._lock:
            now, circuit, limits = self._clock(), self._circuit(name), self._limits
            self._count(circuit, now, failures=1, answers=answers)
            tripped = circuit.failures >= limits.failures and circuit.failures >= circuit.answers
            pause = min(rest, limits.longest_pause)
            if probe or (not circuit.pause and tripped):
                circuit.pause = min(max(circuit.pause * 2, limits.pause), limits.longest_pause)
                circuit.probe_until = 0.0
                pause = max(pause, circuit.pause)
            if not pause or now + pause <= circuit.open_until:
                return 0.0
            circuit.pause = circuit.pause or pause
            circuit.open_until = now + pause
            return pause

    def release(self, name: str) -> None:
        with self._lock:
            self._circuit(name).probe_until = 0.0

    def close(self, name: str) -> None:
        with self._lock:
            self._circuits.pop(name, None)

    def state(self, name: str) -> State:
        with self._lock:
            circuit = self._circuit(name)
            if not circuit.pause:
                return "closed"
            return "open" if self._clock() < circuit.open_until else "half-open"

    def _circuit(self, name: str) -> _Circuit:
        return self._circuits.setdefault(name, _Circuit())

    def _count(self, circuit: _Circuit, now: float, *, failures: int = 0, answers: int = 0) -> None:
        if now >= circuit.window_until:
            circuit.window_until, circuit.failures, circuit.answers = now + self._limits.window, 0, 0
        circuit.failures += failures
        circuit.answers += answers
