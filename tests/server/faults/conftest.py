from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.faults.fleet import SLOW, Fleet


@pytest.fixture(scope="module")
def steady() -> Iterator[Fleet]:
    """A running instance of two workers, shared by tests that leave it as they found it."""
    made = Fleet()
    try:
        made.start(DEEPSEEK_MODEL=SLOW)
        yield made
    finally:
        made.end()


@pytest.fixture
def world() -> Iterator[Fleet]:
    """A fleet that this test may break."""
    made = Fleet()
    try:
        yield made
    finally:
        made.end()
