"""Choose the provider: in order, with deadlines, one retry loop, and a last resort.

The retry loop is here and nowhere else (the SDKs retry nothing), and ends at the first text: a text that has
been shown is never mixed with another model's.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from core.llm.breaker import Breaker, Permit, State
from core.llm.cancel import Cancel, Cancelled
from core.llm.types import Deadlines, Kind, Prompt, Provider, ProviderError, TextStream, Usage

ROUNDS = 2
# A provider that asks to be left alone for longer than this is not tried again in the same call.
LONGEST_WAIT = 10.0
BACKOFF = 0.25
NO_USAGE = Usage()
# Worth a second try at the same provider. After a time-out the visitor has waited long enough.
RETRIED: frozenset[Kind] = frozenset(
    {"connect", "rate_limited", "overloaded", "server", "timeout_connect", "malformed", "truncated", "empty"}
)
# With a visitor's own key only the visitor can do something about these: the last resort is not asked.
OWN_FAULT: frozenset[Kind] = frozenset({"auth", "bad_request", "rate_limited", "blocked"})

What = Literal["attempt", "refused", "failed", "first_text", "failed_over", "ended", "broke", "stopped"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on the way to an answer, for metrics and the log. Never per token."""

    what: What
    provider: str
    model: str
    kind: Kind | Literal[""] = ""
    seconds: float = 0.0  # since the attempt began
    usage: Usage = NO_USAGE
    own: bool = False  # on a visitor's own key
    status: int | None = None  # of the HTTP answer, when that says how it failed


Hook = Callable[[Event], None]


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
        backoff: float = BACKOFF,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take ``providers`` in their order, ``last`` for when all failed, and ``own`` to build one of a visitor's key."""
        self.providers = tuple(providers)
        self.last = last
        self.deadlines = deadlines
        self.breaker = breaker
        self.hook = hook
        self.own = own
        self.backoff = backoff
        self.clock = clock
        self._budget = RetryBudget()

    def open(
        self, prompt: Prompt, *, cancel: Cancel, own_key: str | None = None, on_event: Hook | None = None
    ) -> Routed:
        """Return an answer whose first text has arrived. Raises ProviderError (the last one met) or Cancelled."""
        attempts = _Attempts(self, prompt, cancel, on_event, own=bool(own_key))
        if own_key:
            if self.own is None:
                raise ProviderError("auth")
            found = attempts.over([self.own(own_key)])
        else:
            found = attempts.over(self.providers)
        if found is None and self.last is not None and not attempts.is_own_fault():
            found = attempts.try_one(self.last, None)
        if found is None:
            raise attempts.error or ProviderError("overloaded")
        attempts.tell_if_failed_over(found)
        del attempts.prompt  # the answer keeps this object for its events, and no longer needs the prompt
        return found

    def states(self) -> dict[str, State]:
        """Return the breaker's state by provider and model."""
        return {label(provider): self.breaker.state(label(provider)) for provider in self.providers}


def label(provider: Provider) -> str:
    """Return the name of a provider's circuit."""
    return f"{provider.name}:{provider.model}"


class _Attempts:
    """The attempts of one call, provider by provider."""

    def __init__(
        self, router: Router, prompt: Prompt, cancel: Cancel, on_event: Hook | None, *, own: bool
    ) -> None:
        self.router = router
        self.prompt = prompt
        self.cancel = cancel
        self.error: ProviderError | None = None
        self._own = own
        self._hooks = [hook for hook in (router.hook, on_event) if hook is not None]
        total = router.deadlines.total
        self._until = router.clock() + min(total, total if prompt.seconds is None else prompt.seconds)

    def over(self, providers: Iterable[Provider]) -> Routed | None:
        """Try each once, then once more those for which that may help."""
        budget = self.router._budget
        waiting = list(providers)
        budget.deposit()
        for turn in range(ROUNDS):
            again = []
            rests = []  # for how long each of them asked to be left alone
            for provider in waiting:
                permit = None if self._own else self.router.breaker.acquire(label(provider))
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
            if turn + 1 == ROUNDS or not waiting or not self._pause(min(rests)) or not budget.withdraw():
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
        begun = self.router.clock()
        limits = self.router.deadlines
        deadlines = replace(limits, total=max(0.0, min(limits.total, self._until - begun)))
        # The last resort needs no network, and must answer even when the others have used up the time.
        if provider is self.router.last:
            deadlines = limits
        self._tell("attempt", provider)
        stream: TextStream | None = None
        try:
            stream = provider.open(self.prompt, deadlines=deadlines, cancel=self.cancel)
            text = stream.read()
            if text is None:
                raise ProviderError("empty", provider.name)
        except ProviderError as error:
            if stream is not None:
                stream.close()
            self._failed(provider, permit, error, self.router.clock() - begun)
            return None
        except BaseException:
            if stream is not None:
                stream.close()
            if permit is not None:
                self.router.breaker.release(permit)
            raise
        if permit is not None:
            self.router.breaker.succeeded(permit)
        self._tell("first_text", provider, seconds=self.router.clock() - begun)
        return Routed(stream, text, self, provider, permit, begun)

    def _failed(
        self, provider: Provider, permit: Permit | None, error: ProviderError, seconds: float
    ) -> None:
        self.error = error
        self._tell("failed", provider, error.kind, seconds, status=error.status)
        if permit is not None:
            self.router.breaker.failed(permit, error)
        if error.kind == "empty" and self.prompt.prefix:
            raise error  # asked to go on, the model had nothing to add: the text is whole

    def is_own_fault(self) -> bool:
        return self._own and self.error is not None and self.error.kind in OWN_FAULT

    def tell_if_failed_over(self, found: Routed) -> None:
        """Tell of an answer that is not the first choice's."""
        choices = self.router.providers
        if choices and not self._own and found.chosen is not choices[0]:
            self._tell("failed_over", found.chosen, self.error.kind if self.error else "")

    def _tell(
        self,
        what: What,
        provider: Provider,
        kind: Kind | Literal[""] = "",
        seconds: float = 0.0,
        usage: Usage = NO_USAGE,
        status: int | None = None,
    ) -> None:
        for hook in self._hooks:
            hook(Event(what, provider.name, provider.model, kind, seconds, usage, self._own, status))


class Routed:
    """The ``TextStream`` that ``Router.open`` returns; its first ``read`` returns at once."""

    __slots__ = (
        "_attempts",
        "_begun",
        "_permit",
        "_stream",
        "_text",
        "chosen",
        "continues",
        "model",
        "provider",
    )

    def __init__(
        self,
        stream: TextStream,
        text: str,
        attempts: _Attempts,
        provider: Provider,
        permit: Permit | None,
        begun: float,
    ) -> None:
        self.provider = stream.provider
        self.model = stream.model
        self.continues = stream.continues
        self._stream = stream
        self._text: str | None = text
        self._attempts = attempts
        self.chosen = provider
        self._permit = permit
        self._begun = begun

    @property
    def usage(self) -> Usage:
        return self._stream.usage

    @property
    def finish_reason(self) -> str | None:
        return self._stream.finish_reason

    def read(self) -> str | None:
        """See ``TextStream.read``."""
        if self._text is not None:
            text, self._text = self._text, None
            return text
        try:
            more = self._stream.read()
        except ProviderError as error:
            if self._permit is not None:  # a probe's verdict was given at the first text
                self._attempts.router.breaker.failed(replace(self._permit, probe=False), error)
            self._end("broke", error.kind)
            raise
        except Cancelled:
            self._end("stopped")
            raise
        if more is None:
            self._end("ended")
        return more

    def read_nowait(self) -> str | None:
        """See ``TextStream.read_nowait``."""
        return self._stream.read_nowait() if self._text is None else self.read()

    def _end(self, what: What, kind: Kind | Literal[""] = "") -> None:
        seconds = time.monotonic() - self._begun
        self._attempts._tell(what, self.chosen, kind, seconds, self._stream.usage)

    def close(self) -> None:
        """See ``TextStream.close``."""
        self._stream.close()
