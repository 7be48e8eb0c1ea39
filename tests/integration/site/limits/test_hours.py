"""The counters of the hour, as they lie in Redis: many in one hash, which stays a list of bytes."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_redis import get_redis_connection

from core.limits import hours
from core.limits.hours import FIELD_BYTES, GROUPS, Counter

NOW = datetime(2026, 5, 15, 3, 0, tzinfo=UTC)


@pytest.fixture
def redis() -> Any:
    return get_redis_connection()


def names_of_one_window(count: int, *, now: datetime = NOW) -> list[str]:
    """Return the names of so many counters whose hour is the same."""
    key = hours.slot("0", now=now)[0]
    every = (str(number) for number in range(count * GROUPS * 2))
    found = [name for name in every if hours.slot(name, now=now)[0] == key]
    return found[:count]


def use(*names: str, limit: int = 100, now: datetime = NOW) -> list[int]:
    return [window.used for window in hours.look([Counter(name, limit) for name in names], now=now)]


def take(*names: str, limit: int = 100, now: datetime = NOW) -> bool:
    return hours.take([Counter(name, limit) for name in names], now=now)[0]


def test_counters_of_one_hour_share_a_key_that_ends_with_it(redis: Any) -> None:
    first, second = names_of_one_window(2)
    assert take(first, second)
    (key,) = redis.keys("*")
    _, field, end = hours.slot(first, now=NOW)
    assert redis.hget(key, field) == b"1"
    assert set(map(len, redis.hkeys(key))) == {FIELD_BYTES}
    left = (end - NOW).total_seconds()
    assert left <= redis.ttl(key) + 1 <= left + hours.LATE + 1
    assert take(first, now=end - timedelta(seconds=1))
    assert redis.keys("*") == [key], "the window has moved"


def test_the_hours_of_different_counters_begin_ten_minutes_apart() -> None:
    ends = {hours.slot(str(number), now=NOW)[2] for number in range(200)}
    assert ends == {NOW + timedelta(minutes=10 * number) for number in range(1, GROUPS + 1)}


def test_a_full_hash_hands_new_counters_on_and_keeps_its_own(redis: Any) -> None:
    names = names_of_one_window(5000)
    for name in names:
        assert take(name)
    keys = redis.keys("*")
    assert len(keys) > 1 + 16, "the second floor of hashes was not filled"
    sizes = {key: redis.hlen(key) for key in keys}
    assert max(sizes.values()) == 256
    assert sum(sizes.values()) == len(names), "a counter lies in two places"
    assert {redis.object("encoding", key) for key in keys} <= {b"listpack", b"ziplist"}
    assert min(redis.ttl(key) for key in keys) > 0, "a hash never ends"
    for name in names:
        assert take(name)
    assert use(*names) == [2] * len(names)
    assert redis.dbsize() == len(keys)


def test_a_counter_takes_a_few_bytes_only(redis: Any) -> None:
    names = [f"guest:{number}" for number in range(4000)]
    for name in names:
        take(name)
    used = sum(redis.memory_usage(key) for key in redis.keys("*"))
    assert used / len(names) < 24, "a key of its own would take a hundred and more"


def test_nothing_in_redis_says_who_was_counted(redis: Any, settings: Any) -> None:
    name = "ai-network:net:203.0.113.7"
    take(name)
    (key,) = redis.keys("*")
    stored = key + b"".join(redis.hgetall(key))
    assert b"203" not in stored and b"net" not in stored
    before = hours.slot(name, now=NOW)[1]
    settings.SECRET_KEY = "another"
    assert hours.slot(name, now=NOW)[1] != before, "anybody could try all addresses"


def test_one_full_counter_keeps_all_others_from_rising() -> None:
    assert take("a", limit=1)
    taken, windows = hours.take([Counter("a", 1), Counter("b", 5)], now=NOW)
    assert (taken, [window.used for window in windows]) == (False, [1, 0])
    assert use("a", "b") == [1, 0]


def test_of_many_at_once_exactly_the_limit_is_counted() -> None:
    gate = threading.Barrier(16)
    taken: list[bool] = []

    def run(number: int) -> None:
        gate.wait(timeout=20)
        taken.extend(take("shared", f"own {number} {again}", limit=10) for again in range(5))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (len(taken), taken.count(True)) == (80, 10)
    own = use(*(f"own {number} {again}" for number in range(16) for again in range(5)))
    assert sum(own) == 10, "a reading that was refused was counted"
