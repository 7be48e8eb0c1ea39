"""The hub: which channels there are, who watches them, and which runs are written here."""

from __future__ import annotations

import threading
import time
import uuid
from typing import Any

import pytest

from core.llm.cancel import Cancel
from core.streams.hub.active import ActiveRun, Interrupt
from core.streams.hub.channel import Channel
from core.streams.hub.hub import Hub
from core.streams.hub.outcome import Outcome
from core.streams.models import Run, Status

DONE = Outcome(Status.DONE)


@pytest.fixture
def hub() -> Hub:
    return Hub()


def channel(data: bytes = b"") -> Channel:
    return Channel(uuid.uuid4(), 1, data)


def watched(hub: Hub) -> tuple[Channel, threading.Event]:
    watcher = threading.Event()
    return hub.add(channel(), watcher), watcher


def begun(hub: Hub, *, subject: uuid.UUID | None = None, epoch: int = 1, text: str = "") -> ActiveRun:
    return hub.begin(Run(subject=subject or uuid.uuid4(), epoch=epoch, text=text), Cancel())


def test_a_new_hub_is_empty_and_takes_runs(hub: Hub) -> None:
    assert (hub.active, hub.channels(), hub.is_draining, hub.has_tails.is_set()) == ({}, [], False, False)


def test_one_subscribes_to_a_channel_that_is_there(hub: Hub) -> None:
    kept, first = watched(hub)
    second = threading.Event()
    hub.has_tails.clear()
    assert hub.subscribe(kept.subject, second) is kept
    assert kept.subscribers == {first, second}
    assert hub.has_tails.is_set()
    assert hub.subscribe(uuid.uuid4(), second) is None
    assert hub.channels() == [kept]
    assert hub.subscriber_count() == 2


def test_a_subject_has_one_channel(hub: Hub) -> None:
    kept = hub.add(channel())
    assert kept.subscribers == set()
    assert hub.has_tails.is_set()
    watcher = threading.Event()
    assert hub.add(Channel(kept.subject, 5), watcher) is kept
    assert kept.subscribers == {watcher}
    assert hub.channel(kept.subject) is kept
    assert hub.channel(uuid.uuid4()) is None


def test_a_channel_is_dropped_with_its_last_subscriber(hub: Hub) -> None:
    kept, first = watched(hub)
    second = threading.Event()
    hub.replace(kept, first, second)
    assert kept.subscribers == {second}
    third = threading.Event()
    hub.subscribe(kept.subject, third)
    hub.unsubscribe(kept, second)
    assert hub.channel(kept.subject) is kept
    hub.unsubscribe(kept, third)
    hub.unsubscribe(kept, third)
    assert hub.channel(kept.subject) is None
    assert kept.subscribers == set()


def test_a_subscriber_that_leaves_a_dropped_channel_leaves_the_new_one_alone(hub: Hub) -> None:
    old, watcher = watched(hub)
    hub.close(old)
    new = hub.add(Channel(old.subject, 2))
    hub.unsubscribe(old, watcher)
    assert hub.channel(old.subject) is new


@pytest.mark.parametrize(
    ("end", "is_local", "is_dropped"), [(DONE, False, True), (None, False, False), (DONE, True, False)]
)
def test_a_channel_that_has_ended_makes_room_for_the_live_one(
    hub: Hub, end: Outcome | None, is_local: bool, is_dropped: bool
) -> None:
    kept, _ = watched(hub)
    kept.end, kept.is_local = end, is_local
    hub.drop_if_ended(kept.subject)
    hub.drop_if_ended(uuid.uuid4())
    assert hub.channels() == ([] if is_dropped else [kept])


def test_a_channel_that_is_closed_tells_its_subscribers_and_is_gone(hub: Hub) -> None:
    kept, watcher = watched(hub)
    hub.close(kept)
    assert (hub.channels(), kept.is_closing, watcher.is_set()) == ([], True, True)
    other = hub.add(Channel(kept.subject, 2))
    hub.close(kept)  # again: the other one stays
    assert hub.channels() == [other]
    assert not other.is_closing


def test_the_log_is_read_for_open_channels_with_subscribers_that_are_written_elsewhere(hub: Hub) -> None:
    tailed, _ = watched(hub)
    local, _ = watched(hub)
    ended, _ = watched(hub)
    local.is_local, ended.end = True, DONE
    hub.add(channel())
    assert hub.tailed() == [tailed]


def test_a_run_begins_on_a_channel_with_its_text(hub: Hub) -> None:
    active = begun(hub, epoch=3, text="글")
    begins = active.channel
    assert hub.active == {begins.subject: active}
    assert hub.channel(begins.subject) is begins
    assert (begins.epoch, begins.data, begins.is_local) == (3, "글".encode(), True)


@pytest.mark.parametrize(
    ("epoch", "end", "expected"),
    [(1, None, (1, b"shown")), (2, None, (2, b"saved")), (1, DONE, (1, b"saved")), (2, DONE, (2, b"saved"))],
)
def test_a_run_goes_on_where_its_subscribers_are_or_begins_anew(
    hub: Hub, epoch: int, end: Outcome | None, expected: tuple[int, bytes]
) -> None:
    kept, watcher = watched(hub)
    kept.data, kept.end = bytearray(b"shown"), end
    active = begun(hub, subject=kept.subject, epoch=epoch, text="saved")
    assert active.channel is kept
    assert (kept.epoch, bytes(kept.data)) == expected
    assert (kept.end, kept.subscribers, kept.is_local) == (None, {watcher}, True)


def test_a_channel_of_a_later_epoch_is_not_set_back(hub: Hub) -> None:
    kept, _ = watched(hub)
    kept.begin(4, b"later")
    begun(hub, subject=kept.subject, epoch=3, text="earlier")
    assert (kept.epoch, bytes(kept.data)) == (4, b"later")


def test_a_run_that_has_ended_leaves_its_channel_to_those_who_watch(hub: Hub) -> None:
    alone, seen = begun(hub), begun(hub)
    hub.subscribe(seen.channel.subject, threading.Event())
    hub.has_tails.clear()
    hub.release(alone)
    hub.release(seen)
    assert hub.active == {}
    assert hub.channels() == [seen.channel]
    assert not seen.channel.is_local
    assert hub.has_tails.is_set()


def test_a_run_written_here_keeps_its_channel_without_anybody_who_watches(hub: Hub) -> None:
    active, watcher = begun(hub), threading.Event()
    hub.subscribe(active.channel.subject, watcher)
    hub.unsubscribe(active.channel, watcher)
    assert hub.channels() == [active.channel]


def test_an_earlier_run_that_leaves_late_does_not_take_the_next_one_along(hub: Hub) -> None:
    first = begun(hub)
    second = begun(hub, subject=first.channel.subject, epoch=2)
    hub.release(first)
    assert hub.active == {first.channel.subject: second}


@pytest.mark.parametrize(
    ("fenced", "behind", "forgets"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_what_the_log_does_not_have_is_forgotten_with_a_claim_that_was_lost(
    hub: Hub, fenced: bool, behind: bool, forgets: bool
) -> None:
    active = begun(hub, text="shown")
    hub.subscribe(active.channel.subject, threading.Event())
    if fenced:
        active.fence()
    active.log_is_behind = behind
    hub.release(active)
    assert active.channel.data == (b"" if forgets else b"shown")


def test_the_silence_of_a_provider_is_bounded_by_whether_it_has_said_something(
    hub: Hub, settings: Any
) -> None:
    settings.AI_IDLE_TIMEOUT, settings.AI_TOTAL_TIMEOUT = 30, 180
    asked, writing, saving = begun(hub), begun(hub, text="a"), begun(hub, text="a")
    saving.channel.finish(DONE)
    asked.heard_at = writing.heard_at = time.monotonic() - 10**6
    assert [limit for _, limit in hub.silences()] == [180, 30]
    assert all(10**6 <= silence < 2 * 10**6 for silence, _ in hub.silences())


def test_nobody_waits_where_no_earlier_run_is(hub: Hub) -> None:
    begun(hub)
    assert hub.wait_for_earlier(uuid.uuid4(), 1, seconds=-1)


@pytest.mark.parametrize(
    ("earlier", "interrupted"), [(0, None), (1, Interrupt.FENCED), (4, Interrupt.FENCED), (5, None)]
)
def test_an_earlier_run_with_an_older_claim_is_interrupted_and_not_waited_for_without_end(
    hub: Hub, earlier: int, interrupted: Interrupt | None
) -> None:
    active = begun(hub)
    active.token = earlier
    assert not hub.wait_for_earlier(active.channel.subject, 5, seconds=-1)
    assert active.interrupted is interrupted


def test_an_earlier_run_is_waited_for_until_it_has_left(hub: Hub) -> None:
    active = begun(hub)
    active.token = 1
    active.cancel.on_set(lambda: hub.release(active))  # its job saves the end, and leaves
    assert hub.wait_for_earlier(active.channel.subject, 2)
    assert hub.active == {}
