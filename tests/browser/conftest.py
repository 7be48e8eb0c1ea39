"""Servers for browser tests: without limits, with the rule-based interpreter, at once or slowly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.server.harness import Live


@pytest.fixture(scope="module")
def live(shared: Callable[..., Live]) -> Live:
    """Start a server whose texts are complete at once."""
    return shared(RATELIMIT_ENABLE="False", CLASSIC_PACE="0")


@pytest.fixture(scope="module")
def unhurried(shared: Callable[..., Live]) -> Live:
    """Start a server whose texts grow for twelve seconds, so that a page loads meanwhile on a busy machine too."""
    return shared(RATELIMIT_ENABLE="False", CLASSIC_PACE="20")
