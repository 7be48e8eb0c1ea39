"""Follow runs that other workers write: one job per process for all browsers, one round trip per tick.

What Redis does not hold (any more) is asked of PostgreSQL now and then: a run may have ended while its
log expired, or Redis was away.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec
from django.db import Error as DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.runtime import Job, spawn
from core.streams.hub import hub
from core.streams.hub.channel import Channel, End, Position
from core.streams.log import client as log
from core.streams.models import Run
from core.streams.production.batcher import batcher

logger = logging.getLogger(__name__)

ASK_DATABASE_EVERY: Final = 2.0
PAGE: Final = 500


class LogTailer:
    """One per process; sleeps while there is nobody to follow."""

    def __init__(self) -> None:
        self._wake = threading.Event()
        self._started = False
        self._asked = 0.0
        self._asking: Job | None = None
        # Where each channel was when the database was last asked.
        self._known: dict[UUID, tuple[int, int]] = {}

    def start(self) -> None:
        if not self._started:
            self._started = True
            spawn("log tailer", self._run)

    def notice(self) -> None:
        """There may be a channel to follow."""
        self._wake.set()

    def _run(self) -> None:
        while True:
            channels = hub.tailed()
            if not channels:
                self._wake.wait(5)
                self._wake.clear()
                continue
            try:
                missing = channels
                with contextlib.suppress(log.LogUnavailable):
                    missing = follow(channels)
                self._ask_now_and_then(channels, missing)
            except Exception:
                logger.exception("log tailer failed")  # without it no browser here would see another word
            time.sleep(max(0.1, batcher.interval()))

    def _ask_now_and_then(self, channels: Sequence[Channel], missing: Sequence[Channel]) -> None:
        """Ask the database about those whose log is missing, and those of whom nothing has been heard since.

        A run may have been saved while Redis could not take its end: its log looks alive for an hour.
        """
        if time.monotonic() - self._asked < ASK_DATABASE_EVERY or (self._asking and not self._asking.done):
            return
        self._asked = time.monotonic()
        before, self._known = self._known, {c.subject: (c.epoch, len(c.data)) for c in channels}
        quiet = {c for c in channels if before.get(c.subject) == self._known[c.subject]}
        if doubtful := list(quiet.union(missing)):
            # In a job: a database that hangs must not keep the others' text.
            self._asking = spawn("ask", _ask_if_it_answers, doubtful)


def follow(channels: Sequence[Channel]) -> list[Channel]:
    """Bring these channels up to their logs. Returns those whose log is not there."""
    missing = []
    for start in range(0, len(channels), PAGE):
        page = channels[start : start + PAGE]
        asked = [(c.subject, c.epoch, len(c.data)) for c in page]
        for channel, tail, (_, epoch, offset) in zip(page, log.tail(asked), asked, strict=True):
            if channel.local or (channel.epoch, len(channel.data)) != (epoch, offset):
                continue  # somebody else fed it while we asked
            if tail.epoch < channel.epoch or not tail.epoch:
                missing.append(channel)  # it is not there, or not yet the one of this epoch
                continue
            if not channel.filled:
                channel.filled = True
                channel.wake()
            if tail.data or tail.epoch != epoch:
                channel.follow(Position(epoch, offset), tail.epoch, tail.data)
            if tail.end and not channel.local:
                try:
                    channel.finish(msgspec.json.decode(tail.end, type=End))
                except msgspec.MsgspecError:
                    # Of another release: the database has the end as well, in a moment.
                    missing.append(channel)
    return missing


def _ask_if_it_answers(channels: Sequence[Channel]) -> None:
    try:
        ask_database(channels)
    except (DatabaseError, PoolTimeout) as error:
        logger.warning("can't ask the database about %d runs: %s", len(channels), error)


def ask_database(channels: Sequence[Channel]) -> None:
    """Finish the channels whose run has ended according to PostgreSQL."""
    by_subject = {c.subject: c for c in channels if not c.local}
    newest = Run.objects.filter(subject__in=by_subject).order_by("subject", "-epoch").distinct("subject")
    for run in newest:
        channel = by_subject[run.subject]
        # An earlier version that has ended is not the end of the one that is being written.
        if run.is_live or run.epoch < channel.epoch or channel.local:
            continue
        channel.fill(run.epoch, run.text.encode())
        channel.finish(end_of(run))


def end_of(run: Run) -> End:
    """What subscribers are told of a run that has ended."""
    return End(run.status, run.provider, run.model, run.error_code)


tailer = LogTailer()
