"""Ask the model for a run, in a job of its own: while it thinks, the run is stored and its log opened.

A request may be sent before its run is committed. Nobody is shown anything of the answer before that, and
without the commit it is cancelled, which closes the provider's socket.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from django.conf import settings

from core.db.pool import release
from core.db.retry import with_retries
from core.llm.cancel import Cancel, Cancelled
from core.llm.events import Hook, Tally
from core.llm.types import Prompt, ProviderError, TextStream
from core.runtime import Job, spawn
from core.streams.hub.outcome import Outcome
from core.streams.models import Status

# Beyond the deadlines of the provider: the retries of a database that is away for a while, and the last resort.
GRACE: Final = 90.0


class Router(Protocol):
    """Chooses a provider and opens its answer (``core.llm.router``)."""

    def open(
        self, prompt: Prompt, *, cancel: Cancel, own_key: str | None = None, on_event: Hook | None = None
    ) -> TextStream:
        """Return an answer whose first text has arrived. Raises ``ProviderError`` or ``Cancelled``."""


class ModelRequest:
    """One request to a model, sent once. ``withdraw`` takes it back, whether it is answered already or not.

    ``send`` sends it from a job of its own; ``answer`` sends what nobody has sent, and waits. ``tally`` is what its calls
    to providers have cost.
    """

    __slots__ = (
        "_error",
        "_job",
        "_opened",
        "_own_key",
        "_prefix",
        "_prompt",
        "_router",
        "_seconds",
        "_spent_before",
        "cancel",
        "tally",
    )

    def __init__(
        self,
        router: Callable[[], Router],
        prompt: Callable[[], Prompt],
        own_key: Callable[[], str | None] | None = None,
        *,
        cancel: Cancel | None = None,
        prefix: str = "",
        seconds: float | None = None,
        spent_before: int = 0,
    ) -> None:
        """``prompt`` and ``own_key`` are called when it is sent, with the database at hand.

        ``prefix`` is text that exists already: the model is asked to go on from there. ``seconds`` bounds the whole
        answer, if it is less than for any request, ``spent_before`` is what its run has cost already.
        """
        self.cancel = cancel or Cancel()
        self._router = router
        self._prompt: Callable[[], Prompt] | None = prompt
        self._own_key = own_key
        self._prefix = prefix
        self._seconds = seconds
        self._spent_before = spent_before
        self.tally = Tally()
        self._job: Job | None = None
        self._opened: TextStream | Outcome | None = None
        self._error: Exception | None = None

    def send(self) -> None:
        """Send it in the background; further calls do nothing."""
        if self._job is None:
            self._job = spawn("model request", self._send)

    @property
    def is_sent(self) -> bool:
        return self._job is not None

    def withdraw(self) -> None:
        """Cancel it, and close the answer that nobody will read."""
        self.cancel.set()
        if self._opened is not None and not isinstance(self._opened, Outcome):
            self._opened.close()

    def answer(self) -> TextStream | Outcome:
        """Wait for the first text; the outcome when there will be none. Raises what went wrong on our side."""
        if self._job is None:
            self._send()
        elif not self._job.join(settings.AI_TOTAL_TIMEOUT + GRACE):
            raise TimeoutError("the job of a model request does not end")
        if self._error is not None:
            raise self._error
        assert self._opened is not None
        return self._opened

    def _send(self) -> None:
        read_prompt, read_own_key = self._prompt, self._own_key
        # Both hold values of the request, a chart for one, which would live as long as the answer.
        self._prompt = self._own_key = None
        assert read_prompt is not None
        try:
            prompt = with_retries(read_prompt)
            own_key = with_retries(read_own_key) if read_own_key else None
            release()
            if self._prefix:
                prompt = replace(
                    prompt, prefix=self._prefix, seconds=self._seconds, spent_micro=self._spent_before
                )
            self._opened = self._open(prompt, own_key)
            if self.cancel.is_set():
                self.withdraw()
        except Exception as error:  # noqa: BLE001 - raised by `answer`, where the run is at hand
            self._error = error

    def _open(self, prompt: Prompt, own_key: str | None) -> TextStream | Outcome:
        try:
            return self._router().open(prompt, cancel=self.cancel, own_key=own_key, on_event=self.tally.note)
        except Cancelled:
            return Outcome(Status.STOPPED)
        except ProviderError as error:
            if error.kind == "empty" and prompt.prefix:
                return Outcome(Status.DONE, provider=error.provider)  # it had said everything already
            # With an earlier text the run is interrupted, without one it has failed.
            status = Status.INTERRUPTED if prompt.prefix else Status.FAILED
            return Outcome(status, provider=error.provider, code=error.kind)
