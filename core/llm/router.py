"""Choose the provider: in order, with deadlines, one retry loop, and a last resort.

The retry loop is here and nowhere else (the SDKs retry nothing), and ends at the first text: a text that has
been shown is never mixed with another model's. Every request to a paid model is made in ``_Call._attempt``, and paid
for there: out of the day's budget and the run's.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, Literal

from core.llm.answer import Attempt, Routed
from core.llm.breaker import Breaker, Permit, State
from core.llm.budget import Budget, Reservation
from core.llm.cancel import Cancel, Cancelled
from core.llm.events import Event, Hook, Tally, What, tell
from core.llm.pricing import input_tokens, most_micro
from core.llm.types import Deadlines, Kind, Prompt, Provider, ProviderError, TextStream

ROUNDS = 2
# A provider that asks to be left alone for longer than this is not tried again in the same call.
LONGEST_WAIT = 10.0
BACKOFF = 0.25
# Worth a second try at the same provider. After a time-out the visitor has waited long enough.
RETRIED: frozenset[Kind] = frozenset(
    {"connect", "rate_limited", "overloaded", "server", "timeout_connect", "malformed", "truncated", "empty"}
)
# With a visitor's own key only the visitor can do something about these: the last resort is not asked.
OWN_FAULT: frozenset[Kind] = frozenset({"auth", "bad_request", "rate_limited", "blocked"})
NO_LIMIT: Final = 2**63


class RetryBudget:
    """Retries as a share of first tries: ten in a hundred, and a few for a quiet hour."""

    def __init__(self, share: float = 0.1, most: float = 10.0) -> None:
        self._share = share
        self._most = most
        self._left = most
        self._lock = threading.Lock()

    def deposit(self) -> None:
        """Count a first try."""
        with self._lock:
            self._left = min(self._most, self._left + self._share)

    def withdraw(self) -> bool:
        """Return whether one more retry may be made, and count it."""
        with self._lock:
            if self._left < 1:
                return False
            self._left -= 1
            return True


class Router:
    """Opens answers. One per process."""

    def __init__(
        self,
        providers: Sequence[Provider],
        *,
        deadlines: Deadlines,
        breaker: Breaker,
        last: Provider | None = None,
        own: Callable[[str], Provider] | None = None,
        hook: Hook | None = None,
        budget: Budget | None = None,
        run_limit: int = NO_LIMIT,
        backoff: float = BACKOFF,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take ``providers`` in their order, ``last`` for when all failed, and ``own`` to build one of a visitor's key.

        ``run_limit`` is the most that all requests of one run may cost, in millionths of a dollar.
        """
        self.providers = tuple(providers)
        self.last = last
        self.deadlines = deadlines
        self.breaker = breaker
        self.hook = hook
        self.own = own
        self.budget = budget
        self.run_limit = run_limit
        self.backoff = backoff
        self.clock = clock
        self.retries = RetryBudget()

    def open(
        self, prompt: Prompt, *, cancel: Cancel, own_key: str | None = None, on_event: Hook | None = None
    ) -> Routed:
        """Return an answer whose first text has arrived. Raises ProviderError (the last one met) or Cancelled."""
        call = _Call(self, prompt, cancel, on_event, own=bool(own_key))
        if own_key:
            if self.own is None:
                raise ProviderError("auth")
            found = call.over([self.own(own_key)])
        else:
            found = call.over(self.providers)
        if found is None and self.last is not None and not call.is_own_fault():
            found = call.try_one(self.last, None)
        if found is None:
            raise call.error or ProviderError("overloaded")
        return found

    def states(self) -> dict[str, State]:
        """Return the breaker's state by provider and model."""
        return {circuit_of(provider): self.breaker.state(circuit_of(provider)) for provider in self.providers}


def circuit_of(provider: Provider) -> str:
    """Return the name of a provider's circuit."""
    return f"{provider.name}:{provider.model}"


class _Unpaid(Exception):
    """The day's or the run's money does not suffice for the request."""


class _Call:
    """The attempts of one call, provider by provider."""

    def __init__(
        self, router: Router, prompt: Prompt, cancel: Cancel, on_event: Hook | None, *, own: bool
    ) -> None:
        self.router = router
        self.prompt = prompt
        self.cancel = cancel
        self.error: ProviderError | None = None
        self._own = own
        self._tally = Tally(prompt.spent_micro)
        # The answer keeps them, but not this call, with its prompt.
        self._hooks = tuple(hook for hook in (self._tally.note, router.hook, on_event) if hook is not None)
        total = router.deadlines.total
        self._until = router.clock() + min(total, total if prompt.seconds is None else prompt.seconds)

    def over(self, providers: Iterable[Provider]) -> Routed | None:
        """Try each once, then once more those for which that may help."""
        waiting = list(providers)
        self.router.retries.deposit()
        for turn in range(ROUNDS):
            again = []
            rests = []  # for how long each of them asked to be left alone
            for provider in waiting:
                permit = None if self._own else self.router.breaker.acquire(circuit_of(provider))
                if permit is None and not self._own:
                    self._tell("refused", provider)
                    continue
                found = self.try_one(provider, permit)
                if found is not None:
                    return found
                if self.error is not None and self.error.kind in RETRIED:
                    again.append(provider)
                    rests.append(self.error.retry_after or 0.0)
            waiting = again
            if turn + 1 == ROUNDS or not waiting or not self._pause(min(rests)):
                return None
            if not self.router.retries.withdraw():
                return None
        return None

    def _pause(self, seconds: float) -> bool:
        """Wait before the next round; False when that would take too long."""
        wait = seconds + random.uniform(0.5, 1.5) * self.router.backoff  # noqa: S311 - no secret
        if wait > LONGEST_WAIT or self.router.clock() + wait >= self._until:
            return False
        if self.cancel.wait(wait):
            raise Cancelled
        return True

    def try_one(self, provider: Provider, permit: Permit | None) -> Routed | None:
        """Return the answer of one attempt after its first text; None when it failed, with ``error`` saying how."""
        breaker = self.router.breaker
        try:
            attempt = self._attempt(provider, permit)
        except _Unpaid:
            if permit is not None:
                breaker.release(permit)
            self._tell("unpaid", provider)
            return None
        try:
            stream, text = self._first_text(provider)
        except ProviderError as error:
            self.error = error
            attempt.failed(error)
            if permit is not None:
                breaker.failed(permit, error)
            if error.kind == "empty" and self.prompt.prefix:
                raise  # asked to go on, the model had nothing to add: the text is whole
            return None
        except BaseException:
            attempt.end("stopped")
            if permit is not None:
                breaker.release(permit)
            raise
        if permit is not None:
            breaker.succeeded(permit)
        attempt.tell("first_text")
        if self._is_stand_in(provider):
            self._tell("failed_over", provider, self.error.kind if self.error else "")
        return Routed(stream, text, attempt, breaker)

    def _first_text(self, provider: Provider) -> tuple[TextStream, str]:
        stream = provider.open(self.prompt, deadlines=self._deadlines(provider), cancel=self.cancel)
        try:
            text = stream.read()
            if text is None:
                raise ProviderError("empty", provider.name)
        except BaseException:
            stream.close()
            raise
        return stream, text

    def _attempt(self, provider: Provider, permit: Permit | None) -> Attempt:
        """Pay for a request, if it costs anything, and begin it. Raises _Unpaid."""
        router, prompt = self.router, self.prompt
        most, reservation = 0, None
        if not self._own and provider is not router.last:
            most = most_micro(provider.model, prompt)
            reservation = self._reserve(most)
        return Attempt(
            provider,
            permit=permit,
            reservation=reservation,
            budget=router.budget,
            hooks=self._hooks,
            own=self._own,
            tokens=input_tokens(prompt) if most else 0,
            most=most,
            clock=router.clock,
        )

    def _reserve(self, most: int) -> Reservation | None:
        if self._tally.micro + most > self.router.run_limit:
            raise _Unpaid
        if self.router.budget is None:
            return None
        reservation = self.router.budget.reserve(most)
        if reservation is None:
            raise _Unpaid
        return reservation

    def _deadlines(self, provider: Provider) -> Deadlines:
        limits = self.router.deadlines
        # The last resort needs no network, and must answer even when the others have used up the time.
        if provider is self.router.last:
            return limits
        return replace(limits, total=max(0.0, min(limits.total, self._until - self.router.clock())))

    def is_own_fault(self) -> bool:
        return self._own and self.error is not None and self.error.kind in OWN_FAULT

    def _is_stand_in(self, provider: Provider) -> bool:
        choices = self.router.providers
        return bool(choices) and not self._own and provider is not choices[0]

    def _tell(self, what: What, provider: Provider, kind: Kind | Literal[""] = "") -> None:
        event = Event(what, provider.name, provider.model, kind, own=self._own)
        tell(self._hooks, event)
