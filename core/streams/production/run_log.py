"""The log of one run as its producer needs it: opened from what is there already, begun anew, put down for another worker."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from core.db.pool import release
from core.db.retry import with_retries
from core.streams.hub.active import ActiveRun
from core.streams.hub.outcome import Outcome, decode
from core.streams.log.client import Fenced, Log, Opened
from core.streams.log.server import LogUnavailable
from core.streams.models import Run
from core.streams.production import claims
from core.streams.production.batcher import Batcher


class RunLogs:
    """Opens logs, and begins epochs. Without Redis the batcher puts the log in place later (``log_is_behind``)."""

    def __init__(self, log: Log, batcher: Batcher) -> None:
        self._log = log
        self._batcher = batcher

    def reopen(self, subject: UUID) -> None:
        """Take the end off a log whose run is to be continued."""
        with suppress(LogUnavailable):  # then nobody tails it, and the producer does the same
            self._log.reopen(subject)

    def open(self, run: Run, active: ActiveRun, *, may_have_been_seen: bool) -> Outcome | None:
        """Bring the channel up to what is already logged; the outcome, when the log has ended already."""
        opened = self._opened(run, active, again=not may_have_been_seen)
        if may_have_been_seen and (opened is None or not opened.existed):
            # Somebody may have been shown a text that is lost: what follows must not be taken for its rest.
            opened = self.take_next_epoch(run, active, text=run.text)
        data = opened.data if opened else run.text.encode()
        active.channel.fill(run.epoch, data)
        active.channel.mark_filled()
        return decode(opened.end) if opened and opened.end else None

    def _opened(self, run: Run, active: ActiveRun, *, again: bool) -> Opened | None:
        try:
            return self._log.open(
                run.subject, token=active.token, epoch=run.epoch, seed=run.text.encode(), again=again
            )
        except LogUnavailable:
            active.log_is_behind = True
            return None

    def take_next_epoch(self, run: Run, active: ActiveRun, *, text: str = "") -> Opened | None:
        """Begin a new epoch, which starts with ``text``: what was shown before can't be continued."""
        self._batcher.settle(active)
        if not with_retries(lambda: claims.start_over(run, text=text)):
            raise Fenced
        release()
        active.claimed(run.token)
        active.channel.begin(run.epoch, text.encode())
        return self._opened(run, active, again=True)

    def checkpoint(self, run: Run, active: ActiveRun) -> None:
        """Store the text of a run that another worker is to continue, where the log does not have all of it."""
        if active.log_is_behind:
            text = active.channel.data.decode()
            with_retries(lambda: claims.checkpoint(run, text=text))
