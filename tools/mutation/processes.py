"""Work in processes of their own, with bounds of time and memory, whose services don't meet."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

# Bytes: an endless list ends its own process before it troubles others.
MEMORY: Final = 4 << 30
# The most that run at once.
SLOTS: Final = 8


class Process:
    """``work(*arguments)`` in a process of its own, number ``slot`` of those that run at once; it prints to ``output``."""

    def __init__(
        self, output: Path, slot: int, seconds: float, work: Callable[..., object], *arguments: object
    ) -> None:
        context = multiprocessing.get_context("fork")
        self.slot = slot
        self.answer, there = context.Pipe(duplex=False)
        # An endless loop uses up its processor time; a wait without end takes only time, and the machine may be busy.
        self._until = time.monotonic() + 60 + 5 * seconds
        self._process = context.Process(target=_work, args=(output, slot, seconds, there, work, arguments))
        self._process.start()
        there.close()

    @property
    def is_late(self) -> bool:
        return time.monotonic() > self._until

    def end(self) -> Any:
        """Return what the work returned; None if it died, or was late."""
        try:
            return self.answer.recv() if self.answer.poll() else None
        except EOFError:
            return None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid or 0, signal.SIGKILL)
            self._process.join()
            self.answer.close()


def _work(
    output: Path,
    slot: int,
    seconds: float,
    there: Connection,
    work: Callable[..., object],
    arguments: Any,
) -> None:
    os.setsid()  # what the tests start ends with them
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    # As pytest-xdist does it: the processes share the migrated database, and each has a copy and a Redis of its own.
    os.environ |= {
        "PYTEST_XDIST_TESTRUNUID": f"mutate{os.getppid()}",
        "PYTEST_XDIST_WORKER": f"gw{slot}",
        "PYTEST_XDIST_WORKER_COUNT": str(SLOTS),  # which shares out Redis's databases
    }
    if url := os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = urlsplit(url)._replace(path=f"/mutate{slot}").geturl()
    with output.open("w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    there.send(work(*arguments))
    os._exit(0)  # jobs that a mutant left behind are not waited for
