"""A few at a time, in order: nobody waits in vain, and no turn is lost."""

from __future__ import annotations

import threading

import pytest

from core.streams.hub.turns import Turn, Turns
from tests.server.processes import until

LONG = 60.0


def in_line(turns: Turns, order: list[int], count: int) -> list[threading.Thread]:
    """Threads that have come to ``turns`` one after another and note their number when they are called."""

    def take(number: int) -> None:
        turn = turns.take()
        assert turn is not None
        order.append(number)
        turn.release()

    threads = []
    for number in range(count):
        threads.append(threading.Thread(target=take, args=(number,), daemon=True))
        threads[-1].start()
        until(lambda expected=number + 1: turns.waiting == expected)
    return threads


def test_as_many_as_there_are_turns_work_at_once_and_the_others_follow_in_order() -> None:
    turns = Turns(2, patience=LONG, late=LONG)
    first, second = turns.take(), turns.take()
    assert first is not None and second is not None
    order: list[int] = []
    threads = in_line(turns, order, 5)
    assert order == []
    first.release()
    for thread in threads:
        thread.join(LONG)
    assert order == [0, 1, 2, 3, 4]
    second.release()
    assert turns.waiting == 0


def test_whoever_waits_for_too_long_is_refused_and_leaves_the_line() -> None:
    turns = Turns(1, patience=0.01, late=LONG)
    turn = turns.take()
    assert isinstance(turn, Turn)
    assert turns.take() is None
    assert turns.waiting == 0
    turn.release()
    assert turns.take() is not None


def test_newcomers_are_refused_at_once_while_the_first_in_the_line_has_waited_for_long() -> None:
    turns = Turns(1, patience=LONG, late=0.0)
    turn = turns.take()
    assert turn is not None
    order: list[int] = []
    threads = in_line(turns, order, 1)
    assert turns.take() is None  # it would wait a minute otherwise
    turn.release()
    threads[0].join(LONG)
    assert order == [0]


def test_a_turn_is_passed_over_whoever_has_been_refused_already() -> None:
    """On a busy machine the one in the line has not been woken yet to leave it."""
    turns = Turns(1, patience=0.0, late=LONG)
    turn = turns.take()
    assert turn is not None
    turns._line.append((0.0, threading.Event()))
    turn.release()
    assert turns.take() is not None


def test_a_turn_that_is_released_twice_is_passed_on_once() -> None:
    turns = Turns(1, patience=0.01, late=LONG)
    turn = turns.take()
    assert turn is not None
    turn.release()
    turn.release()
    assert turns.take() is not None
    assert turns.take() is None


def test_a_turn_is_not_lost_with_one_who_is_ended_while_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(1, patience=LONG, late=LONG)
    turn = turns.take()
    assert turn is not None

    class Ended(BaseException):
        """As gevent's GreenletExit."""

    class Wakes(threading.Event):
        """Called, and ended before it can go on."""

        def wait(self, timeout: float | None = None) -> bool:
            turn.release()
            raise Ended

    with monkeypatch.context() as patched:
        patched.setattr(threading, "Event", Wakes)
        with pytest.raises(Ended):
            turns.take()
    assert turns.take() is not None
