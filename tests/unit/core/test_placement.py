"""Rendezvous hashing: even shares, and only those move that must."""

from __future__ import annotations

import uuid
from collections import Counter

from redis import Redis

from core.streams.log.placement import Placement
from core.streams.log.server import LogServer

SUBJECTS = [uuid.UUID(int=number * 0x9E3779B97F4A7C15) for number in range(3000)]


def placement(*hosts: str) -> Placement:
    return Placement([LogServer(f"redis://:secret@{host}:6379/0", Redis()) for host in hosts])


def places(where: Placement) -> list[str]:
    return [where.of(subject).name for subject in SUBJECTS]


def test_each_server_holds_its_share() -> None:
    shares = Counter(places(placement("one", "two", "three")))
    assert sorted(shares) == ["one:6379/0", "three:6379/0", "two:6379/0"]
    assert all(900 < share < 1100 for share in shares.values())


def test_a_new_server_takes_its_share_and_moves_nothing_else() -> None:
    before, after = places(placement("one", "two", "three")), places(placement("one", "two", "three", "four"))
    moved = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert {new for _, new in moved} == {"four:6379/0"}
    assert 650 < len(moved) < 850


def test_the_order_of_the_list_and_passwords_do_not_matter() -> None:
    other = Placement([LogServer(f"redis://:another@{host}:6379/0", Redis()) for host in ("two", "one")])
    assert places(other) == places(placement("one", "two"))
