"""The site as visitors see it: one server, no limits, the rule-based interpreter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.server.harness import Live


@pytest.fixture(scope="module")
def live(serve: Callable[..., Live]) -> Live:
    return serve(RATELIMIT_ENABLE="False", CLASSIC_PACE="30")
