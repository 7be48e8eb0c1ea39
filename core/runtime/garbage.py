"""Keep the garbage collector from stopping the event loop.

A full collection walks every container object in the process: 0.15 s right after booting (the SDKs alone
bring two hundred thousand objects), and under load 0.1 s for a thousand streams. CPython starts one whenever a
quarter of the long-lived objects is new, so every few seconds while streams come. Here what booting made is
frozen out of all collections, young objects are collected in small portions, and full collections come while
it is quiet. Under load there is one only when memory has grown: requests, forms and streams hold on to nothing
that holds on to them, so that almost all of them goes without a collection.
"""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from core.runtime.jobs import spawn

# A tick makes some ten objects for each run and drops them again: that is no reason to look for garbage.
# Of young ones, 5,000 take up to 12 ms where streams have the caches, and those that have survived once, up to 27.
YOUNG: Final = 5_000
MIDDLE: Final = 3
NEVER: Final = 1_000_000
LOOK_EVERY: Final = 30.0
# Bytes by which a busy process may grow before it looks for old garbage.
GROWTH: Final = 64 * 2**20


def settle(*, is_quiet: Callable[[], bool]) -> None:
    """Freeze what is there now, and collect the rest from now on in this process. Once per worker."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, NEVER)
    spawn("garbage", _collect_seldom, is_quiet)


def _collect_seldom(is_quiet: Callable[[], bool]) -> None:
    collected_at = _resident()
    while True:
        time.sleep(LOOK_EVERY)
        if is_quiet() or _resident() - collected_at > GROWTH:
            gc.collect()
            collected_at = _resident()


def _resident() -> int:
    """Bytes in memory; 0 where the kernel does not tell, and then it is only collected while it is quiet."""
    with contextlib.suppress(OSError):
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0
