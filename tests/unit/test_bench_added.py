"""Published figures of several runs: each is said to be of the run that measured it last."""

from __future__ import annotations

from bench.__main__ import earlier_runs

FIRST = {"commit": "a", "figures": ["capacity", "slow"]}


def test_a_figure_is_of_the_run_that_measured_it_last() -> None:
    # The second run measured "cost" and "wave"; a third one measures "slow" and "cost" anew.
    runs = earlier_runs({"commit": "b", "earlier": [FIRST]}, {"capacity", "wave"})
    assert [(run["commit"], run["figures"]) for run in runs] == [("a", ["capacity"]), ("b", ["wave"])]


def test_a_run_of_which_nothing_is_left_is_not_named() -> None:
    assert earlier_runs({"commit": "b", "earlier": [FIRST]}, set()) == []
