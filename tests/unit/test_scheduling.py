"""The order in which tests are given out names what is there."""

from __future__ import annotations

import pytest

from tests.scheduling import APART, LONGEST_FIRST
from tests.unit.sources import ROOT


@pytest.mark.parametrize("path", sorted({*APART, *LONGEST_FIRST}))
def test_what_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()
