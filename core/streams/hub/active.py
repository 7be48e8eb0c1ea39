"""A run that this process writes, between its claim and its saved end."""

from __future__ import annotations

import time
from enum import Enum
from uuid import UUID

from core.llm.cancel import Cancel
from core.streams.hub.channel import Channel


class State(Enum):
    """Whose the run is, as far as this process knows."""

    CLAIMING = "claiming"
    WRITING = "writing"
    FENCED = "fenced"


class Interrupt(Enum):
    """Why a run was told to end before its answer ends."""

    STOP = "stop"
    HANDOVER = "handover"
    FENCED = "fenced"


class ActiveRun:
    """One run, its claim, and its text on the way from the provider to the log and the channel.

    **The claim** (``state``):

    ========  ======================================  =================  ===============
    state     entered by                              text is logged     end is saved
    ========  ======================================  =================  ===============
    CLAIMING  creation                                no                 no
    WRITING   ``claimed(token)``                      yes                yes
    FENCED    ``fence()``: a newer claim exists       no                 no
    ========  ======================================  =================  ===============

    A new epoch of the same run calls ``claimed`` again, with a higher token. FENCED is final.

    **The end** (``interrupted``): ``interrupt(why)`` cancels the question to the model. The first reason counts.
    STOP saves what was written as stopped; HANDOVER saves nothing, because another worker continues; FENCED, too.

    **The text** waits in an outbox. One flush at a time takes all of it (core/streams/production/batcher.py):

    ========  =====================================  =======================================
    outbox    next                                   meaning
    ========  =====================================  =======================================
    empty     ``put`` → waiting                      everything is on the channel
    waiting   ``begin_flush`` → flushing             text waits, or the log has to be repaired
    flushing  ``end_flush`` or ``abort_flush``       a flush logs and shows it
    ========  =====================================  =======================================

    ``log_is_behind`` is True while text has been shown that the log lacks, because Redis was away. ``heard_at`` is the
    instant (``time.monotonic``) of the provider's last text, ``first_text_after`` the seconds that the visitor waited for
    the first one; None when it was not shown from here.
    """

    __slots__ = (
        "_is_flushing",
        "_waiting",
        "cancel",
        "channel",
        "first_text_after",
        "heard_at",
        "interrupted",
        "log_is_behind",
        "run_id",
        "state",
        "token",
    )

    def __init__(self, channel: Channel, *, run_id: UUID, cancel: Cancel) -> None:
        self.channel = channel
        self.run_id = run_id
        self.cancel = cancel
        self.state = State.CLAIMING
        self.token = 0
        self.interrupted: Interrupt | None = None
        self.log_is_behind = False
        self.heard_at = time.monotonic()
        self.first_text_after: float | None = None
        self._waiting: list[bytes] = []  # a deque would weigh 600 bytes more
        self._is_flushing = False

    def claimed(self, token: int) -> None:
        """Take note of the claim: the run is this worker's to write."""
        self.token = token
        if self.state is State.CLAIMING:
            self.state = State.WRITING

    def fence(self) -> None:
        """Take note of a newer claim: nothing more of this run is logged, shown or saved here."""
        self.state = State.FENCED
        self.interrupt(Interrupt.FENCED)

    def interrupt(self, why: Interrupt) -> None:
        """End the run here, for this reason; the first reason given counts."""
        self.interrupted = self.interrupted or why
        self.cancel.set()

    @property
    def is_fenced(self) -> bool:
        return self.state is State.FENCED

    @property
    def is_settled(self) -> bool:
        """Whether everything that was put is on the channel, or never will be."""
        return self.is_fenced or not (self._waiting or self._is_flushing)

    def put(self, data: bytes) -> None:
        """Add text, for the next flush to take."""
        self.heard_at = time.monotonic()
        self._waiting.append(data)

    def begin_flush(self) -> bytes | None:
        """Take all text that waits; None when there is nothing to do, or another flush is at it.

        Empty when only the log has to be repaired. Called under the batcher's lock.
        """
        if self.is_fenced or self._is_flushing or not (self._waiting or self.log_is_behind):
            return None
        self._is_flushing = True
        pieces = []
        while self._waiting:  # one by one: on threads, the producer may put more meanwhile
            pieces.append(self._waiting.pop(0))
        return b"".join(pieces)

    def abort_flush(self, data: bytes) -> None:
        """Undo ``begin_flush``: it has failed, and the next flush takes the text again."""
        self._waiting.insert(0, data)
        self._is_flushing = False

    def end_flush(self) -> None:
        """End what ``begin_flush`` began: the text is on the channel."""
        self._is_flushing = False
