from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.faults.fleet import Database, Fleet, migrated


@pytest.fixture(scope="session")
def template() -> Iterator[Database]:
    made = migrated()
    yield made
    made.drop()


@pytest.fixture
def world(template: Database) -> Iterator[Fleet]:
    """A fleet that this test may break."""
    made = Fleet(template)
    try:
        yield made
    finally:
        made.end()
