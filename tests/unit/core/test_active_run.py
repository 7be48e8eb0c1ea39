"""A run on its way from the model to the channel: its claim, its end, and the text that waits."""

from __future__ import annotations

import uuid

import pytest

from core.llm.cancel import Cancel
from core.streams.hub.active import ActiveRun, Interrupt, State
from core.streams.hub.channel import Channel


def active() -> ActiveRun:
    return ActiveRun(Channel(uuid.uuid4(), 1), run_id=uuid.uuid4(), cancel=Cancel())


def test_a_run_begins_without_a_claim_and_without_text() -> None:
    run = active()
    assert (run.state, run.token, run.interrupted, run.is_fenced) == (State.CLAIMING, 0, None, False)
    assert (run.log_is_behind, run.first_text_after, run.is_settled) == (False, None, True)
    assert run.begin_flush() is None
    assert not run.cancel.is_set()


def test_a_claim_makes_it_write_and_a_newer_epoch_raises_the_token() -> None:
    run = active()
    run.claimed(7)
    assert (run.state, run.token) == (State.WRITING, 7)
    run.claimed(9)
    assert (run.state, run.token) == (State.WRITING, 9)


def test_a_run_that_lost_its_claim_stays_so_and_flushes_nothing() -> None:
    run = active()
    run.claimed(7)
    run.put(b"text")
    run.log_is_behind = True
    run.fence()
    assert (run.is_fenced, run.interrupted, run.cancel.is_set()) == (True, Interrupt.FENCED, True)
    assert run.begin_flush() is None
    assert run.is_settled
    run.claimed(8)
    assert run.is_fenced


@pytest.mark.parametrize("first", Interrupt)
@pytest.mark.parametrize("second", Interrupt)
def test_the_first_reason_to_end_counts(first: Interrupt, second: Interrupt) -> None:
    run = active()
    run.interrupt(first)
    assert run.cancel.is_set()
    run.interrupt(second)
    assert run.interrupted is first


def test_one_flush_at_a_time_takes_all_the_text() -> None:
    run = active()
    run.put(b"ab")
    run.put(b"cd")
    assert not run.is_settled
    assert run.begin_flush() == b"abcd"
    assert not run.is_settled
    run.put(b"e")
    assert run.begin_flush() is None
    run.end_flush()
    assert not run.is_settled
    assert run.begin_flush() == b"e"
    run.end_flush()
    assert run.is_settled
    assert run.begin_flush() is None


def test_a_flush_that_failed_leaves_the_text_in_its_order() -> None:
    run = active()
    run.put(b"ab")
    data = run.begin_flush()
    assert data is not None
    run.put(b"cd")
    run.abort_flush(data)
    assert run.begin_flush() == b"abcd"


def test_a_log_that_is_behind_is_repaired_without_new_text() -> None:
    run = active()
    run.log_is_behind = True
    assert run.begin_flush() == b""
    assert run.begin_flush() is None


def test_the_instant_of_the_last_text_is_noted() -> None:
    run = active()
    run.heard_at = 0.0
    run.put(b"a")
    assert run.heard_at > 0
