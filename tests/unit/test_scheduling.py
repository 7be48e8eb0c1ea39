"""The order in which tests are given out names what is there."""

from __future__ import annotations

import pytest

from tests.scheduling import APART, LONGEST_FIRST
from tests.unit.sources import ROOT


@pytest.mark.parametrize("path", sorted({*APART, *LONGEST_FIRST}))
def test_what_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("path", APART)
def test_tests_that_are_given_out_one_by_one_share_no_server(path: str) -> None:
    text = (ROOT / path).read_text()
    assert not [name for name in ("steady", "live", "shared", "serve", "browser") if f"{name}:" in text]
