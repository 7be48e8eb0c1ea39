"""Follow runs that other workers write: one job per process for all browsers, one round trip per tick.

What Redis does not hold (any more) is asked of PostgreSQL now and then: a run may have ended while its
log expired, or Redis may be away.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Sequence
from typing import Final

import msgspec
from django.db import Error as DatabaseError
from django.db import connections
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.runtime import spawn
from core.streams import board, log
from core.streams.channel import Channel, End, Position
from core.streams.models import Run
from core.streams.ticker import ticker

logger = logging.getLogger(__name__)

ASK_DATABASE_EVERY: Final = 2.0
PAGE: Final = 500


class Follower:
    """One per process; sleeps while there is nobody to follow."""

    def __init__(self) -> None:
        self._wake = threading.Event()
        self._started = False

    def start(self) -> None:
        if not self._started:
            self._started = True
            spawn("follower", self._run)

    def notice(self) -> None:
        """There may be a channel to follow."""
        self._wake.set()

    def _run(self) -> None:
        asked = 0.0
        while True:
            channels = board.followed()
            if not channels:
                self._wake.wait(5)
                self._wake.clear()
                continue
            try:
                missing = channels
                with contextlib.suppress(log.LogUnavailable):
                    missing = follow(channels)
                if missing and time.monotonic() - asked > ASK_DATABASE_EVERY:
                    asked = time.monotonic()
                    _ask_if_it_answers(missing)
            except Exception:
                logger.exception("the follower stumbled")  # without it no browser here would see another word
            time.sleep(max(0.1, ticker.interval()))


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
                except (
                    msgspec.MsgspecError
                ):  # of another release: the database has the end as well, in a moment
                    missing.append(channel)
    return missing


def _ask_if_it_answers(channels: Sequence[Channel]) -> None:
    try:
        ask_database(channels)
    except (DatabaseError, PoolTimeout) as error:
        logger.warning("can't ask the database about %d runs: %s", len(channels), error)
    finally:
        connections.close_all()


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
    """What readers are told of a run that has ended."""
    return End(run.status, run.provider, run.model, run.error_code)


follower = Follower()
