"""Save how a run ended: to PostgreSQL first, then the log is closed, then the subscribers are told."""

from __future__ import annotations

import contextlib
import logging
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.db import Error as DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.db.pool import release
from core.streams import reports
from core.streams.hub.active import ActiveRun
from core.streams.hub.outcome import Outcome
from core.streams.log.client import Log
from core.streams.log.server import LogUnavailable
from core.streams.models import Run
from core.streams.production import claims
from core.streams.production.author import Author

logger = logging.getLogger(__name__)

# How long a finished text waits for a database that is away, and how many may.
SAVE_FOR: Final = 600.0
MAX_UNSAVED: Final = 5000


class _Unsaveable(Exception):
    """The database has been away for too long, or too many texts wait for it."""


class Saver:
    """Saves ends. ``unsaved`` counts the finished texts that wait for the database; more than none is an alarm."""

    def __init__(self, log: Log, author: Author) -> None:
        self._log = log
        self._author = author
        self._waiting: set[UUID] = set()  # the runs whose texts wait for the database

    @property
    def unsaved(self) -> int:
        return len(self._waiting)

    def save(self, run: Run, active: ActiveRun, outcome: Outcome) -> None:
        """Save the end of a run whose text is on its channel. Waits while the database is away."""
        text = active.channel.data.decode()
        try:
            is_mine = self._finish(run, active, text, outcome)
        except _Unsaveable:
            logger.critical("saver: gave up, the text stays in the log, run=%s", run.id)
            return
        finally:
            self._waiting.discard(run.id)
        if is_mine:
            reports.ended(run, active.first_text_after)
            outcome = replace(outcome, can_be_retried=run.can_be_retried)
            self._close(run, active, text, outcome, is_saved=True)
        else:
            active.fence()

    def _finish(self, run: Run, active: ActiveRun, text: str, outcome: Outcome) -> bool:
        """Save the end in PostgreSQL; False when another worker has claimed the run. Raises ``_Unsaveable``.

        It tries for longer than ``with_retries`` does: the text is whole, and paid for.
        """
        deadline, pause = time.monotonic() + SAVE_FOR, 0.5
        while True:
            try:
                return claims.finish(
                    run, outcome=outcome, text=text, now=datetime.now(UTC), author=self._author
                )
            except (DatabaseError, PoolTimeout):
                if run.id not in self._waiting:
                    logger.exception("saver: save failed, retrying, run=%s", run.id)
                    self._waiting.add(run.id)
                    self._close(run, active, text, outcome, is_saved=False)
            finally:
                release()
            if time.monotonic() > deadline or self.unsaved > MAX_UNSAVED:
                raise _Unsaveable
            time.sleep(pause)
            pause = min(pause * 2, 10)

    def _close(self, run: Run, active: ActiveRun, text: str, outcome: Outcome, *, is_saved: bool) -> None:
        """Close the log and tell the subscribers here; those elsewhere learn it from the log or the database."""
        with contextlib.suppress(LogUnavailable):
            self._log.close(
                run.subject,
                token=run.token,
                epoch=run.epoch,
                text=text.encode(),
                end=outcome.encode(),
                is_saved=is_saved,
            )
        active.channel.finish(outcome)
