"""A stop reaches the worker that writes now, and a run that has lost its claim blocks no other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from redis.exceptions import RedisError

from core import streams
from core.llm.cancel import Cancel
from core.redis import BlockingReader, client
from core.runtime import spawn
from core.streams import Run, Status
from core.streams.cluster.stops import Stops
from core.streams.hub.active import ActiveRun
from core.streams.node import StreamNode, node
from tests.integration.streams.conftest import (
    RecordingAuthor,
    Script,
    made_of,
    new_run,
    serving,
    wait_until,
)
from tests.integration.streams.test_writing import ended


@pytest.fixture
def stale() -> Iterator[ActiveRun]:
    """Give a run that is active here and has been claimed by another worker meanwhile."""
    run = new_run()
    writing = node().hub.begin(run, Cancel())
    writing.claimed(run.token)
    Run.objects.filter(id=run.id).update(worker="elsewhere", fence=2)
    yield writing
    node().hub.release(writing)


def test_a_stop_goes_to_the_worker_that_holds_the_claim(stale: ActiveRun) -> None:
    subject = stale.channel.subject
    streams.stop(subject=subject, now=datetime.now(UTC))
    assert client().lrange("streams:stops:elsewhere", 0, -1) == [str(stale.run_id).encode()]
    assert not stale.cancel.is_set()


def test_word_of_a_stop_is_enough_before_the_database_is_asked(script: Script) -> None:
    script.hold_at = 1
    run = new_run()
    streams.start(run)
    wait_until(lambda: (c := node().hub.channel(run.subject)) and c.data)
    node().stops.send(run)  # the row says nothing of it
    assert ended(run).status == Status.STOPPED


def test_a_stop_of_which_redis_lost_the_word_is_read_from_the_database(script: Script) -> None:
    script.hold_at = 1
    run = new_run()
    streams.start(run)
    wait_until(lambda: (c := node().hub.channel(run.subject)) and c.data)
    Run.objects.filter(id=run.id).update(stop_requested=True)
    # Well before the sweep, which comes once a minute and not while others may be alive.
    wait_until(lambda: Run.objects.get(id=run.id).status == Status.STOPPED, 20)


def test_a_new_version_waits_for_no_writing_that_has_lost_its_claim(
    script: Script, author: RecordingAuthor
) -> None:
    script.hold_at = 1
    run = new_run()
    streams.start(run)
    wait_until(lambda: (c := node().hub.channel(run.subject)) and c.data)
    # Another worker took the run over and ended it; here its first producer still waits for the provider.
    Run.objects.filter(id=run.id).update(
        fence=2, status="done", **run.stored("x"), finished_at=run.created_at
    )
    second = new_run(run.subject)
    streams.start(second)
    saved = ended(second)
    assert (saved.status, saved.text) == (Status.DONE, "가나다 라마바 사아자.")
    assert Run.objects.get(id=run.id).text == "x"
    assert author.finished_runs == [(second.id, "done")]


def test_a_stop_while_an_earlier_writing_leaves_is_obeyed(script: Script, stale: ActiveRun) -> None:
    subject = stale.channel.subject
    Run.objects.filter(subject=subject).update(status="done", finished_at=datetime.now(UTC))
    second = new_run(subject)
    streams.start(second)  # it waits for the stale run, which was interrupted and has not ended yet
    wait_until(stale.cancel.is_set)
    streams.stop(subject=subject, now=datetime.now(UTC))
    del node().hub.active[subject]
    assert ended(second).status == Status.STOPPED
    assert script.prompts == []


def test_a_writing_with_the_newest_claim_is_not_told_to_go(stale: ActiveRun) -> None:
    subject = stale.channel.subject
    for claim_not_yet_made, token in ((True, stale.token), (False, stale.token)):
        stale.token = 0 if claim_not_yet_made else token
        assert not node().hub.wait_for_earlier(subject, token, seconds=0.2)
        assert not stale.cancel.is_set()


def test_word_of_a_stop_that_comes_late_stops_no_later_version(script: Script) -> None:
    run = new_run()
    streams.start(run)
    assert ended(run).status == Status.DONE
    script.hold_at = 1
    second = new_run(run.subject)
    streams.start(second)
    wait_until(lambda: (c := node().hub.channel(run.subject)) and c.data and c.epoch == second.epoch)
    node().stops.send(run)  # by another worker, when the first version was about to end
    wait_until(lambda: not client().exists(f"streams:stops:{node().worker}"))
    assert not node().hub.active[run.subject].cancel.is_set()
    script.gate.set()
    assert ended(second).status == Status.DONE


def test_a_stop_that_comes_late_stops_no_retry(script: Script, author: RecordingAuthor) -> None:
    late = made_of(
        script, author
    )  # it reads no commands yet, so that one is still there when the retry comes
    with serving(late, start=False):
        run = new_run()
        ends = {"status": "interrupted", **run.stored("가나다"), "finished_at": run.created_at}
        Run.objects.filter(id=run.id).update(**ends)
        late.stops.send(run)
        streams.retry(subject=run.subject)
        assert ended(run).status == Status.DONE
    assert not client().exists(f"streams:stops:{late.worker}")


def test_silence_is_no_failure_to_the_stop_listener() -> None:
    """Before, the listener missed commands for half a second after each failure."""
    with closing(BlockingReader(client())) as reader:
        assert reader.pop(["streams:stops:nobody"], seconds=2) is None  # longer than a command may take


def test_a_listener_ends_with_its_worker_whatever_it_does(
    served: StreamNode, author: RecordingAuthor
) -> None:
    """Before, one that was connecting or just about to read did so all the same, for as long as a read lasts."""
    for step in range(40):
        stops = Stops(client(), served.hub, f"nobody-{step}", author)
        listener = spawn("stop listener", stops.listen)
        threading.Event().wait(step / 10_000)  # another moment each time
        stops.close()
        assert listener.join(20)


def test_a_closed_reader_reads_no_more() -> None:
    reader = BlockingReader(client())
    reader.close()
    client().rpush("a-list", "something")
    with pytest.raises(RedisError):
        reader.pop(["a-list"], seconds=30)
    assert client().llen("a-list") == 1


def _blocked() -> set[str]:
    """Return the connections on which Redis has somebody wait, of this process: other tests have databases of their own."""
    mine = str(client().connection_pool.connection_kwargs.get("db", 0))
    return {found["id"] for found in client().client_list() if "b" in found["flags"] and found["db"] == mine}


def test_a_listener_reads_on_a_new_connection_once_the_heartbeat_fails(
    script: Script, served: StreamNode
) -> None:
    """The one that it has may have broken in silence."""
    script.hold_at = 1
    run = new_run()
    streams.start(run)
    wait_until(_blocked)
    before = _blocked()
    client().set("streams:expiring", "of another kind")  # the next renewal fails
    wait_until(lambda: not _blocked() & before)
    client().delete("streams:expiring")
    wait_until(_blocked)
    served.stops.send(run)
    assert ended(run).status == Status.STOPPED
