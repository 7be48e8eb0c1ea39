"""The end of a run, as the log carries it from one worker to the others."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from core.llm.types import BLOCKED
from core.streams.hub.outcome import Outcome, decode
from core.streams.models import RETRIES, Run, Status

EVERYTHING = Outcome(Status.INTERRUPTED, "deepseek", "m-1", "idle", 12, 34, 56, False)


def test_an_end_arrives_as_it_was_sent() -> None:
    assert decode(EVERYTHING.encode()) == EVERYTHING


def test_what_is_not_told_is_nothing_and_may_be_retried() -> None:
    told = decode(b'{"status":"done"}')
    assert (told.status, told.provider, told.model, told.code) == (Status.DONE, "", "", "")
    assert (told.input_tokens, told.output_tokens, told.cost_micro, told.can_be_retried) == (0, 0, 0, True)


@pytest.mark.parametrize("end", [b"", b"{}", b"interrupted", b'{"status":"unheard of"}', b'{"status":1}'])
def test_an_end_of_another_release_is_told_from_one_that_can_be_read(end: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        decode(end)


@pytest.mark.parametrize(
    ("status", "code", "text", "retries", "can"),
    [
        (Status.INTERRUPTED, "idle", "a", 0, True),
        (Status.INTERRUPTED, "idle", "a", RETRIES - 1, True),
        (Status.INTERRUPTED, "idle", "a", RETRIES, False),
        (Status.INTERRUPTED, BLOCKED, "a", 0, False),
        (Status.STOPPED, "", "a", 0, True),
        (Status.STOPPED, "", "", 0, False),
        (Status.FAILED, "down", "", 0, True),
        (Status.FAILED, BLOCKED, "", 0, False),
        (Status.DONE, "", "a", 0, False),
    ],
)
def test_the_end_of_a_row_says_whether_it_can_be_retried(
    status: Status, code: str, text: str, retries: int, can: bool
) -> None:
    run = Run(
        status=str(status), error_code=code, text=text, retries=retries, provider="p", model="m",
        finished_at=datetime(2026, 11, 29, tzinfo=UTC),
    )  # fmt: skip
    told = Outcome.of(run)
    assert (told.status, told.provider, told.model, told.code) == (status, "p", "m", code)
    assert told.can_be_retried is can
