"""The site as visitors see it: no limits, the rule-based interpreter, at once or at a pace one can watch."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.server.harness import Live


@pytest.fixture(scope="module")
def live(shared: Callable[..., Live]) -> Live:
    """Texts are whole at once."""
    return shared(RATELIMIT_ENABLE="False", CLASSIC_PACE="0")


@pytest.fixture(scope="module")
def unhurried(shared: Callable[..., Live]) -> Live:
    """A text grows for twelve seconds: long enough for a page to come up on a busy machine meanwhile."""
    return shared(RATELIMIT_ENABLE="False", CLASSIC_PACE="20")
