"""How much one process group takes on, where nothing says otherwise: workers, threads, connections, subscribers.

Read by ``gunicorn.conf.py`` before anything but the standard library is there, and by the settings.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# The roll-back's threads in each worker. A browser that watches a text being written holds one, so the last
# of them are kept for health, pages, forms and sign-in.
THREADS: Final = 32
THREADS_FOR_PAGES: Final = 8
# Connections on which a worker may wait for the client, in all and of one address (core/runtime/workers/client_waits.py).
# On threads this counts where hardly one is free.
CLIENT_WAITS: Final = {"gevent": (512, 256), "gthread": (6, 3)}
# Connections that are being answered: health, sign-in, stop and the pages.
ANSWERED: Final = 256
# Bytes that the kernel may keep for a client that doesn't take them; Linux counts twice as much, its own part included.
# Left to itself it keeps up to 4 MB for each, and slow clients use up what all connections of the machine share.
SEND_BUFFER: Final = 128 * 1024


def streams(worker_class: str, max_streams: int) -> int:
    """Return how many runs one worker writes at once."""
    return max_streams if worker_class == "gevent" else min(max_streams, THREADS - THREADS_FOR_PAGES)


def subscribers(worker_class: str, max_streams: int) -> int:
    """Return how many browsers one worker lets watch at once: half as many again, for runs written elsewhere."""
    if worker_class == "gevent":
        return max_streams + max_streams // 2
    return THREADS - THREADS_FOR_PAGES


def connections(max_streams: int) -> int:
    """Return how many connections one gevent worker takes: those that watch, wait, and are answered."""
    return subscribers("gevent", max_streams) + CLIENT_WAITS["gevent"][0] + ANSWERED


def cores(root: Path = Path("/")) -> int:
    """Return how many cores this process may use: its container's share of them, not the host's count.

    A share of one and a half gives two: a single worker could not use it up.
    """
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min([allowed, *(max(1, math.ceil(share)) for share in shares(root))])


def shares(root: Path) -> Iterator[float]:
    """Yield the limits on processor time of this process's control groups, in cores; ``root`` holds proc and sys.

    A limit holds for the groups below it, so all groups up to the top are read. Inside a container the
    group's path may be the host's and not be there: the top is read then.
    """
    for line in _read(root / "proc/self/cgroup").splitlines():
        hierarchy, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if hierarchy == "0":
            top, read = root / "sys/fs/cgroup", _share_v2
        elif "cpu" in controllers.split(","):
            top, read = root / "sys/fs/cgroup/cpu", _share_v1
        else:
            continue
        group = top / path.strip("/")
        for folder in (group, *group.parents):
            if folder == top.parent:
                break
            if (share := read(folder)) is not None:
                yield share


def _share_v2(group: Path) -> float | None:
    """Read ``cpu.max``: a quota (or ``max``) and its period."""
    quota, _, period = _read(group / "cpu.max").partition(" ")
    return _ratio(quota, period)


def _share_v1(group: Path) -> float | None:
    return _ratio(_read(group / "cpu.cfs_quota_us"), _read(group / "cpu.cfs_period_us"))


def _ratio(quota: str, period: str) -> float | None:
    try:
        share = int(quota) / int(period)
    except (ValueError, ZeroDivisionError):  # "max", or no such file
        return None
    return share if share > 0 else None  # version 1 says -1 for no limit


def _read(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""
