"""A stop reaches whoever writes now, and a writing that lost its claim is in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from core import streams
from core.llm.cancel import Cancel
from core.llm.types import ProviderError
from core.streams import Run, Status
from core.streams.cluster import identity, lifecycle
from core.streams.hub import hub
from core.streams.hub.channel import Channel
from core.streams.hub.hub import ActiveRun
from tests.integration.streams.conftest import RecordingAuthor, Script, new_run, wait_until
from tests.integration.streams.test_writing import ended

pytestmark = pytest.mark.usefixtures("author")


@pytest.fixture
def stale() -> Iterator[ActiveRun]:
    """A run on this worker's board that another one has claimed meanwhile."""
    run = new_run()
    channel = hub.add(Channel(run.subject, 1))
    writing = ActiveRun(channel, run_id=run.id, token=run.token, cancel=Cancel())
    hub.active_runs[run.subject] = writing
    Run.objects.filter(id=run.id).update(worker="elsewhere", fence=2)
    yield writing
    hub.active_runs.pop(run.subject, None)
    hub.forget_if_unused(channel)


def test_a_stop_goes_to_the_worker_that_holds_the_claim(stale: ActiveRun) -> None:
    subject = stale.channel.subject
    streams.stop(subject=subject, now=datetime.now(UTC))
    assert lifecycle.client().lrange("streams:stops:elsewhere", 0, -1) == [str(stale.run_id).encode()]
    assert not stale.cancel.is_set()


def test_word_of_a_stop_is_enough_before_the_database_is_asked(script: Script) -> None:
    script.hold_at = 1
    run = new_run()
    streams.start(run)
    wait_until(lambda: (c := hub.channel(run.subject)) and c.data)
    lifecycle.send_stop(run)  # the row says nothing of it
    assert ended(run).status == Status.STOPPED


def test_a_stop_of_which_redis_lost_the_word_is_read_from_the_database(script: Script) -> None:
    script.hold_at = 1
    run = new_run()
    streams.start(run)
    wait_until(lambda: (c := hub.channel(run.subject)) and c.data)
    Run.objects.filter(id=run.id).update(stop_requested=True)
    # Well before the sweep, which comes once a minute and not while others may be alive.
    wait_until(lambda: Run.objects.get(id=run.id).status == Status.STOPPED, 4 * lifecycle.ASK_FOR_STOPS_EVERY)


def test_a_new_version_waits_for_no_writing_that_has_lost_its_claim(
    script: Script, author: RecordingAuthor
) -> None:
    script.hold_at = 1
    run = new_run()
    streams.start(run)
    wait_until(lambda: (c := hub.channel(run.subject)) and c.data)
    # Another worker took the run over and ended it; here its first writer still waits for the provider.
    Run.objects.filter(id=run.id).update(fence=2, status="done", text="x", finished_at=run.created_at)
    second = new_run(run.subject)
    streams.start(second)
    saved = ended(second)
    assert (saved.status, saved.text) == (Status.DONE, "가나다 라마바 사아자.")
    assert Run.objects.get(id=run.id).text == "x"
    assert author.finished_runs == [(second.id, "done")]


def test_a_stop_while_an_earlier_writing_leaves_is_obeyed(script: Script, stale: ActiveRun) -> None:
    subject = stale.channel.subject
    Run.objects.filter(subject=subject).update(status="done", text="x", finished_at=datetime.now(UTC))
    second = new_run(subject)
    streams.start(second)  # it waits for the stale one, which is told to go and does not yet
    wait_until(stale.cancel.is_set)
    streams.stop(subject=subject, now=datetime.now(UTC))
    del hub.active_runs[subject]
    assert ended(second).status == Status.STOPPED
    assert script.prompts == []


def test_a_writing_with_the_newest_claim_is_not_told_to_go(
    stale: ActiveRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "EARLIER_ENDS_WITHIN", 0.2)
    subject = stale.channel.subject
    for claim_not_yet_made, token in ((True, stale.token), (False, stale.token)):
        stale.token = 0 if claim_not_yet_made else token
        assert not hub.wait_for_earlier(subject, token)
        assert not stale.cancel.is_set()


def test_word_of_a_stop_that_comes_late_stops_no_later_version(script: Script) -> None:
    run = new_run()
    streams.start(run)
    assert ended(run).status == Status.DONE
    script.hold_at = 1
    second = new_run(run.subject)
    streams.start(second)
    wait_until(lambda: (c := hub.channel(run.subject)) and c.data and c.epoch == second.epoch)
    lifecycle.send_stop(run)  # by another worker, when the first version was about to end
    wait_until(lambda: not lifecycle.client().exists(f"streams:stops:{identity.worker_id()}"))
    assert not hub.active_runs[run.subject].cancel.is_set()
    script.gate.set()
    assert ended(second).status == Status.DONE


def test_word_of_a_stop_that_comes_late_stops_no_retry(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    script.pieces = ["가나다", ProviderError("connect", "scripted"), " 라마바"]
    run = new_run()
    streams.start(run)
    assert ended(run).status == Status.INTERRUPTED
    monkeypatch.setattr(lifecycle, "_stops_key", lambda worker: f"unread:{worker}")
    lifecycle.send_stop(run)  # nobody listens there: it has not been read when the retry comes
    script.pieces = ["가나다", " 라마바", " 사아자."]
    streams.retry(subject=run.subject)
    assert not lifecycle.client().exists(f"unread:{identity.worker_id()}")
    assert ended(run).status == Status.DONE


def test_silence_is_no_failure_to_who_listens_for_stops() -> None:
    """Half a second of deafness tailed each failure."""
    assert lifecycle._stop_listener().blpop(["streams:stops:nobody"], timeout=lifecycle.LISTEN) is None
