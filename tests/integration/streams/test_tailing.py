"""The log tailer is one job for all browsers of a process: no run may end it."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence

import pytest
from django.conf import settings

from core import streams
from core.redis import client
from core.streams import Run
from core.streams.delivery.connection import Connection
from core.streams.delivery.response import EventStream
from core.streams.delivery.tailer import ask_database
from core.streams.hub.channel import Channel, Position
from core.streams.log import client as log
from core.streams.log.server import LogServer
from core.streams.node import node
from tests.integration.streams.conftest import (
    RecordingAuthor,
    Script,
    collect,
    made_of,
    new_run,
    serving,
    wait_until,
)
from tests.integration.streams.test_writing import ended, names, open_events, texts


def written_elsewhere() -> Run:
    """Return a run of another worker whose log is open."""
    run = new_run()
    Run.objects.filter(id=run.id).update(worker="elsewhere")
    node().log.open(run.subject, token=run.token, epoch=1, seed=b"", again=False)
    return run


def watched(subject: uuid.UUID) -> Channel:
    return node().hub.add(Channel(subject, 1), threading.Event())


def test_an_end_that_can_not_be_read_keeps_nobody_else_from_reading(script: Script) -> None:
    broken, whole = written_elsewhere(), written_elsewhere()
    node().log.close(
        broken.subject, token=broken.token, epoch=1, text=b"x", end=b"not of this release", is_saved=True
    )
    watched(broken.subject)
    channel = watched(whole.subject)
    node().log.append([log.Append(whole.subject, whole.token, 0, b"text")])
    wait_until(lambda: channel.data == b"text")
    # The database tells what the log can't.
    Run.objects.filter(id=broken.id).update(
        status="done", **broken.stored("x"), finished_at=broken.created_at
    )
    known = node().hub.channel(broken.subject)
    assert known is not None
    wait_until(lambda: known.end is not None)


class FailsOnce(log.Log):
    """A log whose first read fails."""

    def __init__(self) -> None:
        super().__init__([LogServer(settings.REDIS_URL, client())])
        self.has_failed = threading.Event()

    def tail(self, wanted: Sequence[tuple[uuid.UUID, int, int]]) -> list[log.Tail]:
        if self.has_failed.is_set():
            return super().tail(wanted)
        self.has_failed.set()
        raise ZeroDivisionError


def test_the_tailer_goes_on_after_an_unexpected_error(script: Script, author: RecordingAuthor) -> None:
    failing = FailsOnce()
    with serving(made_of(script, author, log=failing)):
        run = written_elsewhere()
        channel = watched(run.subject)
        assert failing.has_failed.wait(10)
        node().log.append([log.Append(run.subject, run.token, 0, b"text")])
        wait_until(lambda: channel.data == b"text")


@pytest.mark.parametrize("saved", ["", "text"])
def test_an_end_that_redis_did_not_take_is_learnt_from_the_database(script: Script, saved: str) -> None:
    run = written_elsewhere()
    node().log.append([log.Append(run.subject, run.token, 0, saved.encode())])
    channel = watched(run.subject)
    wait_until(lambda: channel.is_filled and channel.data == saved.encode())
    # Its producer has saved it, and Redis was away when the log was to be closed: there it looks alive.
    Run.objects.filter(id=run.id).update(status="stopped", **run.stored(saved), finished_at=run.created_at)
    wait_until(lambda: channel.end is not None, 20)
    assert channel.end is not None and channel.end.status == "stopped"


def test_a_log_that_has_expired_costs_neither_a_tailer_that_stalled_nor_a_phone_that_was_away_a_byte(
    script: Script,
) -> None:
    run = written_elsewhere()
    node().log.append([log.Append(run.subject, run.token, 0, b"te")])
    channel = watched(run.subject)
    wait_until(lambda: channel.data == b"te")
    Run.objects.filter(id=run.id).update(status="done", **run.stored("text"), finished_at=run.created_at)
    client().delete(*log.keys(run.subject))
    wait_until(lambda: channel.end is not None, 20)
    assert channel.data == b"text"
    phone = collect(open_events(Run.objects.get(id=run.id), "1-2"))
    assert (texts(phone), names(phone)) == ("xt", ["text", "done"])


def test_an_earlier_version_is_not_the_end_of_the_one_being_written(script: Script) -> None:
    run = new_run()
    streams.start(run)
    ended(run)
    second = new_run(run.subject)  # being written, and Redis is away
    for epoch in (0, 1, 2):  # that a subscriber may have: 0 after a producer that lost its claim
        channel = Channel(run.subject, epoch)
        ask_database([channel])
        assert channel.end is None
    Run.objects.filter(id=second.id).update(
        status="done", **second.stored("x"), finished_at=second.created_at
    )
    channel = Channel(run.subject, 0)
    ask_database([channel])
    assert (channel.epoch, bytes(channel.data), channel.end and channel.end.status) == (2, b"x", "done")


@pytest.mark.parametrize("of_epoch", [1, 2])
def test_a_writer_that_begins_while_the_tailer_publishes_doubles_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, of_epoch: int
) -> None:
    """On threads the tailer can be interrupted just before it publishes what the log answered."""
    run = new_run()
    token = (of_epoch << 20) | 1
    node().log.open(run.subject, token=token, epoch=of_epoch, seed=b"", again=False)
    node().log.append([log.Append(run.subject, token, 0, b"one two")])
    channel = Channel(run.subject, 1)
    for name in ("append_tail", "publish", "begin"):
        real = getattr(Channel, name)

        def interrupted(self: Channel, *args: object, real: object = real) -> None:
            monkeypatch.undo()
            channel.is_local = True
            channel.fill(of_epoch, b"one two")
            channel.publish(b" three")
            real(self, *args)  # type: ignore[operator]

        monkeypatch.setattr(Channel, name, interrupted)
    node().tailer.tail([channel])
    assert (channel.epoch, bytes(channel.data)) == (of_epoch, b"one two three")


def test_a_reader_that_comes_while_a_new_epoch_begins_mixes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = Channel(uuid.uuid4(), 1, b"one two")
    channel.is_filled = channel.is_local = True
    real = Channel.starts_at

    def interrupted(self: Channel, position: Position | None) -> int | None:
        start = real(self, position)
        monkeypatch.undo()
        channel.begin(2, b"other text")
        return start

    monkeypatch.setattr(Channel, "starts_at", interrupted)
    events = iter(EventStream(node().hub, lambda _: channel, Connection({}), position=Position(1, 4)))
    next(events)
    news = next(events)
    assert news.startswith(b"id: 2-0\nevent: reset")
    assert b'"other text"' in news
    assert b"one" not in news
