"""`tools/environment.py` and the benchmark leave alone what they must."""

from __future__ import annotations

import pytest

from bench.__main__ import RESULTS, parse
from tests.unit.sources import ROOT
from tools.environment import _split


def test_pip_can_install_all_but_uv():
    """Without uv the fall-back must not require it again."""
    lock = (ROOT / "requirements-local.txt").read_text()
    only, rest = _split("uv", lock)
    assert only.startswith("uv==")
    assert only.count("==") == 1
    assert "--hash=sha256:" in only
    assert "\nuv==" not in rest
    assert len(only) + len(rest) == len(lock)


@pytest.mark.parametrize("arguments", [["--quick"], ["--only", "cost"], ["--quick", "--add"]])
def test_a_benchmark_that_is_tried_out_writes_over_no_published_figure(arguments):
    assert parse(arguments).results.is_relative_to(ROOT / "var")


@pytest.mark.parametrize("arguments", [[], ["--only", "cost", "--add"]])
def test_a_full_benchmark_writes_the_published_figures(arguments):
    assert parse(arguments).results == RESULTS
