"""Keep the garbage collector from stopping the event loop.

A full collection walks every container object in the process: 0.15 s right after booting (the SDKs alone
bring two hundred thousand objects), and half a second with thousands of streams. CPython starts one
whenever a quarter of the long-lived objects is new, so under load every few seconds. Here what booting
made is frozen out of all collections, young objects are collected as usual, and the full collection waits
for a quiet moment, ten minutes at most.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Final

from core.runtime.jobs import spawn

YOUNG: Final = 2_000
NEVER: Final = 1_000_000
LOOK_EVERY: Final = 30.0
LONGEST: Final = 600.0


def settle(*, is_quiet: Callable[[], bool]) -> None:
    """Freeze what is there now, and collect the old only while it is quiet. Once per worker."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, NEVER)
    spawn("garbage", _collect_when_quiet, is_quiet)


def _collect_when_quiet(is_quiet: Callable[[], bool]) -> None:
    collected = time.monotonic()
    while True:
        time.sleep(LOOK_EVERY)
        if is_quiet() or time.monotonic() - collected > LONGEST:
            gc.collect()
            collected = time.monotonic()
