"""A few at a time, in the order in which they came, and nobody waits for long.

Beginning a reading costs a worker some milliseconds of processor time between several waits for the database. With a
hundred of them begun at once, each waits for all others at every step, the database's pool is what gives way (after
seconds), and the texts that run meanwhile come late. With a few at a time the same number is served in the same time,
and whoever can't be is known at once.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from typing import Final

# Seconds that one waits for a turn before being refused.
PATIENCE: Final = 0.4
# While the first in the line has waited for so long, newcomers are refused at once: they would wait in vain.
LATE: Final = 0.2


class Turn:
    """The right to work now, until ``release``, which may be called again."""

    __slots__ = ("_turns",)

    def __init__(self, turns: Turns) -> None:
        self._turns: Turns | None = turns

    def release(self) -> None:
        turns, self._turns = self._turns, None
        if turns is not None:
            turns.pass_on()


class Turns:
    """Gives ``at_once`` turns."""

    def __init__(self, at_once: int, *, patience: float = PATIENCE, late: float = LATE) -> None:
        self._free = at_once
        self._patience = patience
        self._late = late
        self._line: deque[tuple[float, threading.Event]] = deque()
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """The number in the line."""
        return len(self._line)

    def take(self) -> Turn | None:
        """Wait for a turn; None when it would take too long."""
        now, called = time.monotonic(), threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                return Turn(self)
            if self._line and now - self._line[0][0] > self._late:
                return None
            entry = (now, called)
            self._line.append(entry)
        try:
            called.wait(self._patience)
        except BaseException:
            if turn := self._leave(entry):
                turn.release()
            raise
        return self._leave(entry)

    def _leave(self, entry: tuple[float, threading.Event]) -> Turn | None:
        """Leave the line, with the turn if one was given."""
        with self._lock:
            if entry[1].is_set():
                return Turn(self)
            with contextlib.suppress(ValueError):  # it was passed over
                self._line.remove(entry)
        return None

    def pass_on(self) -> None:
        """Give the turn that has ended to the next in the line who still waits."""
        now = time.monotonic()
        with self._lock:
            while self._line:
                since, called = self._line.popleft()
                if now - since <= self._patience:
                    called.set()
                    return
            self._free += 1
