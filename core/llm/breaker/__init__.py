"""Circuit breakers: a provider that keeps failing, or asks to be left alone, is left alone for a while.

One circuit per provider and model, shared by all workers through Redis; without Redis each process counts for
itself. States and transitions, in both stores (``memory``, and ``shared`` with ``circuit.lua``):

=========  =====================================================  =====================================
state      event                                                  then
=========  =====================================================  =====================================
closed     acquire                                                a permit
closed     the 5th failure within 20 s, and no fewer than         open for 5 s
           the answers within them
any        a failure with a ``Retry-After``                       open for as long, 120 s at most
open       acquire                                                refused
open       the pause is over                                      half-open
half-open  acquire, no probe under way                            a permit for the probe
half-open  acquire, a probe under way                             refused
half-open  the probe is answered                                  closed, all counts forgotten
half-open  the probe fails                                        open for twice as long, 120 s at most
half-open  the probe is released without a verdict                half-open, no probe under way
half-open  the probe is silent for 60 s (its worker died)         half-open, no probe under way
any        an operator resets it                                  closed, all counts forgotten
=========  =====================================================  =====================================

A pause is never shortened by a later failure.

Nothing is held while a call runs: each step is one script, 0.1 ms at Redis. While the circuit is closed a
process asks Redis at most once a second, and reports its answers then: no first text waits for that. The process
that causes a change of state logs it, one line each, and tells it to ``watch`` (a metric).
"""

from __future__ import annotations

from core.llm.breaker.breaker import Breaker, Permit, is_providers_fault
from core.llm.breaker.circuit import Limits, State

__all__ = ["Breaker", "Limits", "Permit", "State", "is_providers_fault"]
