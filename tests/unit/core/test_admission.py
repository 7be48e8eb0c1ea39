"""Admission: how many runs and browsers a process takes, and what it says when it takes no more."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest

from core.llm.cancel import Cancel
from core.runtime import Watchdog
from core.streams import metrics
from core.streams.hub import admission as admissions
from core.streams.hub.admission import Admission, Full, TooManyStreams
from core.streams.hub.hub import Hub
from core.streams.models import Run


@pytest.fixture(autouse=True)
def places(settings: Any) -> None:
    settings.MAX_STREAMS, settings.MAX_SUBSCRIBERS, settings.STREAMS_PER_VISITOR = 3, 8, 2


def made(hub: Hub | None = None, watchdog: Watchdog | None = None) -> Admission:
    return Admission(hub or Hub(), watchdog or Watchdog())


def begun(hub: Hub) -> None:
    hub.begin(Run(subject=uuid.uuid4(), epoch=1), Cancel())


def refusals(lane: str) -> float:
    return metrics.rejected.labels(lane)._value.get()


def test_runs_that_are_written_and_those_that_begin_share_the_places() -> None:
    hub = Hub()
    admission = made(hub)
    begun(hub)
    assert (admission.load(), admission.room()) == (0.33, 2)
    first = admission.reserve_run()
    assert admission.spare_run() is not None
    assert (admission.load(), admission.room()) == (1, 0)
    begun(hub)  # a run that was begun without a place
    assert admission.room() == 0
    hub.active.popitem()
    before = refusals("write")
    with pytest.raises(Full):
        admission.reserve_run()
    assert admission.spare_run() is None
    assert refusals("write") == before + 1
    first.release()
    assert admission.load() == 0.67
    assert admission.reserve_run() is not first


def test_browsers_have_places_of_their_own_and_the_fuller_kind_is_the_load() -> None:
    admission = made()
    streams = [admission.reserve_stream() for _ in range(8)]
    assert (admission.watching, admission.load()) == (8, 1)
    before = refusals("watch")
    with pytest.raises(Full):
        admission.reserve_stream("a")
    assert refusals("watch") == before + 1
    for stream in streams[:5]:
        stream.release()
    assert (admission.watching, admission.load()) == (3, 0.38)
    admission.reserve_run()
    admission.reserve_run()
    assert admission.load() == 0.67


def test_a_visitor_has_so_many_streams_and_leaves_no_place_behind_past_them() -> None:
    admission = made()
    first = admission.reserve_stream("a")
    admission.reserve_stream("a")
    with pytest.raises(TooManyStreams):
        admission.reserve_stream("a")
    assert admission.watching == 2
    admission.reserve_stream("b")
    for _ in range(3):
        admission.reserve_stream()  # nobody is told from another behind a unix socket
    first.release()
    admission.reserve_stream("a")
    assert admission.watching == 6


def test_a_process_that_drains_takes_nobody() -> None:
    hub = Hub()
    admission = made(hub)
    hub.is_draining = True
    for lane, ask in (
        ("begin", admission.take_turn),
        ("write", admission.reserve_run),
        ("watch", admission.reserve_stream),
    ):
        before = refusals(lane)
        with pytest.raises(Full):
            ask()
        assert refusals(lane) == before + 1
    assert admission.spare_run() is not None  # what another worker has left is not new


@pytest.mark.parametrize(("late", "is_taken"), [(0.0, True), (0.5, True), (0.51, False), (3.0, False)])
def test_a_loop_that_is_late_sends_newcomers_away(late: float, is_taken: bool) -> None:
    class Late(Watchdog):
        def late_by(self) -> float:
            return late

    admission = made(watchdog=Late())
    if is_taken:
        admission.take_turn().release()
    else:
        with pytest.raises(Full):
            admission.take_turn()


@pytest.mark.parametrize(("connections", "turns"), [(1, 1), (2, 1), (3, 1), (4, 2), (7, 3), (8, 4), (40, 4)])
def test_half_as_many_begin_at_once_as_there_are_connections_and_four_at_most(
    connections: int, turns: int, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {**settings.DATABASES["default"]["POOL_OPTIONS"], "POOL_SIZE": connections}
    monkeypatch.setitem(settings.DATABASES["default"], "POOL_OPTIONS", options)
    admission = made()
    admission.turns._patience = 0.0  # nobody waits
    for _ in range(turns):
        admission.take_turn()
    before = refusals("begin")
    with pytest.raises(Full):
        admission.take_turn()
    assert refusals("begin") == before + 1


def test_one_reading_may_be_watched_four_times_by_one_visitor() -> None:
    """In two tabs on a computer and a phone, say, while an earlier connection is not known to be closed."""
    lane = admissions.Places()
    places = [lane.reserve(most=9) for _ in range(5)]
    taken = 0
    for place in places:
        assert place is not None
        try:
            place.count(("reading", "a"), most=admissions.STREAMS_OF_A_READING)
        except TooManyStreams:
            break
        taken += 1
    assert taken == 4


def test_a_turn_that_is_waited_for_is_given() -> None:
    admission = made()
    admission.turns._free, admission.turns._patience = 1, 60.0
    turn, taken = admission.take_turn(), threading.Event()
    waits = threading.Thread(target=lambda: (admission.take_turn(), taken.set()), daemon=True)
    waits.start()
    while not admission.turns.waiting:
        waits.join(0.001)
    turn.release()
    assert taken.wait(60)
