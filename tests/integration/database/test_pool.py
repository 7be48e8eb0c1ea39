"""The pool: never more connections than its size, no waiter hung, a time-out that is an error.

Each scene runs in a process of its own, patched as the gevent worker is and as the gthread worker is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

WORLDS = ("gevent", "threads")


def storm(world: str, scene: str, **environment: str) -> dict[str, Any]:
    settings_dict = connection.settings_dict
    url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings_dict)
    if settings_dict["HOST"].startswith("/"):
        url = "postgresql://{USER}:{PASSWORD}@/{NAME}?host={HOST}&port={PORT}".format(**settings_dict)
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.database.storm", world, scene],
        env=os.environ
        | {"DATABASE_URL": url, "DATABASE_POOL_SIZE": "4", "PGAPPNAME": "storm", "PYTHONWARNINGS": "ignore"}
        | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("world", WORLDS)
def test_five_hundred_queries_at_once_use_four_connections(world: str) -> None:
    result = storm(world, "queries", DATABASE_POOL_TIMEOUT="50")  # a busy machine is no failure
    assert result["outcomes"] == {"served": 500}
    assert result["hung"] == 0
    assert 1 <= result["most"] <= 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("world", WORLDS)
def test_when_every_backend_is_killed_nobody_hangs(world: str) -> None:
    result = storm(world, "killed", DATABASE_POOL_TIMEOUT="30")
    assert result["killed"] >= 1
    assert result["hung"] == 0
    assert result["most"] <= 4
    assert sum(result["outcomes"].values()) == 60
    # Only the queries that were running on the killed backends may fail.
    assert result["outcomes"]["served"] >= 60 - 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("world", WORLDS)
def test_who_waits_too_long_gets_an_error(world: str) -> None:
    result = storm(world, "killed", DATABASE_POOL_TIMEOUT="1", DATABASE_POOL_SIZE="1")
    assert result["hung"] == 0
    assert result["outcomes"]["TimeoutError"] > 0
