"""CPU-bound work in native threads, while this greenlet waits cooperatively.

Password hashing takes half a second of CPU; in a greenlet that is half a second during which nobody's
text moves. One native thread per worker: on two cores, ten (gevent's default pool) made the streams'
gaps grow, one did not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from core.runtime.patch import is_patched

T = TypeVar("T")

THREADS = 1

_lock = threading.Lock()
_pool: Any = None


def native(fn: Callable[..., T], *args: Any) -> T:
    """Run ``fn(*args)`` in the native thread and return its result. ``fn`` must do no I/O and take no lock of ours."""
    if not is_patched():
        return fn(*args)
    result: T = _get_pool().apply(fn, args)
    return result


def _get_pool() -> Any:
    global _pool
    if _pool is None:
        from gevent.threadpool import ThreadPool

        with _lock:
            if _pool is None:
                _pool = ThreadPool(THREADS)
    return _pool
