"""Graceful shutdown: whether a worker is replaced by a reload or stops for good, and how long it may stay.

SIGTERM does not say why it was sent. After SIGHUP gunicorn's master starts new workers, sends SIGTERM to the old ones
and repeats it every second; when the instance stops it sends SIGTERM as well, and SIGKILL after the grace. So the
master notes in shared memory what it is about, and workers look there.
"""

from __future__ import annotations

import contextlib
import enum
import mmap
import queue
import signal
import struct
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

# A run that began on a connection that was still open, and the save of its end.
MARGIN: Final = 15.0


class Stage(enum.Enum):
    """A worker serves; finishes its runs, because a reload has replaced it; or stops within its grace."""

    SERVING = "serving"
    REPLACED = "replaced"
    STOPPING = "stopping"


class Notices:
    """Written by gunicorn's master, read by its workers. A fork shares it; a reload must not make another one."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, 16)

    def replace(self, newest: int) -> None:
        """Note that a reload replaces the workers up to this age (gunicorn numbers them as it starts them)."""
        struct.pack_into("q", self._memory, 0, newest)

    def stop(self) -> None:
        """Note that the instance stops."""
        struct.pack_into("q", self._memory, 8, 1)

    def is_replaced(self, age: int) -> bool:
        return bool(age <= struct.unpack_from("q", self._memory, 0)[0])

    @property
    def is_stopping(self) -> bool:
        return bool(struct.unpack_from("q", self._memory, 8)[0])


def note_stops(server: Any) -> None:
    """Have gunicorn's master note at once when it is told to stop.

    It works off its signals one after another and waits for old workers after each reload, up to the grace: without
    the note, neither they nor the new ones would know of the stop meanwhile, and be killed with it.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        server.notices.stop()
        with contextlib.suppress(queue.Empty):
            while True:
                server.SIG_QUEUE.get_nowait()  # reloads that wait for their turn
        server.signal(number, frame)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, stop)


class GracefulShutdown:
    """For gunicorn's workers: after a reload, stay until the last run has ended; when the instance stops, go.

    ``notices``, ``longest_run`` (seconds) and ``is_busy`` are set by gunicorn.conf.py.
    """

    alive: bool
    age: int
    cfg: Any
    notices: Notices
    longest_run: float
    is_busy: Callable[[], bool]
    _terminated_at: float | None = None

    def stage(self) -> Stage:
        """Return what this worker does now. A replaced one that outlasts the longest run stops."""
        if self.notices.is_stopping:
            return Stage.STOPPING
        if self._terminated_at is None:
            return Stage.SERVING
        is_in_time = time.monotonic() - self._terminated_at < self.longest_run + MARGIN
        return Stage.REPLACED if self.notices.is_replaced(self.age) and is_in_time else Stage.STOPPING

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Answer SIGTERM, which is repeated."""
        if self._terminated_at is None:
            self._terminated_at = time.monotonic()
            if self.stage() is Stage.REPLACED:
                # gunicorn closes connections after this time; those of the last runs are ended in time.
                grace = self.cfg.graceful_timeout
                self.cfg.set("graceful_timeout", round(self.longest_run + MARGIN + grace))
        super().handle_exit(sig, frame)  # type: ignore[misc]

    def notify(self) -> None:
        """Tell the master that this worker lives: once a second, until it goes."""
        super().notify()  # type: ignore[misc]
        if self.alive and self.notices.is_stopping:
            self.alive = False

    def run(self) -> None:
        """Serve; then wait for what gunicorn does not know of: detached connections, runs that no browser watches."""
        super().run()  # type: ignore[misc]
        while self.stage() is Stage.REPLACED and self.is_busy():
            self.notify()
            time.sleep(0.2)
