"""What a run asks the model, in a job of its own: while the model thinks, the run is stored and its log opened.

A question may be asked before its run is committed. Nobody is shown anything of the answer before that, and
without the commit it is taken back, which closes the provider's socket.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings

from core.db.pool import release
from core.db.retry import patiently
from core.llm.cancel import Cancel, Cancelled
from core.llm.registry import get_router
from core.llm.types import Prompt, ProviderError, TextStream
from core.runtime import Job, spawn
from core.streams.models import Run, Status
from core.streams.production.author import author
from core.streams.production.states import Outcome

# Beyond the deadlines of the provider: the retries of a database that is away for a while, and the last resort.
GRACE: Final = 90.0


class Question:
    """One question, asked once. ``cancel`` takes it back, whether it is answered already or not."""

    __slots__ = ("_error", "_job", "_opened", "_own_key", "_prompt", "cancel")

    def __init__(self, prompt: Callable[[], Prompt], own_key: Callable[[], str | None] | None = None) -> None:
        """Both are called in the question's job, with the database at hand."""
        self.cancel = Cancel()
        self._prompt = prompt
        self._own_key = own_key
        self._job: Job | None = None
        self._opened: TextStream | Outcome | None = None
        self._error: Exception | None = None

    def ask(self) -> None:
        """Ask in the background; further calls do nothing."""
        if self._job is None:
            self._job = spawn("question", self._ask)

    def answer(self) -> TextStream | Outcome:
        """Wait for the first text; the outcome when there will be none. Raises what went wrong on our side."""
        assert self._job is not None
        self._job.join(settings.AI_TOTAL_TIMEOUT + GRACE)
        if self._error is not None:
            raise self._error
        if self._opened is None:
            raise TimeoutError("the question's job does not end")
        return self._opened

    def _ask(self) -> None:
        try:
            prompt = patiently(self._prompt)
            own_key = patiently(self._own_key) if self._own_key else None
            release()
            self._opened = open_answer(prompt, cancel=self.cancel, own_key=own_key)
        except Exception as error:  # noqa: BLE001 - raised by `answer`, where the run is at hand
            self._error = error


def question_of(run: Run) -> Question:
    """What the author wants asked for a run that is stored."""
    return Question(lambda: author().prompt(run), (lambda: author().own_key(run)) if run.own_key else None)


def open_answer(prompt: Prompt, *, cancel: Cancel, own_key: str | None) -> TextStream | Outcome:
    """The model's answer as far as its first text, or the outcome when there is none."""
    try:
        return get_router().open(prompt, cancel=cancel, own_key=own_key)
    except Cancelled:
        return Outcome(Status.STOPPED)
    except ProviderError as error:
        if error.kind == "empty" and prompt.prefix:
            return Outcome(Status.DONE, provider=error.provider)  # it had said everything already
        # With an earlier text the run is interrupted, without one it has failed.
        return Outcome(Status.INTERRUPTED if prompt.prefix else Status.FAILED, code=error.kind)
