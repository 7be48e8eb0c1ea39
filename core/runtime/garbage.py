"""Keep the garbage collector from stopping the event loop.

A collection walks every object of its generation. A full one walked all that is alive: 0.15 s right after booting (the
SDKs alone bring two hundred thousand objects), and under load 75 ms for a thousand streams. So what has survived a full
collection is frozen, out of all later ones: each walks only what has come to stay since the one before, and a growing
process is walked in portions.

While a worker starts there are no collections: nearly all that it makes stays. Importing the site took 3.0 s of CPU with
them and 2.4 without (medians of four by turns, two busy cores, Python 3.11). Of the 377,000 objects made,
1,700 are left in dead cycles; they are frozen with the rest, since looking for them took 0.3 s of the start.

A frozen object that dies is freed at once like any other, unless it is in a reference cycle. Requests, forms and
streams make no cycles; those of libraries are collected while nobody is served, or when they have become many.
"""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from core.runtime.jobs import spawn

# New objects by which the youngest are collected; of these collections every so many take the next generation along.
# A flush makes and drops some ten objects for each run, which is no reason to collect.
YOUNG: Final = 5_000
MIDDLE: Final = 3
OLD: Final = 1
LOOK_EVERY: Final = 30.0
# Frozen objects since the last thorough collection for which another one is worth its time.
ENOUGH: Final = 20_000
# Bytes by which a process may grow before it is collected thoroughly under load, which stops it for 0.3 s.
GROWTH: Final = 256 * 2**20


def settle(*, is_idle: Callable[[], bool]) -> None:
    """Freeze the objects that exist now, and have the rest collected, which is switched off while a worker starts.

    Once per worker.
    """
    _freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    gc.enable()
    gc.callbacks.append(_freeze_survivors)
    spawn("garbage", _look_for_frozen, is_idle)


def _freeze_survivors(phase: str, about: Mapping[str, Any]) -> None:
    if phase == "stop" and about["generation"] == 2:
        gc.freeze()


def _collect_thoroughly() -> None:
    gc.unfreeze()
    gc.collect()
    _freeze()


def _freeze() -> None:
    gc.freeze()
    gc.collect()  # Python compares what is new with what the last full collection has left: nothing


def _look_for_frozen(is_idle: Callable[[], bool]) -> None:
    grown_from, frozen = _resident(), 0
    while True:
        time.sleep(LOOK_EVERY)
        if not frozen and is_idle():  # counting takes 40 ms
            frozen = gc.get_freeze_count()
        if _resident() - grown_from > GROWTH or (is_idle() and gc.get_freeze_count() - frozen >= ENOUGH):
            _collect_thoroughly()
            grown_from, frozen = _resident(), gc.get_freeze_count()
        elif is_idle():
            gc.collect()


def _resident() -> int:
    """Return the resident bytes; 0 where the kernel does not say: then only an idle worker collects thoroughly."""
    with contextlib.suppress(OSError):
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0
