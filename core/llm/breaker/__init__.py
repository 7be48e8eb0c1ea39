"""Circuit breakers: a provider that keeps failing is left alone for a while."""

from __future__ import annotations

from core.llm.breaker.breaker import Breaker, Pass, counts
from core.llm.breaker.circuit import State

__all__ = ["Breaker", "Pass", "State", "counts"]
