"""A module's people and texts are not kept for those after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.readings import charts


@pytest.fixture(scope="module", autouse=True)
def of_one_module() -> Iterator[None]:
    yield
    charts.compose.cache_clear()
    charts.person.cache_clear()
