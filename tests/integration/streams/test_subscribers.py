"""A subscriber's place: acquired when the response is sent and released however that ends, on a channel that is fed."""

from __future__ import annotations

import gc
import json
import threading
from typing import Any

import pytest
from django.test import RequestFactory

from core import streams
from core.streams import Run
from core.streams.node import node
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
from tests.integration.streams.test_writing import names, open_events, texts


def written_elsewhere() -> Run:
    run = new_run()
    Run.objects.filter(id=run.id).update(worker="elsewhere")
    node().log.open(run.subject, token=run.token, epoch=1, seed=b"", again=False)
    run.refresh_from_db()
    return run


def subscribers(run: Run) -> int:
    """Return the subscribers of this run; those of an earlier test's may still be leaving."""
    channel = node().hub.channel(run.subject)
    return len(channel.subscribers) if channel else 0


def test_an_answer_that_is_never_sent_takes_no_place() -> None:
    run = written_elsewhere()
    answer = open_events(run)  # middleware failed after the view, and another response was sent instead
    del answer
    gc.collect()
    assert subscribers(run) == 0
    assert node().hub.channel(run.subject) is None


def test_an_answer_gives_its_place_back_wherever_it_is_closed() -> None:
    run = written_elsewhere()
    for steps in range(3):
        answer = open_events(run, "1-0" if steps else None)
        body = iter(answer)  # type: ignore[call-overload]
        node().log.restore(run.subject, token=run.token, epoch=1, text=b"x" * (steps + 1))
        for _ in range(steps):
            next(body)
        assert subscribers(run) == bool(steps)
        answer.close()  # type: ignore[attr-defined]
        assert subscribers(run) == 0
        assert node().hub.channel(run.subject) is None


@pytest.mark.parametrize("leaves", ["subscribe", "add"])
def test_a_subscriber_that_comes_as_the_last_one_leaves_is_still_fed(
    monkeypatch: pytest.MonkeyPatch, leaves: str
) -> None:
    """On threads both happen at once; here the other one leaves at the worst moments."""
    run = written_elsewhere()
    first, second = threading.Event(), threading.Event()
    other = node().tailer.open(run, first)
    if leaves == "add":
        node().hub.unsubscribe(other, first)
    real = getattr(node().hub, leaves)

    def meanwhile(*args: object) -> object:
        found = real(*args)
        node().hub.unsubscribe(other, first)
        return found

    monkeypatch.setattr(node().hub, leaves, meanwhile)
    channel = node().tailer.open(run, second)
    assert node().hub.channel(run.subject) is channel
    assert channel.subscribers == {second}
    assert channel in node().hub.tailed()
    node().hub.unsubscribe(channel, second)
    assert node().hub.channel(run.subject) is None


def test_a_page_is_given_what_can_be_shown_so_far_and_where_its_stream_goes_on(script: Script) -> None:
    script.hold_at = 1
    here = new_run()
    streams.start(here)
    wait_until(lambda: (c := node().hub.channel(here.subject)) and c.data)
    text, after = streams.so_far(here)
    assert (text, after) == ("가나다", "1-9")
    script.gate.set()
    events = collect(open_events(here, after))
    assert text + texts(events) == "가나다 라마바 사아자."
    assert "reset" not in names(events)

    elsewhere = written_elsewhere()
    assert streams.so_far(elsewhere) == ("", "")
    node().log.restore(elsewhere.subject, token=elsewhere.token, epoch=1, text="나다".encode())
    assert streams.so_far(elsewhere) == ("나다", "1-6")


def test_a_page_of_a_new_version_is_not_given_the_earlier_ones_text() -> None:
    first = written_elsewhere()
    node().log.restore(first.subject, token=first.token, epoch=1, text=b"first")
    Run.objects.filter(id=first.id).update(
        status="done", **first.stored("first"), finished_at=first.created_at
    )
    second = new_run(first.subject)  # whose producer has not opened the log yet
    assert streams.so_far(second) == ("", "")


def test_a_page_does_without_where_the_log_can_not_be_read(script: Script, author: RecordingAuthor) -> None:
    run = written_elsewhere()
    with serving(made_of(script, author, redis=no_redis())):
        assert streams.so_far(run) == ("", "")


class Lines:
    """An annotator as the product's: it adds the lines that a text completes, of which a page may have the beginning."""

    def __init__(self) -> None:
        self.rest = ""

    def skip(self, text: str) -> list[tuple[str, Any]]:
        self.rest = text.rpartition("\n")[2]
        return [("begun", self.rest)]

    def feed(self, text: str) -> dict[str, Any]:
        *lines, self.rest = (self.rest + text).split("\n")
        return {"lines": lines} if lines else {}

    def finish(self) -> list[tuple[str, Any]]:
        return [("lines", {"lines": [self.rest]})] if self.rest else []


class Page:
    """A page's state across connections: the last event id, and the lines, of which the last came with the end."""

    def __init__(self) -> None:
        self.position, self.lines, self.over = None, [], False

    def take(self, received: bytes) -> None:
        for event in received.split(b"\n\n")[:-1]:
            fields = dict(line.split(b": ", 1) for line in event.split(b"\n") if b": " in line)
            if b"id" in fields:
                self.position = fields[b"id"].decode()
            if fields.get(b"event") in (b"text", b"lines"):
                self.lines += json.loads(fields[b"data"]).get("lines", [])
            self.over |= fields.get(b"event") == b"done"


def test_a_page_cut_off_in_the_middle_of_an_answer_misses_nothing_made_of_the_text() -> None:
    run = written_elsewhere()
    node().log.restore(run.subject, token=run.token, epoch=1, text=b"one\ntwo\nthr")

    def open_page(page: Page) -> Any:
        request = RequestFactory().get("/")
        return streams.event_response(request, run=run, position=page.position, annotate=Lines)

    first = open_page(Page())
    begun = iter(first)
    start, frame = next(begun), next(begun)
    first.close()
    assert b'"lines":["one","two"]' in frame
    pages = [Page() for _ in range(len(frame) + 1)]
    for cut, page in enumerate(pages):
        page.take(start + frame[:cut])
    node().log.close(
        run.subject,
        token=run.token,
        epoch=1,
        text=b"one\ntwo\nthree",
        end=b'{"status": "done"}',
        is_saved=True,
    )
    for cut, page in enumerate(pages):
        answer = open_page(page)
        page.take(b"".join(answer))
        answer.close()
        assert (cut, page.over, page.lines) == (cut, True, ["one", "two", "three"])


@pytest.mark.parametrize(("status", "last"), [("done", "done"), ("interrupted", "failed")])
def test_a_page_that_has_all_the_text_is_still_told_how_it_ended_and_what_was_made_of_it(
    status: str, last: str
) -> None:
    run = written_elsewhere()
    fields = {"status": status, **run.stored("one\ntwo"), "finished_at": run.created_at}
    Run.objects.filter(id=run.id).update(**fields)
    run.refresh_from_db()
    request = RequestFactory().get("/")
    assert streams.event_response(request, run=run, position="1-7").status_code == 204
    told = collect(streams.event_response(request, run=run, position="1-7", annotate=Lines))
    assert names(told) == ["begun", "lines", last]
    assert b'["two"]' in told[2]
