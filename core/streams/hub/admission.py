"""Room in this process for runs and for browsers, reserved in one step and given back once.

``MAX_STREAMS`` bounds the runs written here, ``MAX_SUBSCRIBERS`` the browsers that watch one. Both stay below
gunicorn's ``worker_connections``, or its ``threads`` after a roll-back, so that health, sign-in, stop and the
pages keep connections of their own (``config/capacity.py``).

A place is reserved before anything is charged, stored or asked of a model. To look first and take later would let
in as many as look at the same moment.

Places bound what runs, turns (``turns.py``) what begins: work that is admitted comes after work that runs.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Hashable
from typing import Final, NoReturn, Self

from django.conf import settings

from core.runtime import Watchdog
from core.streams import metrics
from core.streams.hub.hub import Hub
from core.streams.hub.turns import Turn, Turns

# Streams of one reading that one visitor may have open; of all readings it is ``STREAMS_PER_VISITOR``. Both are counted
# by each worker, whose places they protect (docs/decisions/013-arrivals.md).
STREAMS_OF_A_READING: Final = 4
# Runs that begin at once in one process, as far as the database's pool has connections for twice as many.
TURNS: Final = 4
# Seconds. A loop that is this late serves nobody well: newcomers are sent away until it has caught up.
TOO_LATE: Final = 0.5


class Full(Exception):
    """This process takes no more. ``retry_after`` is in whole seconds, spread so that not all come back at once."""

    def __init__(self) -> None:
        super().__init__("full")
        self.retry_after = random.randint(2, 6)  # noqa: S311


class TooManyStreams(Exception):
    """The visitor has as many streams open as one visitor may."""

    retry_after: Final = 5


class Place:
    """Room for one run or one browser, until ``release``, which may be called again.

    As a context manager it is released in the end, unless ``keep`` has given it to what goes on without the caller.
    """

    __slots__ = ("_all", "_is_kept", "counted")

    def __init__(self, places: Places) -> None:
        self._all = places
        self._is_kept = False
        self.counted: list[Hashable] = []  # guarded by the lock of ``Places``

    def count(self, whose: Hashable, *, most: int) -> None:
        """Count it as one of ``whose`` places. Raises ``TooManyStreams`` when those are ``most`` already."""
        if not self._all.count(self, whose, most=most):
            raise TooManyStreams

    def release(self) -> None:
        self._all.release(self)

    def keep(self) -> None:
        """Keep it past the end of the ``with`` block: somebody else releases it."""
        self._is_kept = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._is_kept:
            self.release()


class Places:
    """Places of one kind. On threads several ask at once: each step is taken under a lock."""

    def __init__(self) -> None:
        self._places: set[Place] = set()
        self._counts: Counter[Hashable] = Counter()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._places)

    def reserve(self, *, most: int, besides: Callable[[], int] = lambda: 0) -> Place | None:
        """Return a place; None when ``most`` are taken, ``besides`` included."""
        with self._lock:
            # A run that moves from its place to ``besides`` meanwhile is counted twice, and not missed.
            if len(self._places) + besides() >= most:
                return None
            place = Place(self)
            self._places.add(place)
            return place

    def count(self, place: Place, whose: Hashable, *, most: int) -> bool:
        """Count the place under ``whose``, unless ``most`` are."""
        with self._lock:
            if place not in self._places or self._counts[whose] >= most:
                return False
            self._counts[whose] += 1
            place.counted.append(whose)
            return True

    def release(self, place: Place) -> None:
        with self._lock:
            if place in self._places:
                self._places.discard(place)
                self._counts.subtract(place.counted)
                for whose in place.counted:
                    if not self._counts[whose]:
                        del self._counts[whose]


class Admission:
    """Gives out the places of this process.

    A run has a place until it is active: from then on the hub counts it. A browser has one until its connection ends.
    """

    def __init__(self, hub: Hub, watchdog: Watchdog) -> None:
        self._hub = hub
        self._watchdog = watchdog
        self._beginning = Places()
        self._streams = Places()
        connections = settings.DATABASES["default"]["POOL_OPTIONS"]["POOL_SIZE"]
        self.turns = Turns(max(1, min(TURNS, connections // 2)))

    def take_turn(self) -> Turn:
        """Wait until it is this request's turn to begin a run. Raises ``Full``, within half a second."""
        turn = None if self._hub.is_draining or self._watchdog.late_by() > TOO_LATE else self.turns.take()
        if turn is None:
            _refuse("begin")
        return turn

    def reserve_run(self) -> Place:
        """Return a place for one more run. Raises ``Full``."""
        place = None if self._hub.is_draining else self.spare_run()
        if place is None:
            _refuse("write")
        return place

    def spare_run(self) -> Place | None:
        """Return a place for a run that another worker has left, if there is one."""
        return self._beginning.reserve(most=settings.MAX_STREAMS, besides=lambda: len(self._hub.active))

    def room(self) -> int:
        """Return for how many more runs there is a place now. None is taken by asking: ``spare_run`` may still find none."""
        return max(0, settings.MAX_STREAMS - len(self._beginning) - len(self._hub.active))

    def reserve_stream(self, visitor: str = "") -> Place:
        """Return a place for one more browser that watches a run. Raises ``Full`` and ``TooManyStreams``."""
        place = None if self._hub.is_draining else self._streams.reserve(most=settings.MAX_SUBSCRIBERS)
        if place is None:
            _refuse("watch")
        if visitor:
            try:
                place.count(visitor, most=settings.STREAMS_PER_VISITOR)
            except TooManyStreams:
                place.release()
                raise
        return place

    @property
    def watching(self) -> int:
        """The number of browsers that have a place."""
        return len(self._streams)

    def load(self) -> float:
        """Return how full this process is: 0 when idle, 1 when it takes nothing more."""
        written = (len(self._beginning) + len(self._hub.active)) / settings.MAX_STREAMS
        watched = self.watching / settings.MAX_SUBSCRIBERS
        return round(max(written, watched), 2)


def _refuse(step: str) -> NoReturn:
    metrics.rejected.labels(step).inc()
    raise Full
