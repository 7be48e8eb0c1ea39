"""Fixtures of the whole site: switches begin anew in each test."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from core.site.switches import switches


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Forget the switches before and after: a test may have switched maintenance on, and they are kept for seconds."""
    switches().forget()
    yield
    switches().forget()


@pytest.fixture
def redis_away(settings: Any) -> None:
    """Point the cache at a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    away = {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{port}/0"}
    settings.CACHES = {"default": away}
