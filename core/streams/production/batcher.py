"""Gathering: once per tick everything that the providers of this process have sent is read, logged and shown.

A provider sends thirty pieces a second to each of a thousand runs. Handling each alone costs a wake-up, a
round trip and a write per piece; gathered, the cost follows ticks. The first text of a run does not wait:
its writer hands it over (core/streams/production/produce.py) and leaves the rest of the answer to the batcher, so that
a run in flight is an entry in a table and not a job. The tick grows with the number of runs, from 50 ms
(nobody sees it) to 250 ms.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from django.db import Error as DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from structlog.contextvars import bound_contextvars, get_contextvars

from core.db.pool import release
from core.llm.types import TextStream
from core.runtime import spawn
from core.streams import metrics
from core.streams.hub import hub
from core.streams.hub.hub import ActiveRun
from core.streams.log import client as log
from core.streams.production import states

logger = logging.getLogger(__name__)

T = TypeVar("T")

SHORTEST: Final = 0.05
LONGEST: Final = 0.25
# Runs at which the tick is longest.
FULL_LOAD: Final = 250
# So many runs are handled before others get their turn: a few milliseconds.
SLICE: Final = 100


class _Source:
    """Where the text of a run comes from, and what follows it."""

    __slots__ = ("log_context", "stream", "then")

    def __init__(self, stream: TextStream, then: Callable[[], None]) -> None:
        self.stream = stream
        self.then = then
        # For what is logged at the end. All of the context would hold the request for as long as the answer takes.
        self.log_context = get_contextvars()


class Batcher:
    """One per process. ``available`` is False while Redis is away; the keeper tries it again."""

    def __init__(self) -> None:
        self.available = True
        self._sources: dict[ActiveRun, _Source] = {}
        self._dirty: dict[ActiveRun, None] = {}
        self._wake = threading.Event()
        self._turn = threading.Event()
        self._started = False
        self._flushed = 0.0
        self._taking = threading.Lock()

    def start(self) -> None:
        if not self._started:
            self._started = True
            spawn("batcher", self._run)

    def interval(self) -> float:
        """Seconds between ticks."""
        return SHORTEST + (LONGEST - SHORTEST) * min(1.0, len(hub.active_runs) / FULL_LOAD)

    def read_for(self, writing: ActiveRun, stream: TextStream, then: Callable[[], None]) -> None:
        """Read on from ``stream``. Once only waiting can tell what comes, ``then`` runs in a job of its own."""
        self._sources[writing] = _Source(stream, then)
        self._wake.set()

    def put(self, writing: ActiveRun, text: str) -> None:
        """Queue text for the next tick; a run's first text goes out at once."""
        writing.pending.append(_stored(text))
        if not writing.channel.data and not writing.in_flight:
            self._flush([writing])
        else:
            self._dirty[writing] = None
            self._wake.set()

    def settle(self, writing: ActiveRun) -> None:
        """Wait until everything handed over has been logged and shown."""
        while (writing.pending or writing.in_flight) and not writing.fenced:
            self._dirty[writing] = None
            turn = self._turn
            self._wake.set()
            turn.wait(5)

    def resync(self) -> None:
        """Redis is back: bring every run's log up to what has been shown."""
        self.available = True
        for writing in list(hub.active_runs.values()):
            if not writing.synced:
                self._dirty[writing] = None
        self._wake.set()

    def _run(self) -> None:
        while True:
            if not self._sources and not self._wake.wait(60):
                continue
            self._wake.clear()
            try:
                self._tick()
            except Exception:
                logger.exception("batcher: flush failed")
            time.sleep(self.interval())

    def _tick(self) -> None:
        ended = self._read()
        batch, self._dirty = list(self._dirty), {}
        try:
            if batch:
                self._measure_gap()
                self._flush(batch)
        except BaseException:
            self._dirty |= dict.fromkeys(batch)
            raise
        finally:
            turn, self._turn = self._turn, threading.Event()
            turn.set()
            self._conclude(ended)

    def _conclude(self, ended: list[tuple[ActiveRun, _Source]]) -> None:
        for writing, source in ended:
            try:
                with bound_contextvars(**source.log_context):
                    spawn("writer", source.then)
            except Exception:  # too many jobs, say: it is tried again, or the run would never end
                logger.exception("run %s can't be concluded yet", writing.run_id)
                self._sources[writing] = source

    def _read(self) -> list[tuple[ActiveRun, _Source]]:
        """Take what the providers have sent. Returns the sources that have no more to be taken."""
        ended = []
        for writing, source in _in_slices(list(self._sources.items())):
            text = None
            try:
                if len(writing.channel.data) <= states.MAX_BYTES:
                    text = source.stream.take()
            except Exception:
                logger.exception("run %s can't be read on", writing.run_id)
            if text:
                writing.pending.append(_stored(text))
                self._dirty[writing] = None
            elif text is None:
                del self._sources[writing]
                ended.append((writing, source))
        return ended

    def _measure_gap(self) -> None:
        now = time.monotonic()
        if now - self._flushed < 10:  # longer means that nobody was writing
            metrics.gap.observe(now - self._flushed)
        self._flushed = now

    def _flush(self, batch: list[ActiveRun]) -> None:
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
        for (writing, data), answer in _in_slices(list(zip(parts, answers, strict=True))):
            try:
                if answer == log.FENCED:
                    writing.fenced = True
                    writing.interrupt("fenced")
                elif data:
                    writing.channel.publish(data)
            except Exception:
                logger.exception("run %s could not be shown", writing.run_id)
            writing.in_flight = False  # only now: whoever settles must find the text on the channel

    def _take(self, batch: list[ActiveRun]) -> list[tuple[ActiveRun, bytes]]:
        """What these runs have to log. Nobody else takes from them until it is shown."""
        parts: list[tuple[ActiveRun, bytes]] = []
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

    def _log(self, parts: list[tuple[ActiveRun, bytes]]) -> list[int]:
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
    def _restore(writing: ActiveRun, data: bytes) -> int:
        channel = writing.channel
        return log.restore(
            channel.subject, token=writing.token, epoch=channel.epoch, text=bytes(channel.data) + data
        )

    @staticmethod
    def _unsynced(writing: ActiveRun) -> int:
        writing.synced = False
        return 0


def _stored(text: str) -> bytes:
    """The text as it is logged and saved: with a NUL, PostgreSQL could never take the run's end."""
    return text.replace("\0", "").encode()


def _in_slices(items: Sequence[T]) -> Iterator[T]:
    """Each item, with a pause for everybody else after every ``SLICE``."""
    for place, item in enumerate(items, 1):
        yield item
        if place % SLICE == 0:
            time.sleep(0)


def _given_away(active_runs: list[ActiveRun]) -> set[ActiveRun]:
    """Those whose run somebody else has claimed or ended.

    A log that was lost has lost its fence, and would take the text of a writer that sleeps too long and
    wakes up: before one is made anew, PostgreSQL is asked. When it is away too, they go on.
    """
    try:
        held = states.held({writing.run_id: writing.token for writing in active_runs})
    except (DatabaseError, PoolTimeout):
        return set()
    finally:
        release()
    return {writing for writing in active_runs if writing.run_id not in held}


batcher = Batcher()
