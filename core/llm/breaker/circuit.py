"""What a circuit breaker counts, and the counts of one process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

State = Literal["closed", "open", "half-open"]

WINDOW = 20.0
FAILURES = 5
PAUSE = 5.0
LONGEST_PAUSE = 120.0
# A probe whose worker died must not keep the breaker open for ever.
PROBE = 60.0


class Store(Protocol):
    """Where the counts are. ``answers`` came since the last call that told of them."""

    def enter(self, name: str, answers: int) -> int:
        """0: pass, 1: pass as the probe, -1: refused."""

    def close(self, name: str) -> None:
        """A probe was answered."""

    def fail(self, name: str, probe: bool, answers: int) -> None: ...

    def leave(self, name: str) -> None:
        """A probe ended without a verdict."""

    def state(self, name: str) -> State: ...


@dataclass(slots=True)
class _Circuit:
    failures: int = 0
    answers: int = 0
    window_until: float = 0.0
    pause: float = 0.0  # 0: closed
    open_until: float = 0.0
    probe_until: float = 0.0


class Local:
    """The counts of this process."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._circuits: dict[str, _Circuit] = {}

    def enter(self, name: str, answers: int) -> int:
        now = self._clock()
        with self._lock:
            circuit = self._in_window(name)
            circuit.answers += answers
            if not circuit.pause:
                return 0
            if now < circuit.open_until or now < circuit.probe_until:
                return -1
            circuit.probe_until = now + PROBE
            return 1

    def close(self, name: str) -> None:
        with self._lock:
            self._circuits.pop(name, None)

    def fail(self, name: str, probe: bool, answers: int) -> None:
        with self._lock:
            circuit = self._in_window(name)
            circuit.failures += 1
            circuit.answers += answers
            tripped = circuit.failures >= FAILURES and circuit.failures >= circuit.answers
            if probe or (not circuit.pause and tripped):
                circuit.pause = min(circuit.pause * 2, LONGEST_PAUSE) or PAUSE
                circuit.open_until = self._clock() + circuit.pause
                circuit.probe_until = 0.0

    def leave(self, name: str) -> None:
        with self._lock:
            self._circuit(name).probe_until = 0.0

    def state(self, name: str) -> State:
        with self._lock:
            circuit = self._circuit(name)
            if not circuit.pause:
                return "closed"
            return "open" if self._clock() < circuit.open_until else "half-open"

    def _circuit(self, name: str) -> _Circuit:
        return self._circuits.setdefault(name, _Circuit())

    def _in_window(self, name: str) -> _Circuit:
        circuit, now = self._circuit(name), self._clock()
        if now >= circuit.window_until:
            circuit.window_until, circuit.failures, circuit.answers = now + WINDOW, 0, 0
        return circuit
