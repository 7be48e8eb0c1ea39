"""Publish an answer: log and show it, text by text, until it ends, and say how it ended."""

from __future__ import annotations

import logging

from core.llm.cancel import Cancelled
from core.llm.types import ProviderError, Retracted, TextStream
from core.redis import Minutes
from core.streams import reports
from core.streams.hub.active import ActiveRun
from core.streams.hub.outcome import Outcome
from core.streams.models import Run, Status
from core.streams.production.batcher import Batcher
from core.streams.production.run_log import RunLogs

logger = logging.getLogger(__name__)


class Publisher:
    """Publishes answers. ``batched_reads``: once the first text is shown, the batcher reads all answers in one pass.

    ``minutes`` are told how long the visitor has waited for the first text.
    """

    def __init__(self, logs: RunLogs, batcher: Batcher, minutes: Minutes, *, batched_reads: bool) -> None:
        self._logs = logs
        self._batcher = batcher
        self._minutes = minutes
        self._batched_reads = batched_reads

    def publish(self, run: Run, active: ActiveRun, answer: TextStream) -> Outcome:
        """Log and show the answer, text by text, until it ends; never raises for what a provider does."""
        if active.channel.data and not answer.continues:
            self._logs.take_next_epoch(run, active)
        goes_on_from = active.channel.data.decode()
        is_new = not goes_on_from
        status, code = Status.DONE, ""
        try:
            while (text := self._read(run, active, answer, goes_on_from)) is not None:
                self._batcher.publish(active, text)
                if is_new and active.first_text_after is None:
                    active.first_text_after = reports.first_text(run, answer.provider, self._minutes)
                if self._batched_reads:
                    self._batcher.read_on(active, answer)
                if self._batcher.is_too_long(active):
                    logger.error(
                        "publisher: text too long, cut, run=%s, bytes=%d", run.id, len(active.channel.data)
                    )
                    status, code = Status.INTERRUPTED, "too_long"
                    break
        except Cancelled:
            status = Status.STOPPED
        except ProviderError as error:
            logger.warning("publisher: answer broke off, run=%s, kind=%s", run.id, error.kind)
            status, code = Status.INTERRUPTED, error.kind
        self._batcher.settle(active)
        if status in (Status.DONE, Status.INTERRUPTED) and not active.channel.data:
            status, code = Status.FAILED, code or "empty"
        return Outcome(
            status,
            provider=answer.provider,
            model=answer.model,
            code=code,
            input_tokens=answer.usage.input_tokens,
            output_tokens=answer.usage.output_tokens,
        )

    def _read(self, run: Run, active: ActiveRun, answer: TextStream, goes_on_from: str) -> str | None:
        """Wait for the next text. If all so far turns out to be a thought of the model, a new epoch takes it back."""
        while True:
            try:
                return answer.read()
            except Retracted:
                self._logs.take_next_epoch(run, active, text=goes_on_from)
