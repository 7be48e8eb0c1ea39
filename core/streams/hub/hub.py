"""The channels of this process, by subject, and the runs that it writes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.conf import settings

from core.llm.cancel import Cancel
from core.streams.hub.active import ActiveRun, Interrupt
from core.streams.hub.channel import Channel, Subscriber
from core.streams.models import Run

# How long an earlier run of a subject may take to end here: one that is being saved retries every ten seconds.
EARLIER_ENDS_WITHIN: Final = 30.0


class Hub:
    """The channels and active runs of this process. It does no I/O.

    ``has_tails`` is set whenever there may be a channel whose run is written elsewhere. ``is_draining`` is True
    once this process takes nothing new, because it is about to exit.
    """

    def __init__(self) -> None:
        self.active: dict[UUID, ActiveRun] = {}
        self.has_tails = threading.Event()
        self.is_draining = False
        self._channels: dict[UUID, Channel] = {}
        # On threads, subscribers come while others leave: a channel must not be dropped between being found and
        # being subscribed to.
        self._lock = threading.Lock()

    # -- Subscribers --

    def channel(self, subject: UUID) -> Channel | None:
        return self._channels.get(subject)

    def channels(self) -> list[Channel]:
        return list(self._channels.values())

    def subscribe(self, subject: UUID, subscriber: Subscriber) -> Channel | None:
        """Add the subscriber to the subject's channel, if there is one."""
        with self._lock:
            if found := self._channels.get(subject):
                found.subscribers.add(subscriber)
        self.has_tails.set()
        return found

    def add(self, new: Channel, subscriber: Subscriber | None = None) -> Channel:
        """Keep this channel, with its first subscriber. Where the subject has one already, that one is used."""
        with self._lock:
            channel = self._channels.setdefault(new.subject, new)
            if subscriber is not None:
                channel.subscribers.add(subscriber)
        self.has_tails.set()
        return channel

    def mark_plain(self, channel: Channel, subscriber: Subscriber) -> None:
        """Note that a subscriber is sent the text alone, as it comes."""
        with self._lock:
            channel.plain_subscribers.add(subscriber)

    def unsubscribe(self, channel: Channel, subscriber: Subscriber) -> None:
        """Remove a subscriber. The channel is dropped with the last one, unless its run is written here."""
        with self._lock:
            channel.subscribers.discard(subscriber)
            channel.plain_subscribers.discard(subscriber)
            self._drop_if_unused(channel)

    def replace(self, channel: Channel, subscriber: Subscriber, other: Subscriber) -> None:
        with self._lock:
            channel.subscribers.discard(subscriber)
            channel.subscribers.add(other)
            if subscriber in channel.plain_subscribers:
                channel.plain_subscribers.remove(subscriber)
                channel.plain_subscribers.add(other)

    def drop_if_ended(self, subject: UUID) -> None:
        """Drop a channel that has ended, though its last subscribers are still leaving: the subject is live again."""
        with self._lock:
            channel = self._channels.get(subject)
            if channel is not None and channel.end is not None and not channel.is_local:
                del self._channels[subject]

    def close(self, channel: Channel) -> None:
        """Drop a channel and tell its subscribers to connect again, to another process."""
        with self._lock:
            if self._channels.get(channel.subject) is channel:
                del self._channels[channel.subject]
        channel.close()

    def tailed(self) -> list[Channel]:
        """Return the channels with subscribers here and a producer elsewhere, still open."""
        return [c for c in self.channels() if not c.is_local and c.end is None and c.subscribers]

    def subscriber_count(self) -> int:
        return sum(len(c.subscribers) for c in self.channels())

    # -- Active runs --

    def begin(self, run: Run, cancel: Cancel) -> ActiveRun:
        """Make ``run`` the one that this process writes of its subject, on a channel that may have subscribers."""
        channel = self.channel(run.subject) or self.add(Channel(run.subject, run.epoch, run.text.encode()))
        if channel.end is not None or channel.epoch < run.epoch:
            channel.begin(run.epoch, run.text.encode())  # left from before: a retry, or a new version
        active = self.active[run.subject] = ActiveRun(channel, run_id=run.id, cancel=cancel)
        channel.is_local = True
        return active

    def release(self, active: ActiveRun) -> None:
        """Forget a run that has ended here. Subscribers that stay are fed from the log."""
        channel = active.channel
        channel.is_local = False
        if active.is_fenced and active.log_is_behind:
            channel.forget()  # the log, and the current producer, have less than was shown here
        if self.active.get(channel.subject) is active:
            del self.active[channel.subject]
        with self._lock:
            self._drop_if_unused(channel)
        self.has_tails.set()

    def silences(self) -> Iterator[tuple[float, float]]:
        """Yield for each run the seconds since its provider's last text, and how many there may be.

        Until the first text all tries together may take ``AI_TOTAL_TIMEOUT``. A run that only waits to be saved is over.
        """
        now = time.monotonic()
        for active in list(self.active.values()):
            if active.channel.end is None:
                has_text = bool(active.channel.data)
                limit = settings.AI_IDLE_TIMEOUT if has_text else settings.AI_TOTAL_TIMEOUT
                yield now - active.heard_at, limit

    def wait_for_earlier(self, subject: UUID, token: int, *, seconds: float = EARLIER_ENDS_WITHIN) -> bool:
        """Wait until no earlier run of the subject is active here; one with an older claim is interrupted.

        Either it has saved its end and is about to leave, or it lost its claim while it slept and still waits for
        its provider. False when it does not end.
        """
        deadline = time.monotonic() + seconds
        while earlier := self.active.get(subject):
            if 0 < earlier.token < token:
                earlier.interrupt(Interrupt.FENCED)
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def _drop_if_unused(self, channel: Channel) -> None:
        if (
            not channel.subscribers
            and not channel.is_local
            and self._channels.get(channel.subject) is channel
        ):
            del self._channels[channel.subject]
