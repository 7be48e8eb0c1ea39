"""A worker knows what its siblings carry."""

from __future__ import annotations

import os

from core.runtime.workers.accepting import Loads


def test_a_worker_sees_what_the_emptiest_other_one_carries() -> None:
    loads = Loads()
    assert loads.least_of_others(1) is None
    loads.write(1, 7)
    assert loads.least_of_others(1) is None, "itself is no other"
    loads.write(2, 3)
    loads.write(3, 5)
    assert [loads.least_of_others(age) for age in (1, 2, 3)] == [3, 5, 3]


def test_a_worker_that_accepts_no_more_is_waited_for_by_nobody() -> None:
    loads = Loads()
    loads.write(1, 7)
    loads.write(2, 0)
    loads.forget(2)
    assert loads.least_of_others(1) is None


def test_the_place_of_a_worker_long_gone_is_its_successors() -> None:
    loads = Loads()
    loads.write(2, 0)
    loads.write(2 + 64, 9)
    loads.forget(2)  # told late
    assert loads.least_of_others(1) == 9


def test_a_fork_shares_it() -> None:
    loads = Loads()
    if (pid := os.fork()) == 0:
        loads.write(5, 42)
        os._exit(0)
    os.waitpid(pid, 0)
    assert loads.least_of_others(1) == 42
