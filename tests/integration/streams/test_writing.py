"""A run from its creation to its end, and everything that browsers may do meanwhile."""

from __future__ import annotations

import json
import sys
import uuid
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from django.test import RequestFactory

from core import streams
from core.llm.types import Kind, ProviderError, Retracted
from core.redis import client
from core.runtime import TooManyJobs
from core.streams import Run, Status
from core.streams.hub.outcome import Outcome
from core.streams.log import client as log
from core.streams.models import RETRIES
from core.streams.node import node
from core.streams.production import claims
from tests.integration.streams.conftest import (
    RecordingAuthor,
    Script,
    collect,
    made_of,
    new_run,
    no_redis,
    serving,
    wait_until,
)


def ended(run: Run) -> Run:
    wait_until(lambda: not Run.objects.get(id=run.id).is_live and run.subject not in node().hub.active)
    return Run.objects.get(id=run.id)


def texts(events: list[bytes]) -> str:
    data = [
        line[6:]
        for e in events
        for line in e.split(b"\n")
        if line.startswith(b"data: ") and b"event: text" in e
    ]
    return "".join(json.loads(d)["text"] for d in data)


def names(events: list[bytes]) -> list[str]:
    return [line[7:].decode() for e in events for line in e.split(b"\n") if line.startswith(b"event: ")]


def open_events(run: Run, position: str | None = None) -> object:
    return streams.event_response(RequestFactory().get("/"), run=run, position=position)


def test_what_is_streamed_is_what_is_stored_and_logged(script: Script, author: RecordingAuthor) -> None:
    run = new_run()
    streams.start(run)
    events = collect(open_events(run))
    saved = ended(run)
    assert saved.status == Status.DONE
    assert texts(events) == saved.text == "가나다 라마바 사아자."
    assert names(events)[-1] == "done"
    assert node().log.tail([(run.subject, 1, 0)])[0].data.decode() == saved.text
    assert author.finished_runs == [(run.id, "done")]
    assert (saved.provider, saved.model, saved.input_tokens) == ("scripted", "m-1", 10)
    assert script.closed == 1


def test_a_new_run_has_its_channel_at_once(script: Script, author: RecordingAuthor) -> None:
    """The response to the request that began the run finds its channel, and an immediate stop stops it."""
    author.gate.clear()
    run = new_run()
    streams.start(run)
    channel = node().hub.channel(run.subject)
    assert channel is not None
    assert channel.is_local
    streams.stop(subject=run.subject, now=datetime.now(UTC))
    author.gate.set()
    assert ended(run).status == Status.STOPPED
    assert script.prompts == []


def test_a_run_whose_job_can_not_begin_leaves_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    run = new_run()
    monkeypatch.setattr(sys.modules[TooManyJobs.__module__], "MAX_JOBS", 0)
    with pytest.raises(TooManyJobs):
        streams.start(run)
    assert run.subject not in node().hub.active  # otherwise no sweep would ever claim it
    assert node().hub.channel(run.subject) is None


def test_a_reader_that_comes_back_gets_exactly_the_rest(script: Script) -> None:
    run = new_run()
    streams.start(run)
    ended(run)
    run.refresh_from_db()
    assert texts(collect(open_events(run, "1-9"))) == " 라마바 사아자."
    assert open_events(run, f"1-{len(run.text.encode())}").status_code == 204  # type: ignore[attr-defined]


@pytest.mark.parametrize("position", ["2-0", "1-4000", "1-1", "7-3"])
def test_a_position_that_does_not_exist_resets(script: Script, position: str) -> None:
    run = new_run()
    streams.start(run)
    ended(run)
    run.refresh_from_db()
    events = collect(open_events(run, position))
    assert names(events)[0] == "reset"
    assert texts(events) == run.text


@pytest.mark.parametrize("position", ["", "x", "1-", "-1", "1--1", "1-1e3", "١-١", "9" * 30 + "-1", "1-\x00"])
def test_a_position_that_is_nonsense_starts_from_the_first_byte(script: Script, position: str) -> None:
    run = new_run()
    streams.start(run)
    ended(run)
    run.refresh_from_db()
    assert texts(collect(open_events(run, position))) == run.text


def test_stop_keeps_what_was_written_and_closes_the_provider(script: Script, author: RecordingAuthor) -> None:
    script.hold_at = 1
    run = new_run()
    streams.start(run)
    wait_until(lambda: (c := node().hub.channel(run.subject)) and c.data)
    streams.stop(subject=run.subject, now=datetime.now(UTC))
    saved = ended(run)
    assert (saved.status, saved.text) == (Status.STOPPED, "가나다")
    assert script.closed == 1
    assert author.finished_runs == [(run.id, "stopped")]


def test_a_queued_run_is_stopped_without_a_writer(script: Script, author: RecordingAuthor) -> None:
    run = new_run()
    Run.objects.filter(id=run.id).update(status="queued")  # as a retry leaves it
    run.refresh_from_db()
    streams.stop(subject=run.subject, now=datetime.now(UTC))
    assert Run.objects.get(id=run.id).status == Status.STOPPED
    node().producer.resume(run)  # too late: the claim is refused
    wait_until(lambda: not node().hub.active)
    assert script.prompts == []
    assert author.finished_runs == [(run.id, "stopped")]


def test_a_text_that_breaks_off_is_interrupted_and_a_retry_continues_it(
    script: Script, author: RecordingAuthor
) -> None:
    whole = list(script.pieces)
    script.pieces = ["가나다", ProviderError("connect", "scripted")]
    run = new_run()
    streams.start(run)
    events = collect(open_events(run))
    saved = ended(run)
    assert (saved.status, saved.text, saved.error_code) == (Status.INTERRUPTED, "가나다", "connect")
    assert names(events)[-1] == "failed"
    script.pieces = whole
    streams.retry(subject=run.subject)
    saved = ended(run)
    assert (saved.status, saved.text, saved.epoch) == (Status.DONE, "가나다 라마바 사아자.", 1)
    assert script.prompts[-1].prefix == "가나다"
    assert [status for _, status in author.finished_runs] == ["interrupted", "done"]


def test_nothing_written_is_a_failure(script: Script) -> None:
    script.refuse = ProviderError("overloaded", "scripted")
    run = new_run()
    streams.start(run)
    events = collect(open_events(run))
    saved = ended(run)
    assert (saved.status, saved.text, saved.error_code) == (Status.FAILED, "", "overloaded")
    assert names(events) == ["failed"]


def test_a_live_subject_can_not_be_written_twice(script: Script) -> None:
    run = new_run()
    with pytest.raises(IntegrityError):
        new_run(run.subject)


def test_a_second_epoch_keeps_the_first(script: Script) -> None:
    run = new_run()
    streams.start(run)
    ended(run)
    script.pieces = ["다시 쓴 글"]
    second = new_run(run.subject)
    streams.start(second)
    ended(second)
    assert [(v.epoch, v.text) for v in streams.versions(run.subject)] == [
        (2, "다시 쓴 글"),
        (1, "가나다 라마바 사아자."),
    ]
    events = collect(open_events(Run.objects.get(id=second.id), "1-9"))
    assert names(events)[0] == "reset"
    assert texts(events) == "다시 쓴 글"


def test_a_dead_workers_run_is_continued_from_its_log(script: Script, author: RecordingAuthor) -> None:
    run = new_run()
    dead = Run.objects.filter(id=run.id)
    dead.update(worker="gone", fence=1, status="writing", started_at=datetime.now(UTC))
    run.refresh_from_db()
    node().log.open(run.subject, token=run.token, epoch=1, seed=b"", again=False)
    node().log.append([log.Append(run.subject, run.token, 0, "가나다".encode())])
    stale = run.token
    node().takeover.take_over_from("gone")
    saved = ended(run)
    assert (saved.status, saved.text, saved.fence, saved.epoch) == (
        Status.DONE,
        "가나다 라마바 사아자.",
        2,
        1,
    )
    assert script.prompts[0].prefix == "가나다"
    # The old producer wakes up late: the log and the row refuse all it writes.
    assert node().log.append([log.Append(run.subject, stale, 9, b"late")]) == [log.FENCED]
    with pytest.raises(log.Fenced):
        node().log.open(run.subject, token=stale, epoch=1, seed=b"", again=False)
    assert not claims.finish(
        run, outcome=Outcome(Status.DONE), text="late", now=datetime.now(UTC), author=author
    )
    assert author.finished_runs == [(run.id, "done")]


def test_a_provider_that_can_not_continue_begins_a_new_epoch(script: Script) -> None:
    script.continues = False
    run = new_run()
    Run.objects.filter(id=run.id).update(
        worker="gone", fence=1, status="writing", started_at=datetime.now(UTC)
    )
    run.refresh_from_db()
    node().log.open(run.subject, token=run.token, epoch=1, seed=b"", again=False)
    node().log.append([log.Append(run.subject, run.token, 0, "옛 글".encode())])
    response = open_events(run, "1-3")
    node().takeover.take_over_from("gone")
    events = collect(response)
    saved = ended(run)
    assert (saved.epoch, saved.text) == (2, "가나다 라마바 사아자.")
    assert "reset" in names(events)
    after_reset = events[[i for i, e in enumerate(events) if b"event: reset" in e][-1] :]
    assert texts(after_reset) == saved.text


def test_a_finished_text_whose_save_was_lost_is_saved_by_the_next_worker(script: Script) -> None:
    run = new_run()
    Run.objects.filter(id=run.id).update(
        worker="gone", fence=1, status="writing", started_at=datetime.now(UTC)
    )
    run.refresh_from_db()
    node().log.open(run.subject, token=run.token, epoch=1, seed=b"", again=False)
    node().log.append([log.Append(run.subject, run.token, 0, "다 쓴 글".encode())])
    end = Outcome(Status.DONE, provider="scripted", model="m").encode()
    node().log.close(run.subject, token=run.token, epoch=1, text="다 쓴 글".encode(), end=end, is_saved=False)
    node().takeover.take_over_from("gone")
    saved = ended(run)
    assert (saved.status, saved.text, saved.provider) == (Status.DONE, "다 쓴 글", "scripted")
    assert script.prompts == []


def test_a_reader_of_another_workers_run_follows_its_log(script: Script) -> None:
    run = new_run()
    Run.objects.filter(id=run.id).update(
        worker="elsewhere", fence=1, status="writing", started_at=datetime.now(UTC)
    )
    run.refresh_from_db()
    node().log.open(run.subject, token=run.token, epoch=1, seed=b"", again=False)
    body = iter(open_events(run))  # type: ignore[call-overload]
    next(body)
    whole = "하나 둘 셋 넷".encode()
    node().log.append([log.Append(run.subject, run.token, 0, whole[:7])])
    assert texts([next(body)]) == "하나 "
    node().log.append([log.Append(run.subject, run.token, 7, whole[7:])])
    assert texts([next(body)]) == "둘 셋 넷"
    end = Outcome(Status.DONE).encode()
    node().log.close(run.subject, token=run.token, epoch=1, text=whole, end=end, is_saved=False)
    assert b"event: done" in next(body)


def test_readings_go_on_without_redis_and_are_saved(script: Script, author: RecordingAuthor) -> None:
    with serving(made_of(script, author, redis=no_redis())):
        run = new_run()
        streams.start(run)
        events = collect(open_events(run))
        assert texts(events) == ended(run).text == "가나다 라마바 사아자."


def test_a_log_that_redis_lost_midway_is_put_back_whole(script: Script) -> None:
    script.hold_at = 2
    run = new_run()
    streams.start(run)
    wait_until(
        lambda: (c := node().hub.channel(run.subject)) and len(c.data) == len("가나다 라마바".encode())
    )
    client().flushdb()
    script.gate.set()
    saved = ended(run)
    assert node().log.tail([(run.subject, 1, 0)])[0].data.decode() == saved.text == "가나다 라마바 사아자."


def test_a_stream_refuses_to_begin_inside_a_transaction(script: Script) -> None:
    from django.db import transaction

    run = new_run()
    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction"):
        open_events(run)


def test_nothing_is_admitted_past_the_bound(script: Script, settings: object) -> None:
    settings.MAX_STREAMS = 1  # type: ignore[attr-defined]
    script.hold_at = 1
    run = new_run()
    streams.start(run)
    wait_until(lambda: run.subject in node().hub.active)
    with pytest.raises(streams.Full) as refused:
        streams.reserve()
    assert 1 <= refused.value.retry_after <= 10
    script.gate.set()
    ended(run)
    streams.reserve().release()


def test_waiting_gives_the_whole_text(script: Script) -> None:
    run = new_run()
    streams.start(run)
    assert streams.wait(RequestFactory().get("/"), subject=run.subject) == ("done", "가나다 라마바 사아자.")


def test_a_run_that_ended_can_not_be_retried(script: Script) -> None:
    run = new_run()
    streams.start(run)
    ended(run)
    with pytest.raises(streams.NotRetryable):
        streams.retry(subject=run.subject)
    with pytest.raises(streams.NotRetryable):
        streams.retry(subject=uuid.uuid4())


def test_a_text_is_continued_three_times_at_most(script: Script) -> None:
    script.pieces, script.continues = ["가나다", ProviderError("connect")], False
    run = new_run()
    streams.start(run)
    ended(run)
    for number in range(1, RETRIES + 1):
        streams.retry(subject=run.subject)
        ended(run)
        run.refresh_from_db()
        assert (run.status, run.retries, run.can_continue) == ("interrupted", number, number < RETRIES)
    asked = len(script.prompts)
    with pytest.raises(streams.NotRetryable):
        streams.retry(subject=run.subject)
    assert len(script.prompts) == asked == 1 + RETRIES


def test_a_stopped_text_is_continued_and_one_without_a_word_is_not(script: Script) -> None:
    script.hold_at = 1
    run = new_run()
    streams.start(run)
    wait_until(lambda: (c := node().hub.channel(run.subject)) and c.data)
    node().stops.send(run)
    assert ended(run).status == Status.STOPPED
    run.refresh_from_db()
    assert run.text and run.can_continue
    assert not Run(status=Status.STOPPED).can_continue
    kept, script.hold_at = run.text, None
    streams.retry(subject=run.subject)
    assert ended(run).status == Status.DONE
    run.refresh_from_db()
    assert run.text.startswith(kept) and run.retries == 1


def test_what_a_filter_has_ended_is_not_continued(script: Script) -> None:
    script.pieces = ["가나다", ProviderError("blocked")]
    run = new_run()
    streams.start(run)
    ended(run)
    with pytest.raises(streams.NotRetryable):
        streams.retry(subject=run.subject)
    assert len(script.prompts) == 1


def test_a_text_without_end_is_cut_and_kept(script: Script, author: RecordingAuthor) -> None:
    script.pieces = ["가나다라 "] * 1000
    with serving(made_of(script, author, max_bytes=40)):
        run = new_run()
        streams.start(run)
        saved = ended(run)
    assert (saved.status, saved.error_code) == (Status.INTERRUPTED, "too_long")
    assert saved.text == "가나다라 " * 4  # 13 bytes each: the fourth passes the bound
    assert script.closed == 1


def test_a_stop_while_the_worker_was_dead_is_obeyed_by_the_next(
    script: Script, author: RecordingAuthor
) -> None:
    run = new_run()
    Run.objects.filter(id=run.id).update(
        worker="gone", fence=1, status="writing", started_at=datetime.now(UTC)
    )
    run.refresh_from_db()  # as the next worker reads it
    node().log.open(run.subject, token=run.token, epoch=1, seed=b"", again=False)
    node().log.append([log.Append(run.subject, run.token, 0, "가나다".encode())])
    streams.stop(subject=run.subject, now=datetime.now(UTC))  # its worker is sent the command, and is dead
    node().producer.resume(run)
    saved = ended(run)
    assert (saved.status, saved.text) == (Status.STOPPED, "가나다")
    assert script.prompts == []


def test_a_lost_text_is_never_continued_as_if_it_were_there(script: Script) -> None:
    run = new_run()
    Run.objects.filter(id=run.id).update(
        worker="gone", fence=1, status="writing", started_at=datetime.now(UTC)
    )
    run.refresh_from_db()
    node().producer.resume(run)  # somebody may have seen text of epoch 1, and Redis knows nothing of it
    saved = ended(run)
    assert (saved.status, saved.epoch, saved.text) == (Status.DONE, 2, "가나다 라마바 사아자.")


def test_who_lost_the_claim_can_not_start_over(script: Script) -> None:
    run = new_run()
    token = run.token
    Run.objects.filter(id=run.id).update(fence=2)  # a newer claim
    assert not claims.start_over(run)
    assert run.token == token
    assert Run.objects.get(id=run.id).epoch == 1


def test_a_reader_elsewhere_waits_for_a_new_version_instead_of_ending_with_the_old(script: Script) -> None:
    run = new_run()
    streams.start(run)
    ended(run)
    second = new_run(run.subject)  # its producer has not opened the log yet: it still holds the first
    Run.objects.filter(id=second.id).update(worker="elsewhere")
    second.refresh_from_db()
    body = iter(open_events(second))  # type: ignore[call-overload]
    next(body)
    assert node().hub.channel(run.subject).end is None  # type: ignore[union-attr]
    node().log.open(run.subject, token=second.token + 1, epoch=2, seed=b"", again=True)
    node().log.append([log.Append(run.subject, second.token + 1, 0, "새 글".encode())])
    assert texts([next(body)]) == "새 글"


def test_a_browser_ahead_of_this_process_is_not_told_to_forget(script: Script) -> None:
    run = new_run()
    Run.objects.filter(id=run.id).update(
        worker="elsewhere", fence=1, status="writing", started_at=datetime.now(UTC)
    )
    run.refresh_from_db()
    node().log.open(run.subject, token=run.token, epoch=1, seed=b"", again=False)
    first = iter(open_events(run))  # type: ignore[call-overload]
    next(first)  # another browser watches here already
    channel = node().hub.channel(run.subject)
    assert channel is not None
    ahead = iter(open_events(run, "1-6"))  # type: ignore[call-overload]
    next(ahead)
    node().log.append([log.Append(run.subject, run.token, 0, "가나다".encode())])
    assert texts([next(ahead)]) == "다"  # no reset before it


def test_an_end_never_stands_on_a_text_that_a_stale_writer_put_back(script: Script) -> None:
    run = new_run()
    stale, token = (1 << 20) | 1, (1 << 20) | 2
    node().log.open(run.subject, token=stale, epoch=1, seed=b"", again=False)
    node().log.open(run.subject, token=token, epoch=1, seed=b"", again=False)
    client().flushdb()  # Redis is restarted, and with the token goes the fence
    node().log.restore(run.subject, token=stale, epoch=1, text=b"short")
    node().log.close(run.subject, token=token, epoch=1, text=b"the whole text", end=b"{}", is_saved=True)
    assert node().log.tail([(run.subject, 1, 0)]) == [log.Tail(1, b"{}", b"the whole text")]


def test_a_writer_that_wakes_up_late_puts_nothing_into_a_log_that_was_lost(script: Script) -> None:
    run = new_run()
    script.pieces, script.hold_at = ["가나다", " 라마바", " 사아자."], 1
    streams.start(run)
    wait_until(lambda: run.subject in node().hub.active and node().hub.active[run.subject].channel.data)
    Run.objects.filter(id=run.id).update(fence=2)  # taken over while it slept
    client().flushdb()  # Redis is restarted, and with the log goes its fence
    script.gate.set()
    wait_until(lambda: run.subject not in node().hub.active)
    assert node().log.tail([(run.subject, 1, 0)])[0].epoch == 0


def test_a_text_that_met_its_length_limit_goes_on_once_by_itself(script: Script) -> None:
    script.pieces, script.cost_micro = ["가나다", ProviderError("length")], 70
    script.then = Script(pieces=[" 라마바."], cost_micro=30)
    run = new_run()
    streams.start(run)
    stored = ended(run)
    assert (stored.status, stored.text, stored.error_code) == (Status.DONE, "가나다 라마바.", "")
    assert script.prompts[1].prefix == "가나다"
    assert script.prompts[1].seconds is not None
    assert (stored.input_tokens, stored.output_tokens, stored.cost_micro) == (20, 10, 100)
    assert [prompt.spent_micro for prompt in script.prompts] == [0, 70], (
        "the run's ceiling counts the first part, too"
    )


def test_a_text_that_is_continued_has_cost_what_it_cost_before(script: Script) -> None:
    script.pieces, script.cost_micro = ["가나다", ProviderError("connect")], 70
    script.then = Script(pieces=[" 라마바."], cost_micro=30)
    run = new_run()
    streams.start(run)
    assert ended(run).status == Status.INTERRUPTED
    streams.retry(subject=run.subject)
    wait_until(lambda: Run.objects.get(id=run.id).status == Status.DONE)
    assert Run.objects.get(id=run.id).cost_micro == 100
    assert [prompt.spent_micro for prompt in script.prompts] == [0, 70]


def test_a_second_length_limit_is_the_end_and_can_be_continued(script: Script) -> None:
    script.pieces = ["가나다", ProviderError("length")]
    script.then = Script(pieces=[" 라마바", ProviderError("length")])
    run = new_run()
    streams.start(run)
    stored = ended(run)
    assert (stored.status, stored.text, stored.error_code) == (Status.INTERRUPTED, "가나다 라마바", "length")
    assert len(script.prompts) == 2
    script.then = Script(pieces=[" 사아자."])
    streams.retry(subject=run.subject)
    wait_until(lambda: Run.objects.get(id=run.id).status == Status.DONE)
    assert Run.objects.get(id=run.id).text == "가나다 라마바 사아자."


def test_what_there_is_stays_when_a_model_would_begin_another_text(script: Script) -> None:
    script.pieces = ["가나다", ProviderError("length")]
    script.then = Script(pieces=["다른 글"], continues=False)
    run = new_run()
    streams.start(run)
    stored = ended(run)
    assert (stored.status, stored.text, stored.epoch) == (Status.INTERRUPTED, "가나다", 1)


def test_a_thought_that_was_shown_is_taken_back(script: Script) -> None:
    script.pieces = ["음, 그러면", Retracted(), "가나다", " 라마바."]
    run = new_run()
    streams.start(run)
    events = collect(open_events(run))
    stored = ended(run)
    assert (stored.status, stored.text, stored.epoch) == (Status.DONE, "가나다 라마바.", 2)
    resets = [place for place, event in enumerate(events) if b"event: reset" in event]
    after = events[max(resets, default=0) :]
    assert texts(after) == "가나다 라마바."


@pytest.mark.parametrize("kind", ["blocked", "unfinished", "truncated"])
def test_no_other_end_than_a_length_limit_goes_on_by_itself(script: Script, kind: Kind) -> None:
    script.pieces = ["가나다", ProviderError(kind)]
    run = new_run()
    streams.start(run)
    stored = ended(run)
    assert (stored.status, stored.error_code, len(script.prompts)) == (Status.INTERRUPTED, kind, 1)
