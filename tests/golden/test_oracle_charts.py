"""Thirty thousand random births against lunar_python, under both day rules."""

from __future__ import annotations

import pytest

from tests.golden.oracles import (
    hard_births,
    lunar_python_differences,
    lunar_python_luck_differences,
    random_births,
)

SEED = 20261122
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_lunar_python_finds_the_same_pillars(part: int) -> None:
    births = random_births(20_000 // PARTS, SEED + part)
    assert lunar_python_differences(births) == []


@pytest.mark.parametrize("kind", ["near_term", "near_day_edge", "summer_time", "half_hour_zone"])
def test_lunar_python_finds_the_same_pillars_where_software_goes_wrong(kind: str) -> None:
    births = hard_births(2_500, SEED)[kind]
    assert lunar_python_differences(births) == []


def test_lunar_python_finds_the_same_luck() -> None:
    births = random_births(2_000, SEED)
    assert lunar_python_luck_differences(births) == []
