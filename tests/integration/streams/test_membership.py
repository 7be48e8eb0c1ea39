"""Membership: a worker that may be alive is never declared dead."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from redis.exceptions import RedisError

from core import redis
from core.streams.cluster.membership import MOST_RENEWALS, Membership, new_worker_name
from core.streams.node import StreamNode


def _exited_process() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_two_nodes_of_one_process_have_two_names() -> None:
    assert new_worker_name() != new_worker_name()


def test_a_sibling_whose_process_has_exited_is_dead(served: StreamNode) -> None:
    host, family, pid, _ = served.worker.rsplit("-", 3)
    exited = _exited_process()
    assert served.membership.has_exited(f"{host}-{family}-{exited}-00000000")
    assert not served.membership.has_exited(f"{host}-{family}-{pid}-00000000")  # this one


def test_nothing_is_said_of_workers_of_another_master_or_machine(served: StreamNode) -> None:
    host, family, _, _ = served.worker.rsplit("-", 3)
    exited = _exited_process()
    for stranger in (f"{host}-ffffffff-{exited}-0", f"elsewhere-{family}-{exited}-0", "gone", ""):
        assert not served.membership.has_exited(stranger)


def member(name: str = "") -> Membership:
    return Membership(redis.client(), name or new_worker_name(), renew_every=2, expires_after=6)


def test_a_worker_that_renews_is_alive_and_one_that_leaves_is_found_at_once() -> None:
    stays, goes = member("here-aaaaaaaa-1-1"), member("there-bbbbbbbb-2-2")
    assert not stays.renew({}).was_known
    goes.renew({"writing": 3})
    renewal = stays.renew({})
    assert (renewal.was_known, renewal.expired) == (True, [])
    assert stays.figures()["there-bbbbbbbb-2-2"] == {"writing": 3}
    goes.leave()
    assert stays.renew({}).expired == ["there-bbbbbbbb-2-2"]
    stays.remove("there-bbbbbbbb-2-2")
    assert stays.renew({}).expired == []


def test_a_sibling_that_has_exited_is_found_before_its_key_expires() -> None:
    name = new_worker_name()
    gone = re.sub(r"-\d+-(?=\w{8}$)", f"-{_exited_process()}-", name)
    here = member(name)
    member(gone).renew({})
    here.renew({})
    assert here.exited() == [gone]
    here.remove(gone)
    assert here.exited() == []


def test_a_renewal_costs_the_same_among_two_thousand_workers() -> None:
    def commands() -> int:
        """Return the commands of one renewal, and of what else asks Redis meanwhile: of a few tries the fewest."""
        counts = []
        for _ in range(5):
            before = redis.client().info("commandstats")
            member("one-more-1-1").renew({})
            after = redis.client().info("commandstats")
            counts.append(
                sum(row["calls"] - before.get(name, {"calls": 0})["calls"] for name, row in after.items())
            )
        return min(counts)

    among_few = commands()
    for number in range(2000):
        member(f"host{number}-family-1-1").renew({})
    assert commands() < among_few + 20  # one for each worker would be two thousand


def test_among_many_workers_each_renews_less_often_and_its_key_lives_longer() -> None:
    redis.client().zadd("streams:expiring", {f"host{n}-family-1-1": 10**15 for n in range(1999)})
    one = member("one-more-1-1")
    one.renew({})  # before it has counted
    assert (one.renew_every, one.expires_after) == (2, 6)
    one.renew({})
    assert one.renew_every == pytest.approx(
        2000 / MOST_RENEWALS, abs=0.1
    )  # other tests' workers are counted, too
    assert one.expires_after == pytest.approx(one.renew_every + 4)
    assert redis.client().pttl("streams:worker:one-more-1-1") > 6000


def test_a_renewal_that_fails_leaves_the_time_of_the_next_as_it_was() -> None:
    redis.client().zadd("streams:expiring", {f"host{n}-family-1-1": 10**15 for n in range(1999)})
    one = member("one-more-1-1")
    one.renew({})
    redis.client().set("streams:expiring", "of another kind")  # what it says next is an error
    with pytest.raises(RedisError):
        one.renew({})
    assert (one.renew_every, one.expires_after) == (
        2,
        6,
    )  # the key lives as long as the last one that came through


def test_a_clock_that_is_ahead_calls_nobody_dead() -> None:
    ahead = member("here-aaaaaaaa-1-1")
    member("there-bbbbbbbb-2-2").renew({})
    redis.client().zadd(
        "streams:expiring", {"there-bbbbbbbb-2-2": 0}
    )  # as a clock that is hours ahead sees it
    assert ahead.renew({}).expired == []
    redis.client().delete("streams:worker:there-bbbbbbbb-2-2")
    assert ahead.renew({}).expired == ["there-bbbbbbbb-2-2"]


def test_one_worker_of_all_sweeps() -> None:
    workers = [member() for _ in range(5)]
    assert [worker.may_sweep(seconds=30) for worker in workers] == [True, False, False, False, False]
