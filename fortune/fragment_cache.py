"""Fragments of HTML that a worker has rendered and may need again: a bounded cache, owned by the app's config.

A reading's chart never changes, nor does a finished text, and a visitor opens the page two or three times. Keys hold no
birth and no text, only a reading's id and digests; values are plain HTML in this process's memory, as in the answer itself.
"""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from typing import TypeVar

from django.apps import apps

Strings = TypeVar("Strings", bound=tuple[str, ...])


class FragmentCache:
    """A cache of tuples of strings, bounded in bytes; the least recently used goes first."""

    def __init__(self, most_bytes: int) -> None:
        self.bytes = 0
        self._most = most_bytes
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, tuple[str, ...]] = OrderedDict()

    def find(self, key: Hashable, make: Callable[[], Strings]) -> Strings:
        """Return the value of ``key``; make and cache it if there is none."""
        with self._lock:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
                return found  # type: ignore[return-value]  # a key is always used with the same kind of tuple
        made = make()
        self.put(key, made)
        return made

    def put(self, key: Hashable, value: tuple[str, ...]) -> None:
        with self._lock:
            self.bytes += _size(value) - _size(self._values.pop(key, ()))
            self._values[key] = value
            while self.bytes > self._most:
                self.bytes -= _size(self._values.popitem(last=False)[1])

    def forget(self, readings: Collection[Hashable]) -> None:
        """Drop everything of these readings: their ids are the first part of its keys."""
        with self._lock:
            for key in [key for key in self._values if isinstance(key, tuple) and key[0] in readings]:
                self.bytes -= _size(self._values.pop(key))

    def __len__(self) -> int:
        return len(self._values)


def fragment_cache() -> FragmentCache:
    """Return this process's cache."""
    found: FragmentCache = apps.get_app_config("fortune").fragment_cache  # type: ignore[attr-defined]
    return found


def _size(value: tuple[str, ...]) -> int:
    return sum(map(sys.getsizeof, value))
