"""What runs behind a request here is at rest before its test ends, and before the database is dropped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.runtime import jobs


def _let_end(*names: str) -> None:
    for job in jobs():
        if job.name in names:
            assert job.join(10), f"{job.name} does not end"


@pytest.fixture(autouse=True)
def visits_are_counted() -> Iterator[None]:
    yield
    _let_end("visit")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    yield
    from core.streams import lifecycle

    lifecycle.drain(seconds=0)
    _let_end("keeper")
