"""The state machine of a run in PostgreSQL: whoever is second changes nothing, and every step says all it must."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.streams.hub.outcome import Outcome
from core.streams.models import RETRIES, Run, Status
from core.streams.production import claims
from tests.integration.streams.conftest import RecordingAuthor

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
BEFORE = NOW - timedelta(minutes=1)
MOST = 2**31 - 1
MOST_COST = 2**63 - 1

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def served() -> None:
    """The rows alone: no node."""


def drafted(subject: uuid.UUID | None = None, **fields: Any) -> Run:
    run = claims.draft(subject=subject or uuid.uuid4(), worker="one", now=NOW, **fields)
    run.save(force_insert=True)
    return run


def changed(run: Run, **fields: Any) -> Run:
    """Return the row as it was read before somebody else has made it this."""
    Run.objects.filter(id=run.id).update(**fields)
    return run


def stored(run: Run) -> Run:
    return Run.objects.get(id=run.id)


def ended(run: Run, status: Status = Status.INTERRUPTED, text: str = "a", **fields: Any) -> Run:
    changed(run, status=status, **run.stored(text), finished_at=LATER, **fields)
    return stored(run)


def test_the_first_run_of_a_subject_is_claimed_as_it_is_made() -> None:
    run = drafted()
    assert (run.epoch, run.fence, run.worker, run.status) == (1, 1, "one", Status.WRITING)
    assert (run.edition, run.own_key, run.created_at, run.started_at) == ("", False, NOW, NOW)
    other = drafted(edition="7", own_key=True)
    assert (other.edition, other.own_key) == ("7", True)


def test_the_next_version_is_the_next_epoch_and_only_one_is_live() -> None:
    first = drafted()
    with pytest.raises(IntegrityError), transaction.atomic():
        drafted(first.subject)
    ended(first)
    changed(first, epoch=4)
    assert drafted(first.subject).epoch == 5


def test_a_subject_that_is_known_to_be_new_is_not_asked_about(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        run = claims.draft(subject=uuid.uuid4(), worker="one", now=NOW, is_new=True)
    assert run.epoch == 1


def test_a_run_is_taken_by_one_worker() -> None:
    run = drafted()
    first, second = stored(run), stored(run)
    assert claims.claim(first, worker="two", now=LATER) is True
    assert claims.claim(second, worker="three", now=LATER) is False
    assert (first.fence, first.worker, first.status) == (2, "two", Status.WRITING)
    assert (second.fence, second.worker) == (1, "one")
    now = stored(run)
    assert (now.fence, now.worker, now.status, now.started_at) == (2, "two", Status.WRITING, NOW)


def test_a_run_in_the_queue_begins_to_be_waited_for_when_it_is_taken() -> None:
    run = drafted()
    changed(run, status=Status.QUEUED, started_at=None)
    queued = stored(run)
    assert claims.claim(queued, worker="two", now=LATER)
    for taken in (queued, stored(run)):
        assert (taken.status, taken.started_at, taken.worker) == (Status.WRITING, LATER, "two")


@pytest.mark.parametrize(("status", "is_told"), [(Status.WRITING, True), (Status.QUEUED, False)])
def test_a_stop_that_was_sent_to_a_worker_that_died_is_learnt_with_the_claim(
    status: Status, is_told: bool
) -> None:
    run = stored(changed(drafted(), status=status))
    changed(run, stop_requested=True)
    assert claims.claim(run, worker="two", now=LATER)
    assert run.stop_requested is is_told


def test_a_run_that_has_ended_is_not_taken() -> None:
    run = drafted()
    before = stored(run)
    ended(run)
    assert not claims.claim(before, worker="two", now=LATER)
    assert stored(run).fence == 1


def test_a_text_that_can_not_be_continued_begins_over_in_the_next_epoch() -> None:
    run = drafted()
    assert claims.start_over(run, text="시작") is True
    assert (run.epoch, run.text, run.fence) == (2, "시작", 1)
    assert (stored(run).epoch, stored(run).text) == (2, "시작")
    assert claims.start_over(run)
    assert (run.epoch, run.text, stored(run).text) == (3, "", "")


@pytest.mark.parametrize("meanwhile", [{"fence": 2}, {"status": Status.DONE, "finished_at": LATER}])
def test_nothing_changes_for_whoever_has_lost_the_claim(meanwhile: dict[str, Any]) -> None:
    run = drafted()
    author = RecordingAuthor()
    changed(run, **run.stored("kept"), **meanwhile)
    run.text = "mine"
    token = run.token
    assert claims.start_over(run, text="x") is False
    claims.checkpoint(run, text="x")
    finished = claims.finish(run, outcome=Outcome(Status.DONE), text="x", now=LATER, author=author)
    assert finished is False
    assert (run.epoch, run.text, run.token, run.status) == (1, "mine", token, Status.WRITING)
    now = stored(run)
    assert (now.epoch, now.text, now.provider) == (1, "kept", "")
    assert author.finished_runs == []


def test_a_checkpoint_keeps_the_text_so_far() -> None:
    run = drafted()
    claims.checkpoint(run, text="여기까지")
    assert (stored(run).text, stored(run).status) == ("여기까지", Status.WRITING)


def test_an_end_is_saved_with_all_that_is_known_of_it_and_the_author_is_told() -> None:
    run, author = drafted(), RecordingAuthor()
    run.input_tokens, run.output_tokens, run.cost_micro = 1, 2, 3  # of what was written before a retry
    outcome = Outcome(Status.INTERRUPTED, "deepseek", "m-1", "idle", 10, 20, 30)
    assert claims.finish(run, outcome=outcome, text="글", now=LATER, author=author) is True
    for saved in (run, stored(run)):
        assert (saved.status, saved.error_code, saved.provider) == (Status.INTERRUPTED, "idle", "deepseek")
        assert (saved.model, saved.text, saved.finished_at) == ("m-1", "글", LATER)
        assert (saved.input_tokens, saved.output_tokens, saved.cost_micro) == (11, 22, 33)
    assert author.finished_runs == [(run.id, Status.INTERRUPTED)]


@pytest.mark.parametrize(
    ("told", "tokens", "cost"),
    [(-5, 0, 0), (MOST, MOST, MOST), (MOST + 1, MOST, MOST + 1), (MOST_COST, MOST, MOST_COST), (2**64, MOST, MOST_COST)],
)  # fmt: skip
def test_nonsense_of_a_provider_keeps_no_text_from_being_saved(told: int, tokens: int, cost: int) -> None:
    run = drafted()
    outcome = Outcome(Status.DONE, "p" * 50, "m" * 90, "c" * 50, told, told, told)
    assert claims.finish(run, outcome=outcome, text="글", now=BEFORE, author=RecordingAuthor())
    for saved in (run, stored(run)):
        assert (saved.input_tokens, saved.output_tokens, saved.cost_micro) == (tokens, tokens, cost)
        assert (len(saved.provider), len(saved.model), len(saved.error_code)) == (40, 80, 40)
        assert saved.finished_at == NOW  # another machine's clock is behind


def test_an_author_that_fails_takes_the_end_back() -> None:
    class Failing(RecordingAuthor):
        def finished(self, run: Run) -> None:
            raise ZeroDivisionError

    run = drafted()
    with pytest.raises(ZeroDivisionError):
        claims.finish(run, outcome=Outcome(Status.DONE), text="글", now=LATER, author=Failing())
    assert stored(run).status == Status.WRITING


def test_a_stop_is_asked_for_where_the_run_is_written() -> None:
    author = RecordingAuthor()
    assert claims.request_stop(uuid.uuid4(), now=LATER, author=author) is None
    run = drafted()
    asked = claims.request_stop(run.subject, now=LATER, author=author)
    assert asked is not None and (asked.id, asked.stop_requested) == (run.id, True)
    assert (stored(run).stop_requested, stored(run).status) == (True, Status.WRITING)
    ended(run)
    assert claims.request_stop(run.subject, now=LATER, author=author) is None
    assert author.finished_runs == []


@pytest.mark.parametrize(("now", "finished"), [(LATER, LATER), (BEFORE, NOW)])
def test_a_run_that_nobody_writes_yet_is_stopped_at_once(
    now: datetime, finished: datetime, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    run, author = drafted(), RecordingAuthor()
    changed(run, status=Status.QUEUED)
    with django_capture_on_commit_callbacks() as reports:
        assert claims.request_stop(run.subject, now=now, author=author) is None
    assert len(reports) == 1
    saved = stored(run)
    assert (saved.status, saved.fence, saved.finished_at) == (Status.STOPPED, 2, finished)
    assert not saved.stop_requested
    assert author.finished_runs == [(run.id, Status.STOPPED)]


def test_a_run_that_broke_off_goes_back_to_the_queue_as_if_asked_for_anew() -> None:
    run = ended(drafted(), error_code="idle", stop_requested=True, retries=1)
    for queued in (claims.requeue(run.subject, worker="two"), stored(run)):
        assert (queued.id, queued.status, queued.worker, queued.retries) == (run.id, Status.QUEUED, "two", 2)
        assert (queued.error_code, queued.stop_requested) == ("", False)
        assert (queued.started_at, queued.finished_at, queued.text) == (None, None, "a")


def test_only_the_newest_version_is_continued_and_only_where_it_can_be() -> None:
    with pytest.raises(claims.NotRetryable):
        claims.requeue(uuid.uuid4(), worker="two")
    run = ended(drafted(), retries=RETRIES)
    with pytest.raises(claims.NotRetryable):
        claims.requeue(run.subject, worker="two")
    newer = ended(drafted(run.subject))
    assert claims.requeue(run.subject, worker="two").id == newer.id
    with pytest.raises(claims.NotRetryable):  # it is live again
        claims.requeue(run.subject, worker="two")


def test_a_claim_stands_while_its_token_is_the_newest_and_the_run_is_written() -> None:
    stands, taken, over = drafted(), drafted(), drafted()
    tokens = {run.id: run.token for run in (stands, taken, over)}
    changed(taken, fence=2)
    ended(over)
    assert claims.held({**tokens, uuid.uuid4(): 1}) == {stands.id}
    assert claims.held({}) == set()
