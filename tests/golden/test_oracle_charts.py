"""Twenty thousand random births against lunar_python, under both day rules."""

from __future__ import annotations

import pytest

from tests.golden.oracles import lunar_python_differences, random_births

SEED = 20261122
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_lunar_python_finds_the_same_pillars(part: int) -> None:
    births = random_births(20_000 // PARTS, SEED + part)
    assert lunar_python_differences(births) == []
