"""Fixtures of the whole site: counters and switches begin anew in each test."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from core.site.switches import switches


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Clear the counters: the cache is real, and outlives a test's transaction."""
    cache.clear()
    switches().forget()
    yield
    switches().forget()  # a test may have switched maintenance on, and they are kept for seconds
    cache.clear()


@pytest.fixture
def redis_away(settings: Any) -> None:
    """Point the cache at a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    away = {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{port}/0"}
    settings.CACHES = {"default": away}
