"""Keep the garbage collector from stopping the event loop.

A full collection walks every container object in the process: 0.15 s right after booting (the SDKs alone
bring two hundred thousand objects), and more with thousands of streams. CPython starts one whenever a
quarter of the long-lived objects is new, so under load every few seconds. Here what booting made is frozen
out of all collections, young objects are collected as usual, and full collections come rarely: while it is
quiet, and otherwise as seldom as keeps their share of the time small, so that garbage can't pile up either.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Final

from core.runtime.jobs import spawn

# A tick makes some ten objects for each run and drops them again: that is no reason to look for garbage.
YOUNG: Final = 10_000
NEVER: Final = 1_000_000
LOOK_EVERY: Final = 30.0
# Under load, a full collection that stopped the loop for a tenth of a second is followed by one 200 s later.
SHARE: Final = 2_000


def settle(*, is_quiet: Callable[[], bool]) -> None:
    """Freeze what is there now, and collect the rest from now on in this process. Once per worker."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, NEVER)
    spawn("garbage", _collect_seldom, is_quiet)


def _collect_seldom(is_quiet: Callable[[], bool]) -> None:
    due = time.monotonic() + LOOK_EVERY
    while True:
        time.sleep(LOOK_EVERY)
        if is_quiet() or time.monotonic() >= due:
            began = time.monotonic()
            gc.collect()
            due = time.monotonic() + (time.monotonic() - began) * SHARE
