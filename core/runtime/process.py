"""One object for each process."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class PerProcess(Generic[T]):
    """An object that is built at the first call, and anew after a fork: sockets, threads and locks can't be inherited."""

    def __init__(self, build: Callable[[], T]) -> None:
        self._build = build
        self._lock = threading.RLock()
        self._built: tuple[int, T] | None = None  # by which process, and what

    def __call__(self) -> T:
        built = self._built
        if built is None or built[0] != os.getpid():
            with self._lock:
                built = self._built
                if built is None or built[0] != os.getpid():
                    built = self._built = (os.getpid(), self._build())
        return built[1]

    def replace(self, value: T | None) -> T | None:
        """Put ``value`` in the place of what was built (None: build another at the next call). Return what was there."""
        with self._lock:
            before, self._built = self._built, None if value is None else (os.getpid(), value)
        return None if before is None else before[1]
