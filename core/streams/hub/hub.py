"""The channels of this process, by subject; and the runs that it writes."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Final
from uuid import UUID

from core.llm.cancel import Cancel
from core.streams.hub.channel import Channel, Subscriber


class ActiveRun:
    """A run that this process writes: its claim, and the text on its way into the log.

    ``pending`` is read from the provider but not yet logged; ``synced`` is False while the log may
    differ from what has been shown, because Redis was away.
    """

    __slots__ = ("cancel", "channel", "fenced", "in_flight", "pending", "run_id", "synced", "token", "why")

    def __init__(self, channel: Channel, *, run_id: UUID, token: int, cancel: Cancel) -> None:
        self.channel = channel
        self.run_id = run_id
        self.token = token
        self.cancel = cancel
        self.pending: deque[bytes] = deque()
        self.in_flight = False
        self.synced = True
        self.fenced = False
        self.why = ""  # why it was cancelled: "stop", "handover", "fenced"

    def interrupt(self, why: str) -> None:
        """Make the writer stop, for this reason (the first one given counts)."""
        self.why = self.why or why
        self.cancel.set()


# How long an earlier writing may take to leave: one that saves looks at the database every ten seconds.
EARLIER_ENDS_WITHIN: Final = 30.0

_channels: dict[UUID, Channel] = {}
# On threads subscribers come while others leave: a channel must not go between being found and being joined.
_lock = threading.Lock()
active_runs: dict[UUID, ActiveRun] = {}


def wait_for_earlier(subject: UUID, token: int) -> bool:
    """Wait for an earlier writing of the subject to leave the board; one whose claim is older than ``token`` is told to.

    It has saved its end and is about to leave, or it lost its claim while it slept and still waits for its
    provider. False when it does not go.
    """
    deadline = time.monotonic() + EARLIER_ENDS_WITHIN
    while earlier := active_runs.get(subject):
        if 0 < earlier.token < token:
            earlier.interrupt("fenced")
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def channel(subject: UUID) -> Channel | None:
    return _channels.get(subject)


def subscribe(subject: UUID, reader: Subscriber) -> Channel | None:
    """Give the reader a place on the subject's channel, if there is one."""
    with _lock:
        if found := _channels.get(subject):
            found.subscribers.add(reader)
        return found


def add(new: Channel, reader: Subscriber | None = None) -> Channel:
    """Keep this channel, with its first reader; when the subject has one already, that one is taken instead."""
    with _lock:
        kept = _channels.setdefault(new.subject, new)
        if reader is not None:
            kept.subscribers.add(reader)
        return kept


def forget_if_over(subject: UUID) -> None:
    """Drop a channel that has ended, though its last subscribers are still leaving: the subject is live again."""
    with _lock:
        channel = _channels.get(subject)
        if channel is not None and channel.end is not None and not channel.local:
            del _channels[subject]


def unsubscribe(channel: Channel, reader: Subscriber) -> None:
    """A reader goes; the channel goes with the last one, unless it is being written here."""
    with _lock:
        channel.subscribers.discard(reader)
        _forget_if_unused(channel)


def replace(channel: Channel, reader: Subscriber, other: Subscriber) -> None:
    """Give a reader's place to another one."""
    with _lock:
        channel.subscribers.discard(reader)
        channel.subscribers.add(other)


def forget_if_unused(channel: Channel) -> None:
    with _lock:
        _forget_if_unused(channel)


def _forget_if_unused(channel: Channel) -> None:
    if not channel.subscribers and not channel.local and _channels.get(channel.subject) is channel:
        del _channels[channel.subject]


def tailed() -> list[Channel]:
    """Channels with subscribers here and a writer elsewhere, still open."""
    return [c for c in all_channels() if not c.local and c.end is None and c.subscribers]


def subscriber_count() -> int:
    return sum(len(c.subscribers) for c in all_channels())


def stream_count() -> int:
    """Runs written and browsers served by this process."""
    return len(active_runs) + subscriber_count()


def all_channels() -> list[Channel]:
    return list(_channels.values())
