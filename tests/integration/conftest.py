"""Fixtures of integration tests: counters begin anew, and background jobs end before their test does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from core.streams.node import install


@pytest.fixture(autouse=True)
def no_counter_outlives_its_test(services: None) -> None:
    """Clear the counters: the cache is real, and from one address twenty readings may be begun in an hour."""
    cache.clear()


@pytest.fixture(autouse=True)
def no_node_outlives_its_test(no_job_outlives_its_test: None) -> Iterator[None]:
    """Close the node of this process, which is built where it is first needed; the jobs are waited for afterwards."""
    yield
    if (left := install(None)) is not None:
        left.drain(seconds=5)
        left.close()
