"""One table for both stores of circuits: what happens, and what state it leaves."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
import redis

from core.llm.breaker.circuit import Decision, Limits, Store
from core.llm.breaker.memory import MemoryStore
from core.llm.breaker.shared import SharedStore

LIMITS = Limits()
PASS, PROBE, NO = Decision.PERMITTED, Decision.PROBE, Decision.REFUSED


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest, clock: Clock) -> Store:
    if request.param == "memory":
        return MemoryStore(LIMITS, clock)
    valkey: redis.Redis = request.getfixturevalue("valkey")
    return SharedStore(lambda: valkey, LIMITS, clock)


Step = tuple[str, object]
TRIP: list[Step] = [("fail", 0)] * 5

# Steps: ("fail", answers before it), ("fail probe", answers), ("rest", seconds asked for), ("rest probe", seconds),
# ("acquire", expected), ("answers", reported by an
# acquire), ("release", None), ("close", None), ("wait", seconds), ("state", expected).
TABLE: dict[str, list[Step]] = {
    "a circuit begins closed": [("state", "closed"), ("acquire", PASS)],
    "four failures leave it closed": [*TRIP[:4], ("state", "closed"), ("acquire", PASS)],
    "the fifth failure opens it": [*TRIP, ("state", "open"), ("acquire", NO)],
    "failures of an earlier window don't count": [
        *TRIP[:4], ("wait", 20), ("fail", 0), ("state", "closed"), *TRIP[:4], ("state", "open"),
    ],
    "more answers than failures keep it closed": [("answers", 6), *TRIP, ("state", "closed"), ("fail", 0), ("state", "open")],
    "answers reported with a failure count as well": [("fail", 6), *TRIP[:4], ("state", "closed")],
    "answers of an earlier window don't count": [("answers", 60), ("wait", 20), *TRIP, ("state", "open")],
    "the pause ends by itself": [*TRIP, ("wait", 4.9), ("state", "open"), ("wait", 0.1), ("state", "half-open")],
    "one probe passes": [*TRIP, ("wait", 5), ("acquire", PROBE), ("acquire", NO), ("state", "half-open")],
    "an answered probe closes it and forgets": [
        *TRIP, ("wait", 5), ("acquire", PROBE), ("close", None), ("state", "closed"), *TRIP[:4], ("state", "closed"),
    ],
    "a failed probe opens it for twice as long": [
        *TRIP, ("wait", 5), ("acquire", PROBE), ("fail probe", 0), ("state", "open"),
        ("wait", 9.9), ("acquire", NO), ("wait", 0.1), ("acquire", PROBE),
    ],
    "the pause has a bound": [
        *TRIP, ("wait", 5),
        *[step for pause in (10, 20, 40, 80, 120, 120) for step in (
            ("acquire", PROBE), ("fail probe", 0), ("wait", pause - 0.1), ("acquire", NO), ("wait", 0.1),
        )],
        ("acquire", PROBE),
    ],
    "a released probe lets the next one pass": [
        *TRIP, ("wait", 5), ("acquire", PROBE), ("release", None), ("acquire", PROBE),
    ],
    "a silent probe is replaced": [
        *TRIP, ("wait", 5), ("acquire", PROBE), ("wait", 59.9), ("acquire", NO), ("wait", 0.1), ("acquire", PROBE),
    ],
    "a late failure of an earlier call changes nothing while it is open": [
        *TRIP, ("fail", 0), ("wait", 5), ("state", "half-open"),
    ],
    "a wish to be left alone opens it for as long": [
        ("rest", 30), ("state", "open"), ("wait", 29.9), ("acquire", NO), ("wait", 0.1), ("acquire", PROBE),
    ],
    "an hour is cut to the longest pause": [
        ("rest", 3600), ("wait", 119.9), ("acquire", NO), ("wait", 0.1), ("acquire", PROBE), ("acquire", NO),
    ],
    "a probe that is sent away waits again": [
        ("rest", 1), ("wait", 1), ("acquire", PROBE), ("rest probe", 60),
        ("wait", 59.9), ("acquire", NO), ("wait", 0.1), ("acquire", PROBE),
    ],
    "a probe that fails after a short wish waits as after any": [
        ("rest", 1), ("wait", 1), ("acquire", PROBE), ("fail probe", 0), ("wait", 4.9), ("acquire", NO), ("wait", 0.1),
        ("acquire", PROBE),
    ],
    "a later wish lengthens a pause and never shortens it": [
        *TRIP, ("rest", 1), ("wait", 4.9), ("acquire", NO), ("rest", 10), ("wait", 9.9), ("acquire", NO), ("wait", 0.1),
        ("acquire", PROBE),
    ],
    "a wish for no time is a failure like any": [("rest", 0), ("state", "closed"), *TRIP[:4], ("state", "open")],
    "releasing what is closed changes nothing": [("release", None), ("state", "closed"), ("acquire", PASS)],
}  # fmt: skip


@pytest.mark.parametrize("steps", TABLE.values(), ids=TABLE)
def test_the_table(store: Store, clock: Clock, steps: list[Step]) -> None:
    name = uuid.uuid4().hex

    def wait(seconds: float) -> None:
        clock.now += seconds

    takes: dict[str, Callable[..., object]] = {
        "fail": lambda answers: store.fail(name, probe=False, answers=answers),
        "fail probe": lambda answers: store.fail(name, probe=True, answers=answers),
        "rest": lambda seconds: store.fail(name, probe=False, answers=0, rest=seconds),
        "rest probe": lambda seconds: store.fail(name, probe=True, answers=0, rest=seconds),
        "answers": lambda answers: store.acquire(name, answers),
        "release": lambda _: store.release(name),
        "close": lambda _: store.close(name),
        "wait": wait,
    }
    for number, (step, value) in enumerate(steps):
        if step == "acquire":
            assert store.acquire(name, 0) is value, f"step {number}"
        elif step == "state":
            assert store.state(name) == value, f"step {number}"
        else:
            takes[step](value)


def test_circuits_are_independent(store: Store) -> None:
    names = uuid.uuid4().hex, uuid.uuid4().hex
    for _ in range(LIMITS.failures):
        store.fail(names[0], probe=False, answers=0)
    assert [store.acquire(name, 0) for name in names] == [NO, PASS]


def test_redis_learns_the_script_again_after_it_forgot(valkey: redis.Redis, clock: Clock) -> None:
    store = SharedStore(lambda: valkey, LIMITS, clock)
    valkey.script_flush()
    assert store.acquire(uuid.uuid4().hex, 0) is PASS


def test_without_a_clock_redis_keeps_the_time(valkey: redis.Redis) -> None:
    store, name = SharedStore(lambda: valkey, LIMITS), uuid.uuid4().hex
    for _ in range(LIMITS.failures):
        store.fail(name, probe=False, answers=0)
    seconds, _ = valkey.time()  # type: ignore[misc]
    until = float(valkey.hget(f"llm:{{{name}}}:circuit", "open_until")) / 1000  # type: ignore[arg-type]
    assert 0 < until - seconds <= LIMITS.pause + 1
