"""Watch the event loop: its lag, and the frame that blocks it.

gevent's monitor thread (native) notices a hub that has not switched for ``LIMIT`` seconds and hands
over the stack of what runs. It must not log itself, because logging takes cooperative locks: it leaves
the report in a deque, and a job on the hub writes it. A block of ``LONG`` is an error, of which an operator
is told (core/ops/observability.py), as Django's check of asynchronous code would be: at most one in ``ALARM_EVERY``.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import structlog

from core.runtime.jobs import Job, spawn
from core.runtime.patch import is_patched

log = structlog.stdlib.get_logger(__name__)

ROOT = f"{Path(__file__).parents[2]}/"
LIMIT = 0.1
LONG = 1.0
SAMPLE_SECONDS = 0.1
# Of a lag, half is left after a second.
DECAY = 0.93
REPORT_EVERY = 5.0
ALARM_EVERY = 600.0


@dataclass(frozen=True, slots=True)
class Report:
    """The stack of what has blocked the loop, for how long at least, and its innermost function of ours."""

    seconds: float
    frame: str
    stack: str


class Watchdog:
    """The watch over this process's loop. Until it is started, and on threads, it has seen nothing.

    ``lag`` is the seconds by which the loop was late: the largest of the last few seconds, decaying, for figures.
    ``blocked`` is how often it was blocked for longer than ``LIMIT``.
    """

    def __init__(self) -> None:
        self.lag = 0.0
        self.blocked = 0
        self._late = 0.0
        self._due = float("inf")
        self._reports: deque[Report] = deque(maxlen=20)
        self._job: Job | None = None

    def start(self) -> None:
        """Start watching; called once per worker, after the fork. Further calls do nothing."""
        if self._job is None:
            if is_patched():
                self._watch_hub()
            self._job = spawn("watchdog", self._run)

    def late_by(self) -> float:
        """Return the seconds by which the loop is late now: at the last look, a tenth of a second ago, or since."""
        return max(self._late, time.monotonic() - self._due)

    def _watch_hub(self) -> None:
        """Let gevent's monitor thread watch the main loop.

        Its own report prints every greenlet while nothing else can run: seconds on a busy worker, which is then
        blocked by the report about being blocked. This one takes only the frame that blocks.
        """
        import gevent
        from gevent import config
        from gevent._monitor import PeriodicMonitoringThread

        watchdog = self

        class Monitor(PeriodicMonitoringThread):  # type: ignore[misc]
            looks = 0  # one after another at which the hub had not switched

            def monitor_blocking(self, hub: gevent.hub.Hub) -> None:
                self.looks = self.looks + 1 if self._greenlet_tracer.did_block_hub(hub) else 0
                watchdog.blocked += self.looks == 1
                if self.looks in (1, round(LONG / LIMIT)):
                    frame = sys._current_frames().get(hub.thread_ident)
                    watchdog._reports.append(_report(self.looks * LIMIT, frame))

        config.max_blocking_time = LIMIT
        hub = gevent.get_hub()
        hub.periodic_monitoring_thread = Monitor(hub)

    def _run(self) -> None:
        last_report = last_alarm = -ALARM_EVERY
        while True:
            self._due = time.monotonic() + SAMPLE_SECONDS
            time.sleep(SAMPLE_SECONDS)
            now = time.monotonic()
            self._late = now - self._due
            self.lag = max(self._late, self.lag * DECAY)
            if self._reports and now - last_report >= REPORT_EVERY:
                last_report = now
                reports = [self._reports.popleft() for _ in range(len(self._reports))]
                if _log_longest(reports, alarm=now - last_alarm >= ALARM_EVERY):
                    last_alarm = now


def _report(seconds: float, frame: FrameType | None) -> Report:
    stack = traceback.extract_stack(frame)
    ours = [
        entry for entry in stack if entry.filename.startswith(ROOT) and "site-packages" not in entry.filename
    ]
    innermost = (ours or stack)[-1]
    name = f"{innermost.filename.removeprefix(ROOT)} {innermost.name}"
    return Report(seconds, name, "".join(stack.format()))


def _log_longest(reports: list[Report], *, alarm: bool) -> bool:
    """Log the longest of what has blocked the loop. Return whether as an error, which needs ``alarm``."""
    longest = max(reports, key=lambda report: report.seconds)
    is_error = alarm and longest.seconds >= LONG
    write = log.error if is_error else log.warning
    write("event loop blocked", seconds=longest.seconds, frame=longest.frame, stack=longest.stack)
    return is_error
