"""Accept connections evenly: a worker that carries more than its emptiest sibling lets that one accept first.

All workers of a master wait on one listening socket, and whichever is awake takes what comes: of sixty browsers that came
to two idle workers within a second, one got fifty-seven. The kernel's own way of sharing (``reuse_port``) hashes
addresses and gives a connection to a worker whether it can serve it or not. So each worker writes what it carries
into memory that all share, looks before it accepts, and waits a moment if it is ahead. The kernel has woken the
others as well: an emptier one that can serve takes the connection meanwhile, and if none does, this one takes it.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from gevent.server import StreamServer

# By so many connections a worker may be ahead of its emptiest sibling, and so long it waits when it is by more.
AHEAD: Final = 2
PAUSE: Final = 0.01
# Connections accepted in one go, before those that are served get their turn. With fewer, whoever has to be refused
# would wait for it in the kernel's queue as long as the loop has other work.
AT_ONCE: Final = 16
_SLOTS: Final = 64
_SLOT: Final = struct.Struct("qq")


class Loads:
    """The loads of all workers of a master, in memory that a fork shares."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _SLOTS * _SLOT.size)

    def write(self, age: int, load: int) -> None:
        """Note what the worker of this age (gunicorn numbers them as it starts them) carries."""
        _SLOT.pack_into(self._memory, age % _SLOTS * _SLOT.size, age, load)

    def forget(self, age: int) -> None:
        """Forget a worker that accepts no more."""
        place = age % _SLOTS * _SLOT.size
        if _SLOT.unpack_from(self._memory, place)[0] == age:
            _SLOT.pack_into(self._memory, place, 0, 0)

    def least_of_others(self, age: int) -> int | None:
        """Return what the emptiest other worker carries; None when there is no other."""
        loads = [load for other, load in _SLOT.iter_unpack(self._memory) if other and other != age]
        return min(loads, default=None)


class EvenServer(StreamServer):  # type: ignore[misc]
    """gunicorn's server of one listening socket, for a worker that has ``loads``, ``age`` and ``carries``."""

    max_accept = AT_ONCE

    def __init__(self, worker: Any, listener: Any, *, spawn: Any, **options: Any) -> None:
        for name in (
            "application",
            "log",
            "handler_class",
            "environ",
        ):  # of servers that speak HTTP themselves
            options.pop(name, None)
        super().__init__(listener, handle=partial(worker.handle, listener), spawn=spawn, **options)
        self._loads: Loads = worker.loads
        self._age: int = worker.age
        self._carries: Callable[[], int] = worker.carries

    def start(self) -> None:
        """Accept connections from now on."""
        self._loads.write(self._age, 0)
        super().start()

    def close(self) -> None:
        """Accept no more."""
        self._loads.forget(self._age)
        super().close()

    def _do_read(self) -> None:
        if self._is_ahead():
            self.stop_accepting()
            self._timer = self.loop.timer(PAUSE)
            self._timer.start(self._after_pause)
        else:
            super()._do_read()

    def _after_pause(self) -> None:
        if self.started:
            self.start_accepting()
            super()._do_read()  # what nobody else has taken

    def _is_ahead(self) -> bool:
        """Note what this worker carries, and return whether that is more than a sibling that could accept."""
        carried = self._carries() + self.pool.size - self.pool.free_count()
        self._loads.write(self._age, carried)
        least = self._loads.least_of_others(self._age)
        return least is not None and carried > least + AHEAD
