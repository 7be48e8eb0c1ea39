"""The log's scripts on a real Valkey: the states that a failure can leave, and what each script makes of them."""

from __future__ import annotations

import uuid

import pytest

from core import redis
from core.streams.log import client as log
from core.streams.node import node

EPOCH_TWO = 2 << 20


@pytest.fixture
def subject() -> uuid.UUID:
    made = uuid.uuid4()
    node().log.open(made, token=1, epoch=1, seed=b"", again=False)
    node().log.append([log.Append(made, 1, 0, b"abc")])
    return made


def test_the_log_of_an_earlier_epoch_is_none_of_this_one(subject: uuid.UUID) -> None:
    opened = node().log.open(subject, token=EPOCH_TWO, epoch=2, seed=b"", again=False)
    # Otherwise a takeover would continue an epoch whose text was shown and is lost.
    assert opened == log.Opened(b"", b"", existed=False)
    again = node().log.open(subject, token=EPOCH_TWO + 1, epoch=2, seed=b"", again=False)
    assert again.existed


def test_a_log_that_is_written_again_lives_as_long_as_a_new_one(subject: uuid.UUID) -> None:
    node().log.close(subject, token=1, epoch=1, text=b"abc", end=b"{}", is_saved=True)
    node().log.open(subject, token=2, epoch=1, seed=b"abc", again=True)
    meta, text = log.keys(subject)
    assert redis.client().ttl(meta) > log.TTL_SAVED
    assert redis.client().ttl(text) > log.TTL_SAVED


def test_a_retry_that_could_not_open_the_log_takes_the_old_end_away_with_its_first_text(
    subject: uuid.UUID,
) -> None:
    node().log.close(subject, token=1, epoch=1, text=b"abc", end=b"interrupted", is_saved=True)
    assert node().log.restore(subject, token=2, epoch=1, text=b"abcdef") == 6
    assert node().log.tail([(subject, 1, 3)]) == [log.Tail(1, b"", b"def")]


def test_a_restore_that_arrives_after_its_own_end_changes_nothing(subject: uuid.UUID) -> None:
    node().log.close(subject, token=1, epoch=1, text=b"abcdef", end=b"{}", is_saved=True)
    node().log.restore(subject, token=1, epoch=1, text=b"abcd")
    assert node().log.tail([(subject, 1, 0)]) == [log.Tail(1, b"{}", b"abcdef")]


def test_a_log_of_what_is_saved_lives_for_seconds_and_of_what_waits_to_be_saved_an_hour(
    subject: uuid.UUID,
) -> None:
    node().log.close(subject, token=1, epoch=1, text=b"abc", end=b"{}", is_saved=False)
    assert all(redis.client().ttl(key) > 3000 for key in log.keys(subject))
    node().log.close(subject, token=1, epoch=1, text=b"abc", end=b"{}", is_saved=True)
    assert all(0 < redis.client().ttl(key) <= log.TTL_SAVED < 20 for key in log.keys(subject))
