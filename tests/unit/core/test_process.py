"""One object for each process: built at its first use, and anew after a fork."""

from __future__ import annotations

import os

from core.runtime import PerProcess


def test_it_is_built_once_and_at_its_first_use() -> None:
    built: list[object] = []
    one = PerProcess(lambda: built.append(object()) or built[-1])
    assert built == []
    assert one() is one()
    assert len(built) == 1


def test_a_fork_builds_its_own() -> None:
    one: PerProcess[list[int]] = PerProcess(lambda: [os.getpid()])
    assert one() == [os.getpid()]
    child = os.fork()
    if child == 0:
        os._exit(0 if one() == [os.getpid()] else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert one() == [os.getpid()]


def test_two_live_side_by_side_and_one_takes_the_place_of_another() -> None:
    one, two = PerProcess(object), PerProcess(object)
    first = one()
    assert two() is not first
    other = object()
    assert one.replace(other) is first
    assert one() is other
    assert one.replace(None) is other
    assert one() not in (first, other)
