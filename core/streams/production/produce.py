"""Write a run: claim it, open its log, ask the model, log and show text after text, save the end.

``Producer.produce`` is that sentence as one blocking function. It runs in a job of its own per run, which outlives
the request that began it, and holds no database connection while the model thinks.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import closing
from contextvars import Context
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from structlog.contextvars import bound_contextvars, get_contextvars

from core.db.pool import release
from core.db.retry import with_retries
from core.llm.cancel import Cancel
from core.llm.types import Prompt, TextStream
from core.redis import Minutes
from core.runtime import spawn
from core.streams.hub.active import ActiveRun, Interrupt
from core.streams.hub.admission import Place
from core.streams.hub.hub import Hub
from core.streams.hub.outcome import Outcome
from core.streams.log.client import Fenced, Log
from core.streams.models import Run, Status
from core.streams.production import claims
from core.streams.production.author import Author
from core.streams.production.batcher import Batcher
from core.streams.production.model_request import ModelRequest, Router
from core.streams.production.publish import Publisher
from core.streams.production.run_log import RunLogs
from core.streams.production.save import Saver

logger = logging.getLogger(__name__)


class Producer:
    """Writes runs. For ``minutes`` and ``batched_reads`` see ``Publisher``."""

    def __init__(
        self,
        *,
        worker: str,
        hub: Hub,
        log: Log,
        batcher: Batcher,
        saver: Saver,
        author: Author,
        router: Callable[[], Router],
        minutes: Minutes,
        batched_reads: bool,
    ) -> None:
        self._worker = worker
        self._hub = hub
        self._logs = RunLogs(log, batcher)
        self._publisher = Publisher(self._logs, batcher, minutes, batched_reads=batched_reads)
        self._saver = saver
        self._author = author
        self._router = router

    def request_model(self, prompt: Callable[[], Prompt]) -> ModelRequest:
        """Ask the model now, for a run that is about to be stored."""
        request = ModelRequest(self._router, prompt)
        request.send()
        return request

    def start(self, run: Run, request: ModelRequest | None = None, place: Place | None = None) -> None:
        """Write a run that was created here, and is claimed therefore, in the background.

        Its channel is there at once, so that the response to the same request need not look for it elsewhere.
        ``place`` is the one that was reserved for it.
        """
        request = request or self._new_request(run, Cancel())
        active = None
        if run.subject not in self._hub.active:
            active = self._hub.begin(run, request.cancel)
            active.claimed(run.token)
        try:
            self._in_background(run, request, active, place)
        except BaseException:
            request.withdraw()
            if active is not None:
                self._hub.release(active)
            raise

    def requeue(self, subject: UUID) -> Run:
        """Put an interrupted or stopped run back in the queue, for this worker. Raises ``NotRetryable``."""
        run = claims.requeue(subject, worker=self._worker)
        self._logs.reopen(subject)
        return run

    def resume(self, run: Run, place: Place | None = None) -> None:
        """Claim a run that is queued, or whose worker is dead, and continue it in the background."""
        self._in_background(run, None, None, place)

    def _in_background(
        self, run: Run, request: ModelRequest | None, active: ActiveRun | None, place: Place | None
    ) -> None:
        _spawn(self.produce, run, request, active, place)
        if place is not None:
            place.keep()

    def produce(
        self,
        run: Run,
        request: ModelRequest | None = None,
        active: ActiveRun | None = None,
        place: Place | None = None,
    ) -> None:
        """Write one run, from its claim to its saved end.

        ``request`` comes with a new run, which is claimed already and of which nobody has seen anything;
        ``active`` when it is on the hub already. The place is given back once it is.
        """
        try:
            if active is None and self._is_next(run):
                active = self._hub.begin(run, request.cancel if request else Cancel())
        finally:
            if place is not None:
                place.release()
            if active is None and request is not None:
                request.withdraw()
        if active is None:
            return
        try:
            outcome = self._write(run, active, request)
            if active.interrupted is Interrupt.HANDOVER and outcome.status != Status.DONE:
                self._logs.checkpoint(run, active)
            elif not active.is_fenced:
                self._saver.save(run, active, outcome)
        except Fenced:
            active.fence()
        except Exception:
            logger.exception("producer: failed, run=%s", run.id)
            if active.token:
                status = Status.INTERRUPTED if active.channel.data else Status.FAILED
                self._saver.save(run, active, Outcome(status, code="internal"))
        finally:
            self._hub.release(active)

    def _write(self, run: Run, active: ActiveRun, request: ModelRequest | None) -> Outcome:
        """Open the log → ask → log and show each text. Returns how the run ended; raises ``Fenced``."""
        try:
            ended = self._begin_new(run, active, request) if request else self._resume(run, active)
            if ended is not None:
                return ended
            if request is None:
                text = active.channel.data.decode()
                request = self._new_request(run, active.cancel, prefix=text, spent_before=run.cost_micro)
            answer = request.answer()
        except BaseException:
            active.cancel.set()
            if request is not None:
                request.withdraw()
            raise
        if isinstance(answer, Outcome):
            return replace(answer, cost_micro=request.tally.micro)
        began_at = time.monotonic()
        with closing(answer):
            outcome = self._publisher.publish(run, active, answer)
        outcome = replace(outcome, cost_micro=request.tally.micro)
        if outcome.code == "length":
            left = settings.AI_TOTAL_TIMEOUT - (time.monotonic() - began_at)
            outcome = self._go_on(run, active, outcome, seconds=left)
        return outcome

    def _begin_new(self, run: Run, active: ActiveRun, request: ModelRequest) -> Outcome | None:
        """Open the log of a new run, which was claimed when it was made, while the model thinks.

        Returns an outcome when nothing is left to be asked, as ``_resume`` does.
        """
        active.claimed(run.token)
        if not run.stop_requested:
            request.send()
        ended = self._logs.open(run, active, may_have_been_seen=False)
        if ended is None and run.stop_requested:
            active.interrupt(Interrupt.STOP)
            if not request.is_sent:
                return Outcome(Status.STOPPED)
        return ended

    def _resume(self, run: Run, active: ActiveRun) -> Outcome | None:
        """Claim a run that is queued, or whose worker is dead, and bring its channel up to its log.

        Returns an outcome when the text is whole already and only waits to be saved, or when the run has been stopped.
        """
        may_have_been_seen = run.status == Status.WRITING
        self._claim(run)
        active.claimed(run.token)
        ended = self._logs.open(run, active, may_have_been_seen=may_have_been_seen)
        if ended is None and run.stop_requested:
            active.interrupt(Interrupt.STOP)
            return Outcome(Status.STOPPED)
        return ended

    def _go_on(self, run: Run, active: ActiveRun, so_far: Outcome, *, seconds: float) -> Outcome:
        """Continue once, within the same time and charge, an answer that ended at its length limit."""
        text, spent = active.channel.data.decode(), run.cost_micro + so_far.cost_micro
        request = self._new_request(run, active.cancel, prefix=text, seconds=seconds, spent_before=spent)
        more = self._more(run, active, so_far, request.answer())
        return replace(more, cost_micro=so_far.cost_micro + request.tally.micro)

    def _more(self, run: Run, active: ActiveRun, so_far: Outcome, answer: TextStream | Outcome) -> Outcome:
        if isinstance(answer, Outcome):  # done: the model had nothing to add
            is_over = answer.status in (Status.DONE, Status.STOPPED)
            return replace(so_far, status=answer.status, code="") if is_over else so_far
        with closing(answer):
            if not answer.continues:  # it would begin another text: what is there is worth more
                return so_far
            more = self._publisher.publish(run, active, answer)
        return replace(
            more,
            input_tokens=so_far.input_tokens + more.input_tokens,
            output_tokens=so_far.output_tokens + more.output_tokens,
        )

    # -- The steps --

    def _is_next(self, run: Run) -> bool:
        """Whether no earlier run of the subject is active here any more."""
        if run.subject not in self._hub.active:
            return True
        if not self._hub.wait_for_earlier(run.subject, run.token):
            logger.error(
                "producer: an earlier run of the subject does not end, left to the next sweep, run=%s", run.id
            )
            return False
        # A stop that came meanwhile has found no active run of this one.
        with_retries(lambda: run.refresh_from_db(fields=("stop_requested",)))
        return True

    def _claim(self, run: Run) -> None:
        if not with_retries(lambda: claims.claim(run, worker=self._worker, now=datetime.now(UTC))):
            raise Fenced
        release()

    def _new_request(
        self,
        run: Run,
        cancel: Cancel,
        *,
        prefix: str = "",
        seconds: float | None = None,
        spent_before: int = 0,
    ) -> ModelRequest:
        """Return a request, not sent yet, for what the author wants asked for a run that is stored."""
        own_key = (lambda: self._author.own_key(run)) if run.own_key else None
        prompt = partial(self._author.prompt, run)
        return ModelRequest(
            self._router,
            prompt,
            own_key,
            cancel=cancel,
            prefix=prefix,
            seconds=seconds,
            spent_before=spent_before,
        )


def _spawn(produce: Callable[..., None], *args: object) -> None:
    """Run ``produce`` in a job that keeps the caller's log context.

    All of the caller's context would keep the request alive for as long as the model writes.
    """
    log_context = get_contextvars()

    def job() -> None:
        with bound_contextvars(**log_context):
            produce(*args)

    Context().run(spawn, "producer", job)
