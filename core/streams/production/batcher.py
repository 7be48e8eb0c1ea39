"""The batcher: once per flush interval, log and show the new text of all runs of this process.

A provider sends thirty pieces a second to each of a thousand runs. Handled one by one, each piece costs a wake-up,
a round trip to Redis and a write to the browser; gathered, the cost follows flushes. The interval grows with the
number of runs, from 100 ms (nobody sees it) to 250 ms. The first text of a run does not wait for it. A page is sent a line
of text at once (``Rendition``), which takes a third of a second to arrive: while only pages watch, the interval grows to 500 ms.

Two things are gathered. ``publish`` gathers writing: the text of all runs goes to the log in one round trip.
``read_on`` gathers reading as well: the batcher takes from the providers' sockets what has arrived, in one pass over
all of them, while each producer is parked. It is an optimisation that ``STREAM_BATCHED_READS`` turns off: a producer
that never calls it reads its own answer in a loop.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from django.db import Error as DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.db.pool import release
from core.llm.types import TextStream
from core.streams import metrics
from core.streams.hub.active import ActiveRun
from core.streams.hub.hub import Hub
from core.streams.log.client import AWAY, FENCED, MISMATCH, Append, Log
from core.streams.log.server import LogUnavailable
from core.streams.production import claims

logger = logging.getLogger(__name__)

T = TypeVar("T")

# Seconds between two flushes.
SHORTEST: Final = 0.1
LONGEST: Final = 0.25
# Runs at which the interval is longest. With twenty, a tenth of a second made a third more flushes of texts that pages
# were sent at every second flush or third.
FULL_LOAD: Final = 64
# The same while only pages watch.
LONGEST_FOR_PAGES: Final = 0.5
FULL_LOAD_OF_PAGES: Final = 32
# So many runs are handled before other jobs get their turn: a few milliseconds.
SLICE: Final = 100
# A text longer than this is cut, and marked so: no reading is a hundredth of it.
MAX_BYTES: Final = 256 * 1024
# Seconds. Between flushes that are further apart nobody was writing, which is no gap in anybody's text.
IDLE: Final = 10.0


class Batcher:
    """One per process; ``run`` is its job."""

    def __init__(self, hub: Hub, log: Log, *, max_bytes: int = MAX_BYTES) -> None:
        self._hub = hub
        self._log = log
        self._max_bytes = max_bytes
        self._reads: dict[ActiveRun, tuple[TextStream, threading.Event]] = {}
        self._dirty: dict[ActiveRun, None] = {}
        self._wake = threading.Event()
        self._flush_ended = threading.Event()
        self._closed = False
        self._flushed_at = 0.0
        # On threads, producers mark their runs and flush first texts while the batcher takes all that is marked. It
        # guards the swap of `_dirty` and the start of a flush; `_reads` is changed entry by entry, and copied to be walked.
        self._lock = threading.Lock()

    def interval(self) -> float:
        """Return the seconds between flushes while somebody is sent text as it comes."""
        return _grown(len(self._hub.active), LONGEST, FULL_LOAD)

    def interval_now(self) -> float:
        """Return the seconds to the next flush: ``interval``, or more while only pages watch.

        Subscribers at other workers, who follow the log, are not known here.
        """
        runs = list(self._hub.active.values())
        if any(active.channel.plain_subscribers for active in runs):
            return self.interval()
        return _grown(len(runs), LONGEST_FOR_PAGES, FULL_LOAD_OF_PAGES)

    # -- For producers --

    def publish(self, active: ActiveRun, text: str) -> None:
        """Log and show ``text``; returns when that is done. A run's first text goes out at once."""
        active.put(_stored(text))
        if not active.channel.data:
            self._flush([active])
        self.settle(active)

    def settle(self, active: ActiveRun) -> None:
        """Wait until everything that was put is logged and shown, or the run is fenced."""
        while not active.is_settled and not self._closed:
            flushed = self._flush_ended  # of the flush to come: after the mark it could be the one after that
            self._mark(active)
            flushed.wait(5)  # a bound for a batcher that has been closed meanwhile

    def read_on(self, active: ActiveRun, stream: TextStream) -> None:
        """Log and show what arrives on ``stream``, until ``stream.read`` has to be called.

        It tells what the batcher can't: the end, an error, a retraction, or a text that arrives in parts.
        """
        must_read = threading.Event()
        self._reads[active] = stream, must_read
        self._wake.set()
        while not must_read.wait(60) and not self._closed:
            pass

    def is_too_long(self, active: ActiveRun) -> bool:
        return len(active.channel.data) > self._max_bytes

    # -- For the node --

    def run(self) -> None:
        """Flush until the batcher is closed."""
        while not self._closed:
            if not self._reads and not self._wake.wait(60):
                continue
            self._wake.clear()
            try:
                self._read_and_flush()
            except Exception:
                logger.exception("batcher: flush failed")
            time.sleep(self.interval_now())

    def resync(self) -> None:
        """Bring every run's log up to what has been shown: a server of logs is back."""
        for active in list(self._hub.active.values()):
            if active.log_is_behind:
                self._mark(active)

    def _mark(self, active: ActiveRun) -> None:
        """Make the next flush take this run along."""
        with self._lock:
            self._dirty[active] = None
        self._wake.set()

    def close(self) -> None:
        self._closed = True
        self._wake.set()
        for _, must_read in list(self._reads.values()):
            must_read.set()

    # -- One flush --

    def _read_and_flush(self) -> None:
        producers = self._read()
        with self._lock:
            batch, self._dirty = list(self._dirty), {}
        try:
            if batch:
                self._measure_gap()
                self._flush(batch)
        except BaseException:
            self._dirty |= dict.fromkeys(batch)
            raise
        finally:
            flush_ended, self._flush_ended = self._flush_ended, threading.Event()
            flush_ended.set()
            for must_read in producers:
                must_read.set()

    def _read(self) -> list[threading.Event]:
        """Take what the providers have sent. Returns the events of the producers that have to read themselves."""
        producers = []
        for active, (stream, must_read) in _in_slices(list(self._reads.items())):
            text = None
            try:
                if len(active.channel.data) <= self._max_bytes:
                    text = stream.read_nowait()
            except Exception:
                logger.exception("batcher: read failed, run=%s", active.run_id)
            if text:
                active.put(_stored(text))
                self._dirty[active] = None
            elif text is None:
                del self._reads[active]
                producers.append(must_read)
        return producers

    def _measure_gap(self) -> None:
        now = time.monotonic()
        if now - self._flushed_at < IDLE:
            metrics.gap.observe(now - self._flushed_at)
        self._flushed_at = now

    def _flush(self, batch: Sequence[ActiveRun]) -> None:
        """Log, then show. While Redis is away the text is shown all the same, and logged later."""
        with self._lock:
            parts = [(active, data) for active in batch if (data := active.begin_flush()) is not None]
        if not parts:
            return
        try:
            answers = self._append(parts)
        except BaseException:
            for active, data in parts:
                active.abort_flush(data)
            raise
        for (active, data), answer in _in_slices(list(zip(parts, answers, strict=True))):
            try:
                if answer == FENCED:
                    active.fence()
                elif data:
                    active.channel.publish(data)
            except Exception:
                logger.exception("batcher: publish failed, run=%s", active.run_id)
            active.end_flush()  # only now: a producer that settles must find the text on the channel

    def _append(self, parts: list[tuple[ActiveRun, bytes]]) -> list[int]:
        """Append to the log, and repair it where it is not what it should be. Answers as ``Log.append``."""
        appends = [Append(a.channel.subject, a.token, len(a.channel.data), data) for a, data in parts]
        with metrics.redis.labels("append").time():
            answers = self._log.append(appends)
        lost = [index for index, answer in enumerate(answers) if answer == MISMATCH]
        elsewhere = _claimed_elsewhere([parts[index][0] for index in lost]) if lost else set()
        for index in lost:
            is_fenced = parts[index][0] in elsewhere
            answers[index] = FENCED if is_fenced else self._restore(*parts[index])
        for (active, _), answer in zip(parts, answers, strict=True):
            if answer != FENCED:
                active.log_is_behind = answer == AWAY
        return answers

    def _restore(self, active: ActiveRun, data: bytes) -> int:
        channel = active.channel
        text = bytes(channel.data) + data
        try:
            return self._log.restore(channel.subject, token=active.token, epoch=channel.epoch, text=text)
        except LogUnavailable:
            return AWAY


def _grown(runs: int, longest: float, full_load: int) -> float:
    """Return the seconds between flushes of so many runs: the shortest, growing in proportion until ``full_load``."""
    return SHORTEST + (longest - SHORTEST) * min(1.0, runs / full_load)


def _stored(text: str) -> bytes:
    """Encode text as it is logged and saved: with a NUL, PostgreSQL could never take the run's end."""
    return text.replace("\0", "").encode()


def _in_slices(items: Sequence[T]) -> Iterator[T]:
    """Yield each item, with a pause for other jobs after every ``SLICE``."""
    for count, item in enumerate(items, 1):
        yield item
        if count % SLICE == 0:
            time.sleep(0)


def _claimed_elsewhere(runs: list[ActiveRun]) -> set[ActiveRun]:
    """Return those that another worker has claimed or ended.

    A log that was lost has lost its fence, and would take the text of a producer that slept too long: before one
    is made anew, PostgreSQL is asked. When it is away too, they go on.
    """
    try:
        held = claims.held({active.run_id: active.token for active in runs})
    except (DatabaseError, PoolTimeout):
        return set()
    finally:
        release()
    return {active for active in runs if active.run_id not in held}
