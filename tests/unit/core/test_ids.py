"""Ids of rows, in order of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

import time_machine

from core.db.ids import ordered_id

NOON = datetime(2026, 5, 15, 3, 0, tzinfo=UTC)


def made_at(moment: datetime) -> UUID:
    with time_machine.travel(moment, tick=False):
        return ordered_id()


def test_an_id_is_a_uuid_of_version_7_that_says_when_it_was_made():
    found = made_at(NOON)
    assert (found.version, found.variant) == (7, RFC_4122)
    assert datetime.fromtimestamp((found.int >> 80) / 1000, tz=UTC) == NOON


def test_ids_are_in_the_order_of_their_milliseconds():
    ids = [made_at(NOON + timedelta(milliseconds=number)) for number in range(50)]
    assert ids == sorted(ids)


def test_ids_of_one_moment_have_nothing_else_in_common():
    ids = [made_at(NOON) for _ in range(500)]
    assert len(set(ids)) == 500
    changing = 0
    for found in ids:
        changing |= found.int ^ ids[0].int
    assert changing == (1 << 80) - 1 - (0xF << 76) - (0x3 << 62), "a bit that should be random never changes"
