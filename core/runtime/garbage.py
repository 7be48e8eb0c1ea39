"""Keep the garbage collector from stopping the event loop.

A full collection walks every container object in the process: 0.15 s right after booting (the SDKs alone
bring two hundred thousand objects), and under load 0.1 s for a thousand streams. CPython starts one whenever a
quarter of the long-lived objects is new: every few seconds while streams arrive. So the objects made at boot are
frozen out of all collections, young objects are collected in small portions, and full collections run while the
worker is quiet, or when its memory has grown. Requests, forms and streams make no reference cycles, so almost
all of them are freed without a collection.
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

# A flush makes and drops some ten objects for each run, which is no reason to collect.
# A collection of 5,000 young objects takes up to 12 ms while streams run, of those that survived once up to 27.
YOUNG: Final = 5_000
MIDDLE: Final = 3
NEVER: Final = 1_000_000
LOOK_EVERY: Final = 30.0
# Bytes by which a busy process may grow before a full collection.
GROWTH: Final = 64 * 2**20


def settle(*, is_quiet: Callable[[], bool]) -> None:
    """Freeze the objects that exist now and set the collector for the rest. Once per worker."""
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
    """Return the resident bytes; 0 where the kernel does not say: then only a quiet worker collects."""
    with contextlib.suppress(OSError):
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0
