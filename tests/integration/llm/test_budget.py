"""The day's budget: exact over all workers, with one alarm, and a small allowance without Redis."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import redis
from redis.exceptions import ConnectionError as RedisConnectionError

from core.limits.days import korean_day
from core.llm.budget import Budget, Reservation
from core.llm.budget.budget import micro
from tests.lines import lines

LIMIT = 1_000_000


class Day:
    """A day of its own for each test, and a clock for the pause without Redis."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=uuid.uuid4().int % 1_000_000)
        self.seconds = 0.0


@pytest.fixture
def day() -> Day:
    return Day()


Maker = Callable[..., Budget]


@pytest.fixture
def make(valkey: redis.Redis, day: Day) -> Maker:
    def made(
        client: Callable[[], redis.Redis] = lambda: valkey,
        spent_before: Callable[[date], int] = lambda day: 0,
    ) -> Budget:
        return Budget(
            LIMIT, client, spent_before=spent_before, now=lambda: day.now, clock=lambda: day.seconds
        )

    return made


def reserved(budget: Budget, micro: int) -> Reservation:
    found = budget.reserve(micro)
    assert found is not None
    return found


def test_workers_together_never_go_beyond_the_budget(make: Maker) -> None:
    workers = [make() for _ in range(8)]
    won: list[Reservation] = []

    def work(budget: Budget) -> None:
        for _ in range(40):
            found = budget.reserve(7_000)
            if found is not None:
                won.append(found)

    threads = [threading.Thread(target=work, args=(budget,)) for budget in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == LIMIT // 7_000


def test_what_a_request_did_not_cost_is_free_again(make: Maker) -> None:
    budget = make()
    first = reserved(budget, LIMIT)
    assert budget.reserve(1) is None
    budget.settle(first, 400_000)
    assert budget.reserve(600_001) is None
    reserved(budget, 600_000)
    assert budget.spent_today().micro == 400_000


def test_a_new_day_has_its_own_budget(make: Maker, day: Day) -> None:
    budget = make()
    late = reserved(budget, LIMIT)
    day.now += timedelta(days=1)
    reserved(budget, LIMIT // 2)
    budget.settle(late, LIMIT)  # on the day on which it was put aside
    reserved(budget, LIMIT // 2)


def test_four_fifths_and_the_end_are_told_once_by_one_worker(
    make: Maker, caplog: pytest.LogCaptureFixture
) -> None:
    workers = [make(), make()]
    for turn in range(12):
        budget = workers[turn % 2]
        found = budget.reserve(90_000)
        if found is not None:
            budget.settle(found, 90_000)
    told = lines(caplog, "daily budget nearly used up", "daily budget used up")
    assert [(line["event"], line["spent_micro_usd"], line["level"]) for line in told] == [
        ("daily budget nearly used up", 810_000, "error"),
        ("daily budget used up", 990_000, "error"),
    ]


def test_what_others_have_put_aside_is_no_alarm(make: Maker, caplog: pytest.LogCaptureFixture) -> None:
    budget = make()
    reserved(budget, LIMIT)
    assert budget.reserve(1) is None
    assert not [record for record in caplog.records if "daily budget" in record.getMessage()]


def test_a_day_that_redis_has_lost_begins_with_what_the_database_knows(
    make: Maker, day: Day, valkey: redis.Redis
) -> None:
    asked: list[date] = []
    budget = make(spent_before=lambda day: asked.append(day) or 700_000)  # type: ignore[func-returns-value]
    assert budget.reserve(300_001) is None
    first = reserved(budget, 300_000)
    valkey.delete(f"llm:budget:{korean_day(day.now).isoformat()}")
    budget.settle(first, 100_000)
    assert asked == [korean_day(day.now)] * 2
    reserved(budget, 200_000)
    assert budget.reserve(1) is None


class Flaky:
    """A client that can't be reached while ``away``."""

    def __init__(self, client: redis.Redis) -> None:
        self.client = client
        self.away = True
        self.asked = 0

    def __call__(self) -> redis.Redis:
        self.asked += 1
        if self.away:
            raise RedisConnectionError
        return self.client


def test_without_redis_a_process_has_a_small_allowance_and_tells_it_later(
    make: Maker, day: Day, valkey: redis.Redis
) -> None:
    flaky = Flaky(valkey)
    flaky.away = False
    budget = make(client=flaky)
    shared = reserved(budget, 500_000)
    flaky.away = True
    budget.settle(shared, 200_000)
    for _ in range(50):
        found = budget.reserve(10_000)
        if found is None:
            break
        budget.settle(found, 10_000)
    assert budget.reserve(1) is None, "without Redis a process spent more than a twentieth"
    assert flaky.asked < 5, "an unreachable Redis was asked again at once"
    flaky.away = False
    day.seconds += 60
    reserved(budget, 1)
    assert budget.spent_today().micro == 200_000 + 50_000
    assert budget.reserve(750_000) is None
    reserved(budget, 749_999)


def test_the_allowance_is_of_a_day_and_not_of_an_outage(make: Maker, day: Day, valkey: redis.Redis) -> None:
    flaky = Flaky(valkey)
    budget = make(client=flaky)
    for _ in range(2):
        flaky.away = True
        day.seconds += 60
        found = budget.reserve(25_000)
        assert found is not None and not found.is_shared
        budget.settle(found, 25_000)
        flaky.away = False
        day.seconds += 60
        reserved(budget, 1)  # Redis is told
    flaky.away = True
    day.seconds += 60
    assert budget.reserve(1) is None
    day.now += timedelta(days=1)
    assert budget.reserve(1) is not None


def test_a_redis_that_failed_is_asked_again_after_five_seconds(
    make: Maker, day: Day, valkey: redis.Redis
) -> None:
    flaky = Flaky(valkey)
    budget = make(client=flaky)
    found = budget.reserve(1)
    assert found is not None and not found.is_shared
    flaky.away = False
    for seconds, is_shared in ((4.9, False), (5.0, True)):
        day.seconds = seconds
        assert reserved(budget, 1).is_shared is is_shared


def test_the_allowance_is_exactly_a_twentieth_and_includes_what_is_put_aside(
    make: Maker, valkey: redis.Redis
) -> None:
    budget = make(client=Flaky(valkey))
    first = reserved(budget, 30_000)
    assert budget.reserve(20_001) is None
    second = reserved(budget, 20_000)
    assert budget.reserve(1) is None
    budget.settle(first, 10_000)
    assert budget.reserve(20_001) is None
    budget.settle(second, 20_000)
    reserved(budget, 20_000)
    assert budget.reserve(1) is None


def test_days_that_have_ended_are_kept_only_while_something_is_to_be_told_of_them(
    make: Maker, day: Day, valkey: redis.Redis
) -> None:
    flaky = Flaky(valkey)
    budget = make(client=flaky)
    first = korean_day(day.now)
    held = reserved(budget, 10_000)
    day.now += timedelta(days=1)
    reserved(budget, 1)
    assert sorted(budget._accounts) == [first, first + timedelta(days=1)]
    budget.settle(held, 5_000)  # Redis is away: told later
    day.now += timedelta(days=1)
    other = reserved(budget, 1)
    assert first in budget._accounts
    flaky.away = False
    day.seconds += 60
    budget.settle(Reservation(first, 0), 0)
    budget.settle(other, 0)
    assert first not in budget._accounts
    key = f"llm:budget:{first.isoformat()}"
    assert valkey.hget(key, "spent") == b"5000"
    assert 0 < valkey.ttl(key) <= 172800


def test_looking_at_a_day_takes_nothing_of_it(make: Maker) -> None:
    budget = make(spent_before=lambda day: 250_000)
    for _ in range(3):
        spent = budget.spent_today()
        assert (spent.micro, spent.limit, spent.dollars, spent.limit_dollars) == (250_000, LIMIT, 0.25, 1.0)
    reserved(budget, 750_000)
    assert budget.reserve(1) is None


def test_whoever_watches_is_told_each_figure(valkey: redis.Redis, day: Day) -> None:
    told: list[int] = []
    budget = Budget(
        LIMIT,
        lambda: valkey,
        spent_before=lambda day: 0,
        watch=lambda spent: told.append(spent.micro),
        now=lambda: day.now,
    )
    budget.settle(reserved(budget, 100), 70)
    assert told == [0, 70]


def test_money_is_counted_in_millionths() -> None:
    assert [micro(dollars) for dollars in (0, 1, 0.0000014, 0.0000016, 2.5)] == [
        0,
        1_000_000,
        1,
        2,
        2_500_000,
    ]
