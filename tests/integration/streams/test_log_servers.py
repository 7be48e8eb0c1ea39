"""The log on several real servers: each subject on its own one, one of them away, and the list of them changing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from core.redis import Call, Script
from core.streams.log import client as logs
from core.streams.log.client import Append, Fenced, Log, Opened, Tail
from core.streams.log.placement import Placement
from core.streams.log.server import LogServer, LogUnavailable
from tests.integration.streams.conftest import no_redis
from tests.server.harness import RedisDatabases

NOTHING = Tail(0, b"", b"")
EPOCH_TWO = 2 << 20


@pytest.fixture(autouse=True)
def served() -> None:
    """The log alone: no node, and no rows."""


class Asked(LogServer):
    """A server that counts its round trips, and the calls in them."""

    def __init__(self, url: str, redis: Redis | None = None) -> None:
        super().__init__(url, redis)
        self.round_trips = self.calls = 0

    def write(self, script: Script, calls: Sequence[Call]) -> list[Any]:
        self.round_trips += 1
        self.calls += len(calls)
        return super().write(script, calls)

    def read(self, script: Script, calls: Sequence[Call]) -> list[Any]:
        self.round_trips += 1
        self.calls += len(calls)
        return super().read(script, calls)


@pytest.fixture
def two(redis_databases: RedisDatabases) -> Iterator[list[Asked]]:
    urls = [redis_databases.new() for _ in range(2)]
    servers = [Asked(url) for url in urls]
    yield servers
    for url, server in zip(urls, servers, strict=True):
        server.redis.close()
        redis_databases.release(url)


@pytest.fixture
def one(two: list[Asked]) -> Asked:
    return two[0]


def away() -> LogServer:
    return LogServer("redis://127.0.0.1:1/0", no_redis())


def at(server: LogServer, servers: Sequence[LogServer]) -> uuid.UUID:
    """Return a subject whose place among ``servers`` is this one."""
    placement = Placement(servers)
    return next(made for made in iter(uuid.uuid4, None) if placement.of(made) is server)


def opened(log: Log, subject: uuid.UUID, data: bytes = b"", *, token: int = 1, epoch: int = 1) -> None:
    log.open(subject, token=token, epoch=epoch, seed=data, again=False)


def is_within(server: LogServer, key: bytes, seconds: int, step: Callable[[], object]) -> bool:
    """Whether the key lives so long after the step, by the server's own clock and to the second."""

    def now() -> int:
        whole, micro = server.redis.time()  # type: ignore[misc]
        return int(whole) * 1000 + int(micro) // 1000

    before = now()
    step()
    expires = int(server.redis.execute_command("PEXPIRETIME", key))  # type: ignore[no-untyped-call]
    return before <= expires - seconds * 1000 <= now()


# -- One server --


def test_the_keys_of_a_subject_are_the_same_in_every_release() -> None:
    subject = uuid.UUID(int=0x1234567890ABCDEF)
    stem = b"streams:{15}:00000000000000001234567890abcdef"
    assert logs.keys(subject) == (stem + b":meta", stem + b":log")
    assert {logs.keys(uuid.UUID(int=number))[0].split(b":")[1] for number in range(64)} == {
        b"{%d}" % shard for shard in range(16)
    }


def test_a_server_is_named_by_its_address_without_a_password() -> None:
    assert LogServer("redis://user:p@ss@host:6380/3", Redis()).name == "host:6380/3"
    assert LogServer("redis://host:6380/3", Redis()).name == "host:6380/3"


def test_each_part_of_a_flush_is_answered_in_its_order(one: Asked) -> None:
    log = Log([one])
    subjects = [uuid.uuid4() for _ in range(40)]  # of all shards
    for subject in subjects:
        opened(log, subject)
    one.round_trips = one.calls = 0
    results = log.append(
        [Append(subject, 1, 0, b"x" * (number + 1)) for number, subject in enumerate(subjects)]
    )
    assert results == list(range(1, 41))
    tails = log.tail([(subject, 1, 1) for subject in subjects])
    assert tails == [Tail(1, b"", b"x" * number) for number in range(40)]
    assert (one.round_trips, one.calls) == (2, 2)


def test_a_flush_of_many_runs_is_one_round_trip_of_short_calls(
    one: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "AT_ONCE", 16)
    log = Log([one])
    subjects = [uuid.uuid4() for _ in range(40)]
    for subject in subjects:
        opened(log, subject)
    one.round_trips = one.calls = 0
    batch = [Append(subject, 1, 0, b"x" * (number + 1)) for number, subject in enumerate(subjects)]
    assert log.append(batch) == list(range(1, 41))
    assert (one.round_trips, one.calls) == (1, 3)
    assert [len(tail.data) for tail in log.tail([(subject, 1, 0) for subject in subjects])] == list(
        range(1, 41)
    )
    assert (one.round_trips, one.calls) == (2, 6)


def test_a_part_is_refused_under_an_older_claim_or_at_another_length(one: Asked) -> None:
    log = Log([one])
    fenced, other, behind, ours = subjects = [uuid.uuid4() for _ in range(4)]
    for subject in subjects[:3]:
        opened(log, subject, b"abc", token=5)
    batch = [Append(fenced, 4, 3, b"d"), Append(other, 6, 3, b"d"), Append(behind, 5, 2, b"d"), Append(ours, 5, 0, b"d")]  # fmt: skip
    assert log.append(batch) == [-1, -2, -2, -2] == [logs.FENCED, *[logs.MISMATCH] * 3]
    assert log.append([]) == []
    assert log.restore(fenced, token=4, epoch=1, text=b"d") == -1
    with pytest.raises(Fenced):
        opened(log, fenced, token=4)
    assert log.tail([(subject, 1, 0) for subject in subjects]) == [*[Tail(1, b"", b"abc")] * 3, NOTHING]


def test_a_log_of_another_epoch_is_read_from_its_first_byte(one: Asked) -> None:
    log, subject = Log([one]), uuid.uuid4()
    opened(log, subject, b"abc", token=EPOCH_TWO, epoch=2)
    assert log.tail([(subject, 1, 2), (subject, 2, 2)]) == [Tail(2, b"", b"abc"), Tail(2, b"", b"c")]


@pytest.mark.parametrize(("again", "end"), [(False, b"{}"), (True, b"")])
def test_a_takeover_keeps_an_end_and_a_retry_forgets_it(one: Asked, again: bool, end: bytes) -> None:
    log, subject = Log([one]), uuid.uuid4()
    opened(log, subject, b"ab")
    log.close(subject, token=1, epoch=1, text=b"abc", end=b"{}", is_saved=False)
    found = log.open(subject, token=2, epoch=1, seed=b"a", again=again)
    assert found == Opened(b"abc", end, existed=True)


def test_a_log_lives_for_an_hour_and_of_a_saved_text_for_seconds(one: Asked) -> None:
    log, subject = Log([one]), uuid.uuid4()
    meta, text = logs.keys(subject)
    for is_saved, seconds in ((False, 3600), (True, 5)):
        close = lambda is_saved=is_saved: log.close(  # noqa: E731
            subject, token=1, epoch=1, text=b"abc", end=b"{}", is_saved=is_saved
        )
        assert is_within(one, text, seconds, close) and is_within(one, meta, seconds, close)
    for token in (2, 3):  # each under a claim of its own: a call that comes late changes nothing
        key = (meta, text)[token % 2]
        assert is_within(one, key, 3600, lambda token=token: opened(log, subject, token=token * 2))
        restore = lambda token=token: log.restore(subject, token=token * 2 + 1, epoch=1, text=b"abc")  # noqa: E731
        assert is_within(one, key, 3600, restore)
        log.close(subject, token=token * 2 + 1, epoch=1, text=b"abc", end=b"{}", is_saved=True)
    begun = uuid.uuid4()
    opened(log, begun)
    assert is_within(one, logs.keys(begun)[1], 3600, lambda: log.append([Append(begun, 1, 0, b"a")]))


def test_whoever_writes_a_text_that_was_forgotten_is_refused(one: Asked) -> None:
    log, subject, kept = Log([one]), uuid.uuid4(), uuid.uuid4()
    opened(log, subject, b"abc", token=2**52)
    opened(log, kept, b"abc")
    meta, text = logs.keys(subject)
    assert is_within(one, meta, 3600, lambda: log.forget([subject]))
    assert one.redis.get(text) is None
    # Exact in Lua's numbers, where the next one is not.
    assert one.redis.hgetall(meta) == {b"token": b"9007199254740991"}
    assert log.append([Append(subject, 2**53 - 2, 3, b"d")]) == [logs.FENCED]
    assert log.tail([(subject, 1, 0), (kept, 1, 0)]) == [NOTHING, Tail(1, b"", b"abc")]


# -- A server that fails --


def test_a_server_that_refuses_a_write_is_not_asked_for_another_until_it_takes_one(
    one: Asked, caplog: pytest.LogCaptureFixture
) -> None:
    log, subject, other = Log([one]), uuid.uuid4(), uuid.uuid4()
    opened(log, other, b"abc")
    meta, _ = logs.keys(subject)
    one.redis.set(meta, "no hash")  # any refusal: out of memory, read-only
    with pytest.raises(LogUnavailable):
        opened(log, subject)
    assert (one.takes_writes, one.answers, log.away()) == (False, True, [one])
    one.redis.delete(meta)
    assert log.append([Append(other, 1, 3, b"d"), Append(subject, 1, 0, b"d")]) == [-3, -3]
    for refused in (
        lambda: opened(log, subject),
        lambda: log.restore(other, token=1, epoch=1, text=b"abcd"),
        lambda: log.close(other, token=1, epoch=1, text=b"abcd", end=b"{}", is_saved=True),
    ):
        with pytest.raises(LogUnavailable):
            refused()
    log.forget([other])
    assert log.tail([(other, 1, 0)]) == [Tail(1, b"", b"abc")]  # it still reads
    assert one.probe()
    assert (one.takes_writes, one.answers, log.away()) == (True, True, [])
    assert log.append([Append(other, 1, 3, b"d")]) == [4]
    assert [record.getMessage().partition(",")[0] for record in caplog.records] == ["log: server unreachable"]


def test_a_read_that_is_refused_says_nothing_about_the_next_one(one: Asked) -> None:
    broken = Script(Path(logs.__file__).with_name("tail.lua"))
    with pytest.raises(LogUnavailable):
        one.read(broken, [((b"only one key",), ("no number", "x"))])
    assert (one.takes_writes, one.answers) == (True, True)


@pytest.mark.parametrize("fails", ["read", "write"])
def test_a_server_that_is_away_is_not_asked_again_until_it_is_back(
    one: Asked, fails: str, caplog: pytest.LogCaptureFixture
) -> None:
    log, subject, back = Log([one]), uuid.uuid4(), one.redis
    opened(log, subject, b"abc")
    one.redis = no_redis()
    if fails == "read":
        assert log.tail([(subject, 1, 0)]) == [NOTHING]
    else:
        assert log.append([Append(subject, 1, 3, b"d")]) == [logs.AWAY] == [-3]
    assert (one.takes_writes, one.answers, log.away()) == (False, False, [one])
    assert not one.probe()
    assert (one.takes_writes, one.answers) == (False, False)
    one.redis = back
    assert log.tail([(subject, 1, 0)]) == [NOTHING]
    assert log.append([Append(subject, 1, 3, b"d")]) == [-3]
    assert one.probe()
    assert log.away() == []
    assert log.tail([(subject, 1, 0)]) == [Tail(1, b"", b"abc")]
    assert log.append([Append(subject, 1, 3, b"d")]) == [4]
    assert len(caplog.records) == 1


def test_an_end_can_not_be_forgotten_on_a_server_that_is_away() -> None:
    with pytest.raises(LogUnavailable):
        Log([away()]).reopen(uuid.uuid4())


def test_a_server_that_is_away_concerns_its_own_logs_alone(one: Asked) -> None:
    servers = [one, away()]
    log = Log(servers)
    here, there = at(servers[0], servers), at(servers[1], servers)
    opened(log, here)
    with pytest.raises(LogUnavailable):
        opened(log, there)
    batch = [Append(there, 1, 0, b"a"), Append(here, 1, 0, b"ab"), Append(there, 1, 0, b"a")]
    assert log.append(batch) == [logs.AWAY, 2, logs.AWAY]
    assert log.tail([(there, 1, 0), (here, 1, 1)]) == [NOTHING, Tail(1, b"", b"b")]
    log.forget([there, here])
    assert log.tail([(here, 1, 0)]) == [NOTHING]
    assert log.away() == [servers[1]]


# -- Several servers --


def test_each_log_is_on_its_own_server_and_a_flush_asks_each_once(two: list[Asked]) -> None:
    log = Log(two)
    subjects = [at(two[number % 2], two) for number in range(12)]
    for subject in subjects:
        opened(log, subject)
    for server in two:
        server.round_trips = 0
    batch = [Append(subject, 1, 0, b"x" * (number + 1)) for number, subject in enumerate(subjects)]
    assert log.append(batch) == list(range(1, 13))
    wanted = [(subject, 1, 1) for subject in subjects]
    assert log.tail(wanted) == [Tail(1, b"", b"x" * number) for number in range(12)]
    assert [server.round_trips for server in two] == [2, 2]
    for number, subject in enumerate(subjects):
        held = [server.redis.exists(logs.keys(subject)[1]) for server in two]
        assert held == [number % 2 == 0, number % 2 == 1]
    log.forget(subjects)
    assert not any(server.redis.exists(logs.keys(subject)[1]) for server in two for subject in subjects)


# -- The list of servers changes --


@pytest.fixture
def moved(two: list[Asked]) -> uuid.UUID:
    """Return a subject that the second server is to hold since it was added."""
    return at(two[1], two)


def test_a_log_is_read_where_it_was_until_it_is_taken_over(two: list[Asked], moved: uuid.UUID) -> None:
    before, after = Log(two[:1]), Log(two, formerly=two[:1])
    stays = at(two[0], two)
    for subject in (moved, stays):
        opened(before, subject, b"abc")
    assert after.tail([(moved, 1, 1), (stays, 1, 2)]) == [Tail(1, b"", b"bc"), Tail(1, b"", b"c")]
    two[0].round_trips = 0
    assert after.tail([(uuid.UUID(int=stays.int), 1, 0)]) == [Tail(1, b"", b"abc")]
    assert two[0].round_trips == 1


def test_a_subject_whose_place_stays_is_asked_for_once(two: list[Asked]) -> None:
    log, stays = Log(two, formerly=two[:1]), at(two[0], two)
    assert log.tail([(stays, 1, 0)]) == [NOTHING]
    opened(log, stays)
    assert two[0].round_trips == 2


def test_a_takeover_at_the_new_place_continues_and_fences_what_is_at_the_former(
    two: list[Asked], moved: uuid.UUID
) -> None:
    before, after = Log(two[:1]), Log(two, formerly=two[:1])
    opened(before, moved, b"abc")
    found = after.open(moved, token=2, epoch=1, seed=b"ab", again=False)
    assert found == Opened(b"abc", b"", existed=True)
    assert two[1].redis.get(logs.keys(moved)[1]) == b"abc"
    assert before.append([Append(moved, 1, 3, b"!")]) == [logs.FENCED]
    assert after.append([Append(moved, 2, 3, b"d")]) == [4]
    assert after.tail([(moved, 1, 0)]) == [Tail(1, b"", b"abcd")]


@pytest.mark.parametrize(("seed", "text"), [(b"", b"abc"), (b"xyz", b"xyz"), (b"xyzz", b"xyzz")])
def test_of_what_was_saved_and_what_was_logged_the_longer_one_counts(
    two: list[Asked], moved: uuid.UUID, seed: bytes, text: bytes
) -> None:
    opened(Log(two[:1]), moved, b"abc")
    found = Log(two, formerly=two[:1]).open(moved, token=2, epoch=1, seed=seed, again=False)
    assert found == Opened(text, b"", existed=True)


@pytest.mark.parametrize(("again", "end"), [(False, b"{}"), (True, b"")])
def test_an_end_at_the_former_place_is_kept_by_a_takeover(
    two: list[Asked], moved: uuid.UUID, again: bool, end: bytes
) -> None:
    before = Log(two[:1])
    opened(before, moved, b"abc")
    before.close(moved, token=1, epoch=1, text=b"abc", end=b"{}", is_saved=False)
    found = Log(two, formerly=two[:1]).open(moved, token=2, epoch=1, seed=b"", again=again)
    assert found == Opened(b"abc", end, existed=True)


def test_an_end_at_the_new_place_counts_before_the_former_ones(two: list[Asked], moved: uuid.UUID) -> None:
    before, after = Log(two[:1]), Log(two, formerly=two[:1])
    for log, end in ((before, b"old"), (after, b"new")):
        opened(log, moved, b"abc")
        log.close(moved, token=1, epoch=1, text=b"abc", end=end, is_saved=False)
    assert after.open(moved, token=2, epoch=1, seed=b"", again=False).end == b"new"


def test_another_epoch_at_the_former_place_is_left_alone(two: list[Asked], moved: uuid.UUID) -> None:
    before, after = Log(two[:1]), Log(two, formerly=two[:1])
    opened(before, moved, b"abc")
    found = after.open(moved, token=EPOCH_TWO, epoch=2, seed=b"", again=False)
    assert found == Opened(b"", b"", existed=False)
    assert before.append([Append(moved, 1, 3, b"d")]) == [4]


def test_a_former_place_that_is_away_is_none(two: list[Asked], moved: uuid.UUID) -> None:
    servers = [two[1], away()]
    subject = at(two[1], servers)
    log = Log(two[1:], formerly=servers[1:])
    assert log.open(subject, token=1, epoch=1, seed=b"ab", again=False) == Opened(b"ab", b"", existed=False)
    assert log.tail([(subject, 1, 0), (moved, 1, 0)]) == [Tail(1, b"", b"ab"), NOTHING]
    log.forget([subject])
    assert log.tail([(subject, 1, 0)]) == [NOTHING]
    assert log.away() == [servers[1]]


def test_a_deletion_and_a_retry_reach_both_places(two: list[Asked], moved: uuid.UUID) -> None:
    before, after = Log(two[:1]), Log(two, formerly=two[:1])
    for server in two:
        opened(Log([server]), moved, b"abc")
        Log([server]).close(moved, token=1, epoch=1, text=b"abc", end=b"{}", is_saved=False)
    after.reopen(moved)
    assert [Log([server]).tail([(moved, 1, 3)]) for server in two] == [[Tail(1, b"", b"")]] * 2
    after.forget([moved])
    assert [Log([server]).tail([(moved, 1, 0)]) for server in two] == [[NOTHING]] * 2
    assert before.append([Append(moved, 1, 3, b"d")]) == [logs.FENCED]


def test_each_server_is_away_once_however_many_lists_name_it(two: list[Asked]) -> None:
    log = Log(two, formerly=[LogServer(f"redis://{two[0].name}", two[0].redis), away()])
    assert log.away() == []
    two[1].takes_writes = False
    assert log.away() == [two[1]]
    two[1].takes_writes, two[1].answers = True, False
    assert log.away() == [two[1]]
    two[0].answers = two[0].takes_writes = False
    assert log.away() == two
