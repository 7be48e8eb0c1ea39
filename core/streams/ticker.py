"""Gathering: the text of all runs of this process goes to the log, then to the readers, once per tick.

A provider sends thirty pieces a second to each of a thousand runs. Handling each alone costs a wake-up, a
round trip and a write per piece; gathered, the cost follows ticks. The first text of a run does not wait.
The tick grows with the number of runs, from 50 ms (nobody sees it) to 250 ms.

Writers are paced: after handing text over they sleep until the next tick and then take everything their
socket has received meanwhile in one read.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

from django.db import Error as DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.runtime import spawn
from core.streams import board, log, metrics, runs
from core.streams.board import Writing
from core.streams.database import release

logger = logging.getLogger(__name__)

SHORTEST: Final = 0.05
LONGEST: Final = 0.25
# Runs at which the tick is longest.
FULL_LOAD: Final = 250


class Ticker:
    """One per process. ``available`` is False while Redis is away; the keeper tries it again."""

    def __init__(self) -> None:
        self.available = True
        self._dirty: dict[Writing, None] = {}
        self._wake = threading.Event()
        self._turn = threading.Event()
        self._started = False
        self._flushed = 0.0
        self._taking = threading.Lock()

    def start(self) -> None:
        if not self._started:
            self._started = True
            spawn("ticker", self._run)

    def interval(self) -> float:
        """Seconds between ticks."""
        return SHORTEST + (LONGEST - SHORTEST) * min(1.0, len(board.writings) / FULL_LOAD)

    def hand_over(self, writing: Writing, text: str) -> None:
        """Queue text for the next tick; a run's first text goes out at once."""
        writing.pending.append(text.encode())
        if not writing.channel.data and not writing.in_flight:
            self._flush([writing])
        else:
            self._dirty[writing] = None
            self._wake.set()

    def pace(self) -> None:
        """Sleep until the next tick has begun."""
        turn = self._turn
        self._wake.set()
        turn.wait(5)

    def settle(self, writing: Writing) -> None:
        """Wait until everything handed over has been logged and shown."""
        while (writing.pending or writing.in_flight) and not writing.fenced:
            self._dirty[writing] = None
            self.pace()

    def resync(self) -> None:
        """Redis is back: bring every run's log up to what has been shown."""
        self.available = True
        for writing in list(board.writings.values()):
            if not writing.synced:
                self._dirty[writing] = None
        self._wake.set()

    def _run(self) -> None:
        while True:
            if not self._wake.wait(60):
                continue
            self._wake.clear()
            turn, self._turn = self._turn, threading.Event()
            turn.set()
            time.sleep(0)  # the writers that have something take it now, before the flush
            batch, self._dirty = list(self._dirty), {}
            self._measure_gap()
            try:
                self._flush(batch)
            except Exception:
                logger.exception("a tick failed")
            time.sleep(self.interval())

    def _measure_gap(self) -> None:
        now = time.monotonic()
        if now - self._flushed < 10:  # longer means that nobody was writing
            metrics.gap.observe(now - self._flushed)
        self._flushed = now

    def _flush(self, batch: list[Writing]) -> None:
        """Log, then show. When Redis is away the text is shown all the same and logged later."""
        parts = self._take(batch)
        if not parts:
            return
        try:
            answers = self._log(parts)
        except BaseException:
            for writing, data in parts:
                writing.pending.appendleft(data)
                writing.in_flight = False
            raise
        for (writing, data), answer in zip(parts, answers, strict=True):
            if answer == log.FENCED:
                writing.fenced = True
                writing.interrupt("fenced")
            elif data:
                writing.channel.publish(data)
            writing.in_flight = False  # only now: whoever settles must find the text on the channel

    def _take(self, batch: list[Writing]) -> list[tuple[Writing, bytes]]:
        """What these runs have to log. Nobody else takes from them until it is shown."""
        parts: list[tuple[Writing, bytes]] = []
        with self._taking:
            for writing in batch:
                if writing.fenced or writing.in_flight or not (writing.pending or not writing.synced):
                    continue
                writing.in_flight = True
                pieces = []
                while writing.pending:  # one by one: on threads, the writer may add to it meanwhile
                    pieces.append(writing.pending.popleft())
                parts.append((writing, b"".join(pieces)))
        return parts

    def _log(self, parts: list[tuple[Writing, bytes]]) -> list[int]:
        if not self.available:
            return [self._unsynced(writing) for writing, _ in parts]
        answers = [log.MISMATCH] * len(parts)
        try:
            answers = log.append(
                [log.Append(w.channel.subject, w.token, len(w.channel.data), data) for w, data in parts]
            )
            lost = [place for place, answer in enumerate(answers) if answer == log.MISMATCH]
            gone = _given_away([parts[place][0] for place in lost]) if lost else set()
            for place in lost:
                answers[place] = log.FENCED if parts[place][0] in gone else self._restore(*parts[place])
            for place, answer in enumerate(answers):
                if answer != log.FENCED:
                    parts[place][0].synced = True
        except log.LogUnavailable as error:
            logger.warning("the log is unavailable, readings go on without it: %s", error)
            self.available = False
            for place, answer in enumerate(answers):
                if answer == log.MISMATCH:
                    answers[place] = self._unsynced(parts[place][0])
        return answers

    @staticmethod
    def _restore(writing: Writing, data: bytes) -> int:
        channel = writing.channel
        return log.restore(
            channel.subject, token=writing.token, epoch=channel.epoch, text=bytes(channel.data) + data
        )

    @staticmethod
    def _unsynced(writing: Writing) -> int:
        writing.synced = False
        return 0


def _given_away(writings: list[Writing]) -> set[Writing]:
    """Those whose run somebody else has claimed or ended.

    A log that was lost has lost its fence, and would take the text of a writer that sleeps too long and
    wakes up: before one is made anew, PostgreSQL is asked. When it is away too, they go on.
    """
    try:
        held = runs.held({writing.run_id: writing.token for writing in writings})
    except (DatabaseError, PoolTimeout):
        return set()
    finally:
        release()
    return {writing for writing in writings if writing.run_id not in held}


ticker = Ticker()
