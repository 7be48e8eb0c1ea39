"""Save how a run ended: to PostgreSQL first, then the log is closed, then the subscribers are told."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from typing import Final

import msgspec
from django.db import Error as DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.db.pool import release
from core.streams import metrics
from core.streams.hub.channel import End
from core.streams.hub.hub import ActiveRun
from core.streams.log import client as log
from core.streams.models import Run
from core.streams.production import states
from core.streams.production.batcher import batcher
from core.streams.production.states import Outcome

logger = logging.getLogger(__name__)

# How long a finished text waits for a database that is away, and how many may.
SAVE_FOR: Final = 600.0
MAX_UNSAVED: Final = 5000

_unsaved = 0


def unsaved() -> int:
    """Finished texts that wait for the database; more than none is an alarm."""
    return _unsaved


def save(run: Run, writing: ActiveRun, outcome: Outcome) -> None:
    """Save the end of a writing whose text is on its channel. It waits when the database is away."""
    global _unsaved
    text = writing.channel.data.decode()
    end = End(outcome.status, outcome.provider, outcome.model, outcome.code)
    deadline = time.monotonic() + SAVE_FOR
    pause, told = 0.5, False
    try:
        while True:
            try:
                saved = states.finish(run, outcome=outcome, text=text, now=datetime.now(UTC))
                break
            except (DatabaseError, PoolTimeout):
                release()
                if not told:
                    told = True
                    _unsaved += 1
                    logger.exception("run %s waits to be saved", run.id)
                    _close_log(run, text, outcome)
                    writing.channel.finish(end)
                if time.monotonic() > deadline or _unsaved > MAX_UNSAVED:
                    logger.critical("run %s could not be saved; its text stays in the log", run.id)
                    return
                time.sleep(pause)
                pause = min(pause * 2, 10)
    finally:
        release()
        _unsaved -= told
    if saved:
        metrics.ended.labels(outcome.status, outcome.code).inc()
        _close_log(run, text, outcome)
        writing.channel.finish(end)
    else:
        writing.fenced = True


def _close_log(run: Run, text: str, outcome: Outcome) -> None:
    try:
        end = msgspec.json.encode(outcome)
        log.close(run.subject, token=run.token, epoch=run.epoch, text=text.encode(), end=end)
    except log.LogUnavailable:
        batcher.available = False
