"""One attempt at a provider, and the answer that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from core.llm.breaker import Breaker, Permit
from core.llm.budget import Budget, Reservation
from core.llm.cancel import Cancelled
from core.llm.events import NO_USAGE, Event, Hook, What, tell
from core.llm.pricing import UNPAID, cost_micro
from core.llm.types import Kind, Provider, ProviderError, TextStream, Usage


class Attempt:
    """One request to a provider: its permit, the money put aside for it, and its end, which is told once."""

    __slots__ = ("_begun", "_budget", "_clock", "_hooks", "_open", "_own", "_tokens", "permit", "provider")

    def __init__(
        self,
        provider: Provider,
        *,
        permit: Permit | None,
        reservation: Reservation | None,
        budget: Budget | None,
        hooks: Sequence[Hook],
        own: bool,
        tokens: int,
        most: int,
        clock: Callable[[], float],
    ) -> None:
        """``tokens`` are about those of the prompt, ``most`` is what the request costs at most: 0 where nothing is paid."""
        self.provider = provider
        self.permit = permit
        self._budget = budget
        self._hooks = hooks
        self._own = own
        self._tokens = tokens
        self._clock = clock
        self._begun = clock()
        self._open = [(reservation, most)]  # taken by whoever ends the attempt first
        self.tell("attempt")

    def failed(self, error: ProviderError) -> None:
        """End it: there was no text."""
        paid = 0 if error.kind in UNPAID else self._estimate(0)
        self._end("failed", error.kind, paid, NO_USAGE, error.status)

    def end(
        self, what: What, *, kind: Kind | Literal[""] = "", usage: Usage = NO_USAGE, characters: int = 0
    ) -> None:
        """End it; without a usage the cost is estimated by the ``characters`` of its text."""
        is_counted = bool(usage.input_tokens or usage.output_tokens)
        paid = cost_micro(self.provider.model, usage) if is_counted else self._estimate(characters)
        self._end(what, kind, paid, usage)

    def tell(self, what: What) -> None:
        self._tell(
            Event(what, self.provider.name, self.provider.model, seconds=self._seconds(), own=self._own)
        )

    def _estimate(self, characters: int) -> int:
        return cost_micro(self.provider.model, Usage(self._tokens, characters))

    def _end(
        self, what: What, kind: Kind | Literal[""], paid: int, usage: Usage, status: int | None = None
    ) -> None:
        try:
            reservation, most = self._open.pop()
        except IndexError:
            return
        paid = min(paid, most)  # a provider's usage may be nonsense
        name, model, seconds = self.provider.name, self.provider.model, self._seconds()
        self._tell(Event(what, name, model, kind, seconds, usage, self._own, status, paid))
        if reservation is not None and self._budget is not None:
            self._budget.settle(reservation, paid)

    def _seconds(self) -> float:
        return self._clock() - self._begun

    def _tell(self, event: Event) -> None:
        tell(self._hooks, event)


class Routed:
    """The ``TextStream`` that ``Router.open`` returns; its first ``read`` returns at once."""

    __slots__ = (
        "_attempt",
        "_breaker",
        "_characters",
        "_stream",
        "_text",
        "continues",
        "model",
        "provider",
    )

    def __init__(self, stream: TextStream, text: str, attempt: Attempt, breaker: Breaker) -> None:
        self.provider = stream.provider
        self.model = stream.model
        self.continues = stream.continues
        self._stream = stream
        self._text: str | None = text
        self._characters = len(text)
        self._attempt = attempt
        self._breaker = breaker

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
            permit = self._attempt.permit
            if permit is not None:  # a probe's verdict was given at the first text
                self._breaker.failed(replace(permit, probe=False), error)
            self._end("broke", error.kind)
            raise
        except Cancelled:
            self._end("stopped")
            raise
        if more is None:
            self._end("ended")
        else:
            self._characters += len(more)
        return more

    def read_nowait(self) -> str | None:
        """See ``TextStream.read_nowait``."""
        if self._text is not None:
            return self.read()
        text = self._stream.read_nowait()
        if text:
            self._characters += len(text)
        return text

    def close(self) -> None:
        """See ``TextStream.close``. An answer that was not read to its end counts as stopped."""
        self._stream.close()
        self._end("stopped")

    def _end(self, what: What, kind: Kind | Literal[""] = "") -> None:
        self._attempt.end(what, kind=kind, usage=self._stream.usage, characters=self._characters)
