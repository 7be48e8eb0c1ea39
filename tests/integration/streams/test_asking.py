"""The model is asked while the reading is stored, but only for one that is allowed and gets stored."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError

from core import streams
from core.access import Who
from core.limits import quota
from core.llm.types import Prompt
from core.runtime import spawn
from core.streams import Run, Status
from core.streams.node import node
from core.streams.production.model_request import ModelRequest
from fortune.models import Reading
from fortune.saju import Birth
from fortune.services import readings
from tests.integration.streams.conftest import RecordingAuthor, Script, new_run, wait_until

BIRTH = Birth("solar", 1990, 5, 15, 12, 0, "female", 126.98, "Asia/Seoul")
# More than the pool has connections: the others wait for one.
PRESSES = 20
WHO = Who(None, "g" * 64, "guest:early", False, "net:early")


def begin() -> Reading:
    return readings.begin(
        who=WHO, wanted=readings.ReadingRequest(BIRTH), token=uuid.uuid4().hex, now=datetime.now(UTC)
    )


def test_the_model_thinks_while_the_reading_is_stored(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = Run.save

    def save_once_asked(self: Run, **options: Any) -> None:
        wait_until(lambda: script.prompts)
        save(self, **options)

    monkeypatch.setattr(Run, "save", save_once_asked)
    reading = begin()
    wait_until(lambda: Run.objects.get(subject=reading.id).status == Status.DONE)
    assert Run.objects.get(subject=reading.id).text == "가나다 라마바 사아자."
    assert len(script.prompts) == 1


def test_nothing_is_shown_before_the_commit(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    save = Run.save

    def save_late(self: Run, **options: Any) -> None:
        assert script.opened.wait(10)
        assert node().hub.channel(self.subject) is None
        save(self, **options)

    monkeypatch.setattr(Run, "save", save_late)
    reading = begin()
    wait_until(lambda: Run.objects.get(subject=reading.id).status == Status.DONE)


def test_a_wish_that_came_true_is_not_asked_again(script: Script) -> None:
    first = begin()
    wait_until(lambda: Run.objects.get(subject=first.id).status == Status.DONE)
    assert begin().id == first.id
    assert len(script.prompts) == 1


def test_a_question_whose_reading_is_not_stored_is_taken_back(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[ModelRequest] = []
    send = ModelRequest.send
    monkeypatch.setattr(ModelRequest, "send", lambda self: (asked.append(self), send(self))[1])

    def away(self: Run, **options: Any) -> None:
        raise OperationalError("the connection was lost")

    monkeypatch.setattr(Run, "save", away)
    with pytest.raises(OperationalError):
        begin()
    assert [late.cancel.is_set() for late in asked] == [True]
    assert not node().hub.active
    assert Reading.objects.count() == Run.objects.count() == 0


def test_a_press_asks_the_model_and_is_charged_once_however_often_it_comes(
    script: Script, settings: Any
) -> None:
    settings.RATELIMIT_ENABLE, settings.RATE_HOUR, settings.RATE_DAY = True, 5, 10
    now, together = datetime.now(UTC), threading.Barrier(PRESSES)
    found: list[Reading] = []

    def press() -> None:
        together.wait(20)
        found.append(
            readings.begin(who=WHO, wanted=readings.ReadingRequest(BIRTH), token="the same press", now=now)
        )

    presses = [spawn("press", press) for _ in range(PRESSES)]
    assert all(job.join(60) and job.error is None for job in presses)
    assert len({reading.id for reading in found}) == 1 and len(found) == PRESSES
    wait_until(lambda: Run.objects.get().status == Status.DONE)
    assert len(script.prompts) == 1
    left = quota.remaining(who=WHO, now=now)
    assert (left.hour, left.day) == (4, 9)


def test_whoever_has_none_left_asks_no_model(script: Script, settings: Any) -> None:
    settings.RATELIMIT_ENABLE, settings.RATE_DAY = True, 0
    with pytest.raises(quota.LimitReached):
        begin()
    assert script.prompts == []
    assert not Reading.objects.exists()


def test_an_error_of_ours_on_the_way_to_the_model_fails_the_run(
    script: Script, author: RecordingAuthor
) -> None:
    def broken() -> Prompt:
        raise LookupError("no words for this kind")

    late = streams.request_model(broken)
    run = new_run()
    streams.start(run, late)
    wait_until(lambda: Run.objects.get(pk=run.pk).status == Status.FAILED)
    assert Run.objects.get(pk=run.pk).error_code == "internal"
    assert author.finished_runs == [(run.id, Status.FAILED)]
