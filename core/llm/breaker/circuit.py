"""The common parts of the stores of circuits: limits, decisions, and the steps that both must take."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, Protocol

State = Literal["closed", "open", "half-open"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, but for ``failures``."""

    failures: int = 5
    window: float = 20.0
    pause: float = 5.0
    longest_pause: float = 120.0
    # A probe whose worker died must not keep the circuit open for ever.
    probe: float = 60.0


class Decision(IntEnum):
    """Whether a call may be made now. The numbers are those of circuit.lua."""

    REFUSED = -1
    PERMITTED = 0
    PROBE = 1


class Store(Protocol):
    """Keeps circuits. ``answers`` are those that came since the last call that reported any."""

    def acquire(self, name: str, answers: int) -> Decision:
        """Decide about one call."""

    def fail(self, name: str, *, probe: bool, answers: int, rest: float = 0.0) -> float:
        """Count a failure; that of a probe opens the circuit again for longer.

        ``rest`` are the seconds for which the provider asked to be left alone: any of them open the circuit, up to
        the longest pause. Return the seconds for which this failure opens it, 0 when it does not.
        """

    def release(self, name: str) -> None:
        """End a probe without a verdict."""

    def close(self, name: str) -> None:
        """Close the circuit and forget its counts."""

    def state(self, name: str) -> State:
        """Return the state as of now."""
