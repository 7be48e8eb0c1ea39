from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.faults.fleet import SLOW, Fleet


@pytest.fixture(scope="module")
def steady() -> Iterator[Fleet]:
    """Give a running instance of two workers to tests that leave it as they found it."""
    made = Fleet()
    try:
        made.start(DEEPSEEK_MODEL=SLOW)
        yield made
    finally:
        made.end()


@pytest.fixture
def fleet() -> Iterator[Fleet]:
    """Give the test a fleet that it may break."""
    made = Fleet()
    try:
        yield made
    finally:
        made.end()
