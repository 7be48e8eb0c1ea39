"""The concurrency substrate under the patch, each scene in a process of its own, forked from one that has imported all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.forked import playing

Scene = Callable[[str], Any]


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    module = "tests.integration.runtime.scenes"
    with playing(module, DJANGO_SETTINGS_MODULE="config.settings.development") as play:
        yield play


def test_the_watchdog_names_the_frame_that_blocks_the_loop(scene: Scene) -> None:
    result = scene("blocked")
    assert result["blocked"] >= 1
    assert any("a_frame_that_hogs_the_loop" in message for message in result["messages"])


def test_hashing_passwords_does_not_block_the_loop(scene: Scene) -> None:
    result = scene("hashing")
    assert result["errors"] == []
    # Not a timing, and not the watchdog's count, which rises on a busy machine by itself: had it blocked, the beat would have been late by one whole hash, a quarter of all.
    assert result["worst"] < result["took"] / 4


def test_jobs_that_used_the_database_leave_no_connection_behind(scene: Scene) -> None:
    assert scene("connections") == {"ended": True, "held": 0, "errors": []}


def test_a_job_has_its_callers_context_and_keeps_its_own(scene: Scene) -> None:
    assert scene("context") == {"seen": ["caller", "caller"], "after": "caller"}


def test_native_functions_give_their_value_or_raise_their_error(scene: Scene) -> None:
    assert scene("natively") == {"value": hashlib.sha256(b"x").hexdigest(), "raised": "ValueError"}


def test_a_postgresql_that_does_not_answer_is_waited_for_so_long_and_no_longer(scene: Scene) -> None:
    assert scene("silence") == ["1", "OperationalError", "OperationalError", "1"]
