"""Drain: accept nothing new, let runs end, hand the rest over, and have browsers reconnect elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable

from core.streams.cluster.heartbeat import Heartbeat
from core.streams.hub.active import Interrupt
from core.streams.hub.hub import Hub


def drain(hub: Hub, heartbeat: Heartbeat, *, seconds: float) -> None:
    """Let runs end for ``seconds``, then hand the rest over to other workers. Returns when all of it is done.

    Until the runs are handed over this worker stays alive, or others would take over what it is about to finish.
    """
    hub.is_draining = True
    _wait_until(lambda: not hub.active, seconds=seconds)
    for active in list(hub.active.values()):
        active.interrupt(Interrupt.HANDOVER)
    _wait_until(lambda: not hub.active, seconds=3)
    heartbeat.close()
    for channel in hub.channels():
        channel.close()
    _wait_until(lambda: not hub.subscriber_count(), seconds=1)


def _wait_until(condition: Callable[[], bool], *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
