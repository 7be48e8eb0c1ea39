"""The pool: never more connections than its size, no waiter hung, a time-out that is an error.

Each scene runs in a process of its own, forked from one that is patched as the gevent worker is or as the gthread worker is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from tests.forked import playing

Storm = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module", params=["gevent", "threads"])
def storm(request: pytest.FixtureRequest, django_db_setup: None) -> Iterator[Storm]:
    settings_dict = connection.settings_dict
    url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings_dict)
    if settings_dict["HOST"].startswith("/"):
        url = "postgresql://{USER}:{PASSWORD}@/{NAME}?host={HOST}&port={PORT}".format(**settings_dict)
    module = "tests.integration.database.storm"
    with playing(module, request.param, DATABASE_URL=url, PGAPPNAME="storm") as play:

        def storm(scene: str, *, size: int = 4, patience: int) -> dict[str, Any]:
            return play(scene, size, patience)  # type: ignore[no-any-return]

        yield storm


@pytest.mark.django_db(transaction=True)
def test_five_hundred_queries_at_once_use_four_connections(storm: Storm) -> None:
    result = storm("queries", patience=50)  # a busy machine is no failure
    assert result["outcomes"] == {"served": 500}
    assert result["hung"] == 0
    assert 1 <= result["most"] <= 4


@pytest.mark.django_db(transaction=True)
def test_when_every_backend_is_killed_nobody_hangs(storm: Storm) -> None:
    result = storm("killed", patience=30)
    assert result["killed"] >= 1
    assert result["hung"] == 0
    assert result["most"] <= 4
    assert sum(result["outcomes"].values()) == 60
    # Only the queries that were running on the killed backends may fail.
    assert result["outcomes"]["served"] >= 60 - 4


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_gets_an_error(storm: Storm) -> None:
    result = storm("killed", size=1, patience=1)
    assert result["hung"] == 0
    assert result["outcomes"]["TimeoutError"] > 0
