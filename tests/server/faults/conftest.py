from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.faults.fleet import SLOW, Database, Fleet, migrated


@pytest.fixture(scope="session")
def template() -> Iterator[Database]:
    made = migrated()
    yield made
    made.drop()


@pytest.fixture(scope="module")
def steady(template: Database) -> Iterator[Fleet]:
    """A running instance of two workers, shared by tests that leave it as they found it."""
    made = Fleet(template)
    try:
        made.start(DEEPSEEK_MODEL=SLOW)
        yield made
    finally:
        made.end()


@pytest.fixture
def world(template: Database) -> Iterator[Fleet]:
    """A fleet that this test may break."""
    made = Fleet(template)
    try:
        yield made
    finally:
        made.end()
