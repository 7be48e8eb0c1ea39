"""Is the event loop moving? A lag gauge, and a witness that names the frame which blocks.

gevent's monitor thread (native) notices a hub that has not switched for ``LIMIT`` seconds and hands
over the stack of what runs. It must not log itself, because logging takes cooperative locks: it leaves
the report in a deque, and a job on the hub writes it.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from itertools import takewhile

from core.runtime.jobs import spawn
from core.runtime.patch import is_patched

log = logging.getLogger(__name__)

LIMIT = 0.1
BEAT = 0.1
REPORT_EVERY = 5.0

_reports: deque[tuple[float, str]] = deque(maxlen=20)
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
    import gevent
    from gevent import config, events

    config.monitor_thread = True
    config.max_blocking_time = LIMIT

    def blocked(event: object) -> None:
        global _blocked
        if isinstance(event, events.EventLoopBlocked):
            _blocked += 1
            # After the blocked stack comes every other thread and greenlet: thousands of lines on a busy worker.
            stack = takewhile(lambda line: not line.startswith("Info:"), event.info)
            _reports.append((event.blocking_time, "\n".join(stack)))

    events.subscribers.append(blocked)
    gevent.get_hub().start_periodic_monitoring_thread()


def _beat() -> None:
    global _lag
    last_report = 0.0
    while True:
        before = time.monotonic()
        time.sleep(BEAT)
        now = time.monotonic()
        _lag = max(now - before - BEAT, _lag * 0.9)
        if _reports and now - last_report >= REPORT_EVERY:
            last_report = now
            seconds, stack = _reports.popleft()
            log.warning("the event loop was blocked for %.0f ms by:\n%s", seconds * 1000, stack)
