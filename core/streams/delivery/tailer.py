"""Tail the logs of runs that other workers write: one job per process for all browsers, one round trip per interval.

PostgreSQL is asked now and then about runs whose log Redis does not hold (any more): they may have ended while
their log expired, or while Redis was away.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

import msgspec
from django.db import Error as DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.runtime import Job, spawn
from core.streams.hub.channel import Channel, Position, Subscriber
from core.streams.hub.hub import Hub
from core.streams.hub.outcome import Outcome, decode
from core.streams.log.client import Log
from core.streams.models import Run

logger = logging.getLogger(__name__)

ASK_DATABASE_EVERY: Final = 2.0
PAGE: Final = 500


class LogTailer:
    """One per process; ``run`` is its job, which sleeps while there is nothing to tail."""

    def __init__(self, hub: Hub, log: Log, interval: Callable[[], float]) -> None:
        self._hub = hub
        self._log = log
        self._interval = interval
        self._closed = False
        self._asked_at = 0.0
        self._asking: Job | None = None
        # Where each channel was when the database was last asked.
        self._known: dict[UUID, tuple[int, int]] = {}

    def open(self, run: Run, subscriber: Subscriber) -> Channel:
        """Subscribe to the channel of a live run; it is filled as far as the run's log goes."""
        self._hub.drop_if_ended(run.subject)
        if known := self._hub.subscribe(run.subject, subscriber):
            return known
        channel = Channel(run.subject, run.epoch, run.text.encode())
        self.tail([channel])
        return self._hub.add(channel, subscriber)

    def run(self) -> None:
        """Tail until the tailer is closed."""
        while not self._closed:
            channels = self._hub.tailed()
            if not channels:
                self._hub.has_tails.wait(5)
                self._hub.has_tails.clear()
                continue
            try:
                self._ask_now_and_then(channels, missing=self.tail(channels))
            except Exception:
                # Go on: otherwise no browser here would see further text.
                logger.exception("log tailer: failed")
            time.sleep(max(0.1, self._interval()))

    def close(self) -> None:
        self._closed = True
        self._hub.has_tails.set()

    def tail(self, channels: Sequence[Channel]) -> list[Channel]:
        """Bring these channels up to their logs. Returns those whose log is missing or can't be reached."""
        missing = []
        for start in range(0, len(channels), PAGE):
            page = channels[start : start + PAGE]
            asked = [(c.subject, c.epoch, len(c.data)) for c in page]
            for channel, tail, (_, epoch, offset) in zip(page, self._log.tail(asked), asked, strict=True):
                if channel.is_local or (channel.epoch, len(channel.data)) != (epoch, offset):
                    continue  # it was fed by somebody else meanwhile
                if tail.epoch < channel.epoch or not tail.epoch:
                    missing.append(channel)  # there is no log, or not yet one of this epoch
                    continue
                if not channel.is_filled:
                    channel.mark_filled()
                if tail.data or tail.epoch != epoch:
                    channel.append_tail(Position(epoch, offset), tail.epoch, tail.data)
                if tail.end and not channel.is_local:
                    try:
                        channel.finish(decode(tail.end))
                    except msgspec.MsgspecError:
                        missing.append(channel)  # written by another release: the database has the end, too
        return missing

    def _ask_now_and_then(self, channels: Sequence[Channel], missing: Sequence[Channel]) -> None:
        """Ask the database about channels whose log is missing, and those without news since the last time.

        A run may have been saved while Redis could not take its end: its log looks alive for an hour.
        """
        if time.monotonic() - self._asked_at < ASK_DATABASE_EVERY or (self._asking and not self._asking.done):
            return
        self._asked_at = time.monotonic()
        before, self._known = self._known, {c.subject: (c.epoch, len(c.data)) for c in channels}
        quiet = {c for c in channels if before.get(c.subject) == self._known[c.subject]}
        if doubtful := list(quiet.union(missing)):
            # In a job: a database that hangs must not hold up everybody's text.
            self._asking = spawn("log tailer's query", _ask_if_it_answers, doubtful)


def _ask_if_it_answers(channels: Sequence[Channel]) -> None:
    try:
        ask_database(channels)
    except (DatabaseError, PoolTimeout) as error:
        logger.warning("log tailer: database unavailable, runs=%d, error=%s", len(channels), error)


def ask_database(channels: Sequence[Channel]) -> None:
    """Finish the channels whose run has ended according to PostgreSQL."""
    by_subject = {c.subject: c for c in channels if not c.is_local}
    newest = Run.objects.filter(subject__in=by_subject).order_by("subject", "-epoch").distinct("subject")
    for run in newest:
        channel = by_subject[run.subject]
        # An earlier version that has ended is not the end of the one that is being written.
        if run.is_live or run.epoch < channel.epoch or channel.is_local:
            continue
        channel.fill(run.epoch, run.text.encode())
        channel.finish(Outcome.of(run))
