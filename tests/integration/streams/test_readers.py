"""A reader's place: taken when the answer is sent, given back however that ends, on a channel that is fed."""

from __future__ import annotations

import gc
import threading

import pytest

from core.streams import board, log, response
from core.streams.models import Run
from tests.integration.streams.conftest import new_run
from tests.integration.streams.test_writing import open_events

pytestmark = pytest.mark.usefixtures("author")


def written_elsewhere() -> Run:
    run = new_run()
    Run.objects.filter(id=run.id).update(worker="elsewhere")
    log.open_log(run.subject, token=run.token, epoch=1, seed=b"", again=False)
    run.refresh_from_db()
    return run


def test_an_answer_that_is_never_sent_takes_no_place() -> None:
    run = written_elsewhere()
    before = board.reader_count()
    answer = open_events(run)  # middleware failed after the view, and another answer was sent in its stead
    del answer
    gc.collect()
    assert board.reader_count() == before
    assert board.channel(run.subject) is None


def test_an_answer_gives_its_place_back_wherever_it_is_closed() -> None:
    run = written_elsewhere()
    before = board.reader_count()
    for steps in range(3):
        answer = open_events(run, "1-0" if steps else None)
        body = iter(answer)  # type: ignore[call-overload]
        log.restore(run.subject, token=run.token, epoch=1, text=b"x" * (steps + 1))
        for _ in range(steps):
            next(body)
        assert board.reader_count() == before + bool(steps)
        answer.close()  # type: ignore[attr-defined]
        assert board.reader_count() == before
        assert board.channel(run.subject) is None


@pytest.mark.parametrize("leaves", ["join", "put"])
def test_a_reader_that_comes_as_the_last_one_leaves_is_still_fed(
    monkeypatch: pytest.MonkeyPatch, leaves: str
) -> None:
    """On threads both happen at once; here the other leaves at the worst moments there are."""
    run = written_elsewhere()
    first, second = threading.Event(), threading.Event()
    other = response.attach(run, first)
    if leaves == "put":
        board.leave(other, first)
    real = getattr(board, leaves)

    def meanwhile(*args: object) -> object:
        found = real(*args)
        board.leave(other, first)
        return found

    monkeypatch.setattr(board, leaves, meanwhile)
    channel = response.attach(run, second)
    assert board.channel(run.subject) is channel
    assert channel.readers == {second}
    assert channel in board.followed()
    board.leave(channel, second)
    assert board.channel(run.subject) is None
