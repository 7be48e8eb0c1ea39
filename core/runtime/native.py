"""CPU-bound work in native threads, while this greenlet waits cooperatively.

Password hashing takes half a second of CPU; in a greenlet that is half a second during which nobody's
text moves. One native thread per worker: on two cores, ten (gevent's default pool) made the streams'
gaps grow, one did not. The pool is a module's object because hashers and image code, which others build and call,
reach it by name, and because a process must have one: with two, two native threads would compete with the loop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from core.runtime.patch import is_patched
from core.runtime.process import PerProcess

T = TypeVar("T")

THREADS = 1


def in_native_thread(fn: Callable[..., T], *args: Any) -> T:
    """Run ``fn(*args)`` in the native thread and return its result. ``fn`` must do no I/O and take no lock of ours."""
    if not is_patched():
        return fn(*args)
    result: T = _pool().apply(fn, args)
    return result


def _new_pool() -> Any:
    from gevent.threadpool import ThreadPool

    return ThreadPool(THREADS)


_pool = PerProcess(_new_pool)
