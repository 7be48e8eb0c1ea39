"""Is the event loop moving? A lag gauge, and a witness that names the frame which blocks.

gevent's monitor thread (native) notices a hub that has not switched for ``LIMIT`` seconds and hands
over the stack of what runs. It must not log itself, because logging takes cooperative locks: it leaves
the report in a deque, and a job on the hub writes it.
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
from collections import deque

from core.runtime.jobs import spawn
from core.runtime.patch import is_patched

log = logging.getLogger(__name__)

LIMIT = 0.1
BEAT = 1.0
REPORT_EVERY = 5.0

_reports: deque[str] = deque(maxlen=20)
_blocked = 0
_lag = 0.0
_started = False


def lag() -> float:
    """Seconds by which the loop was late, the largest of the last few beats (decaying)."""
    return _lag


def blocked_count() -> int:
    """How often something has blocked the loop for longer than ``LIMIT`` in this process."""
    return _blocked


def start() -> None:
    """Begin watching in this process; called once per worker, after the fork."""
    global _started
    if _started:
        return
    _started = True
    if is_patched():
        _watch_hub()
    spawn("watchdog", _beat)


def _watch_hub() -> None:
    """Have gevent's monitor thread look at the main loop.

    Its own report walks every greenlet and prints it while nothing else can run: seconds on a busy worker,
    which is then blocked by the report of its being blocked. Here only the frame that blocks is looked at.
    """
    import gevent
    from gevent import config
    from gevent._monitor import PeriodicMonitoringThread

    class Witness(PeriodicMonitoringThread):  # type: ignore[misc]
        def monitor_blocking(self, hub: gevent.hub.Hub) -> None:
            global _blocked
            if self._greenlet_tracer.did_block_hub(hub):
                _blocked += 1
                frame = sys._current_frames().get(hub.thread_ident)
                _reports.append("".join(traceback.format_stack(frame)))

    config.max_blocking_time = LIMIT
    hub = gevent.get_hub()
    hub.periodic_monitoring_thread = Witness(hub)


def _beat() -> None:
    global _lag
    last_report = 0.0
    while True:
        before = time.monotonic()
        time.sleep(BEAT)
        now = time.monotonic()
        _lag = max(now - before - BEAT, _lag * 0.5)
        if _reports and now - last_report >= REPORT_EVERY:
            last_report = now
            log.warning(
                "the event loop was blocked for over %.0f ms by:\n%s", LIMIT * 1000, _reports.popleft()
            )
