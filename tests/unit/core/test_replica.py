"""When a replica is asked, left alone and tried again; with a real one in tests/server/faults/test_replica.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connections

from core.db import replica
from core.db.pool import PoolTimeout
from core.db.replica import AWAY_FOR, BEHIND_FOR, Behind, Position, Replica, Router


class World:
    """A replica whose answer a test chooses, and a clock."""

    def __init__(self) -> None:
        self.now = 100.0
        self.position: Position | Exception = Position("0/1", "a cluster")
        self.trouble: Exception | None = None
        self.asked: list[str] = []
        self.replica = Replica(clock=lambda: self.now)

    def where(self) -> Position:
        if isinstance(self.position, Exception):
            raise self.position
        return self.position

    def wait_for(self, position: Position) -> None:
        self.asked.append(position.lsn)
        if self.trouble:
            raise self.trouble

    def read(self) -> str:
        """Return the alias that has answered."""
        return self.replica.read(lambda using: using)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    made = World()
    monkeypatch.setattr(replica, "is_configured", lambda: True)
    monkeypatch.setattr(replica, "_position", made.where)
    monkeypatch.setattr(replica, "_wait_for", made.wait_for)
    yield made
    connections.close_all()


def test_one_that_has_everything_answers(world: World) -> None:
    assert [world.read(), world.read()] == ["replica", "replica"]
    assert world.asked == ["0/1", "0/1"]


@pytest.mark.parametrize(
    ("trouble", "seconds"), [(Behind("late"), BEHIND_FOR), (OperationalError("away"), AWAY_FOR)]
)
def test_one_in_trouble_is_left_alone_and_then_tried_by_one_at_a_time(
    world: World, trouble: Exception, seconds: float
) -> None:
    world.trouble = trouble
    assert [world.read() for _ in range(3)] == ["default"] * 3
    assert len(world.asked) == 1
    world.now += seconds - 0.01
    assert (world.read(), len(world.asked)) == ("default", 1)
    world.now += 0.02
    # While one tries it, the others don't.
    found: list[str] = []
    world.trouble = None
    assert world.replica.read(lambda using: found.append(world.read()) or using) == "replica"
    assert found == ["default"]
    assert (world.read(), len(world.asked)) == ("replica", 3)


def test_one_whose_step_fails_is_left_to_the_primary(world: World) -> None:
    def step(using: str) -> str:
        if using == "replica":
            raise OperationalError("canceling statement due to conflict with recovery")
        return using

    assert world.replica.read(step) == "default"
    assert world.read() == "default"


def test_one_that_does_not_answer_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    held = Event()
    monkeypatch.setattr(replica, "DEADLINE", 0.05)
    try:
        assert (
            world.replica.read(lambda using: held.wait(30) and using if using == "replica" else using)
            == "default"
        )
    finally:
        held.set()


def test_a_mistake_in_the_step_is_raised_and_says_nothing_about_the_replica(world: World) -> None:
    def step(using: str) -> str:
        raise ValueError(using)

    with pytest.raises(ValueError, match="replica"):
        world.replica.read(step)
    assert world.read() == "replica"


@pytest.mark.parametrize("trouble", [Behind("a standby itself"), OperationalError("permission denied")])
def test_beside_a_primary_that_does_not_say_how_far_it_is_it_is_not_asked(
    world: World, trouble: Exception
) -> None:
    world.position = trouble
    assert (world.read(), world.asked) == ("default", [])


def test_a_pool_of_the_primary_that_is_used_up_is_not_waited_for_twice(world: World) -> None:
    world.position = PoolTimeout("all are taken")
    with pytest.raises(PoolTimeout):
        world.read()


def test_a_pool_of_the_replica_that_is_used_up_is_no_error(world: World) -> None:
    world.trouble = PoolTimeout("all are taken")
    assert world.read() == "default"


def test_within_a_transaction_the_primary_answers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "in_atomic_block", True)  # these tests have no database
    assert (world.read(), world.asked) == ("default", [])


def test_without_one_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert replica.read(lambda using: using) == "default"


def test_nothing_reaches_it_that_does_not_name_it() -> None:
    router = Router()
    assert router.db_for_read(object()) == router.db_for_write(object()) == "default"
    assert not router.allow_migrate("replica", "core")
    assert router.allow_migrate("default", "core")
