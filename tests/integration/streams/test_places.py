"""A place is reserved before anything is done for a run or a browser, in one step, and given back on all ways out."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.test import RequestFactory

from core import streams
from core.access import Who
from core.limits import quota
from core.models import Charge
from core.runtime import spawn
from core.streams import Run, Status
from core.streams.hub.admission import STREAMS_OF_A_READING, Admission
from core.streams.node import node
from fortune.models import Reading
from fortune.saju import Birth
from fortune.services import readings
from tests.integration.site.helpers import browser
from tests.integration.streams.conftest import Script, new_run, wait_until

BIRTH = Birth("solar", 1990, 5, 15, 12, 0, "female", 126.98, "Asia/Seoul")
WHO = Who(None, "g" * 64, "guest:early", False, "net:early")
FORM = {"birth_date": "1990-05-15", "gender": "female"}
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def few(settings: Any) -> None:
    """So few places that each is a hundredth of the load."""
    settings.MAX_STREAMS = settings.MAX_SUBSCRIBERS = 100


def load() -> float:
    return node().admission.load()


def begin(token: str = "") -> Reading:
    return readings.begin(
        who=WHO,
        wanted=readings.ReadingRequest(BIRTH),
        token=token or uuid.uuid4().hex,
        now=datetime.now(UTC),
    )


# -- Places of runs --


@pytest.mark.parametrize("kind", ["reserve_run", "reserve_stream"])
def test_however_many_come_at_once_no_more_get_in_than_there_are_places(kind: str, settings: Any) -> None:
    settings.MAX_STREAMS = settings.MAX_SUBSCRIBERS = 5
    admission = Admission(node().hub, node().watchdog)
    together, got, refused = threading.Barrier(40), [], []

    def come() -> None:
        together.wait(20)
        try:
            got.append(getattr(admission, kind)())
        except streams.Full as full:
            refused.append(full)

    jobs = [spawn("visitor", come) for _ in range(40)]
    assert all(job.join(30) for job in jobs)
    assert (len(got), len(refused)) == (5, 35)
    assert admission.load() == 1
    got[0].release()
    got[0].release()
    getattr(admission, kind)()
    with pytest.raises(streams.Full):
        getattr(admission, kind)()


def test_a_run_has_one_place_from_its_reservation_to_its_end(script: Script) -> None:
    script.hold_at = 1
    with streams.reserve() as place:
        assert load() == 0.01
        run = new_run()
        streams.start(run, place=place)
    wait_until(lambda: run.subject in node().hub.active)
    wait_until(lambda: load() == 0.01)
    script.gate.set()
    wait_until(lambda: load() == 0)


def raise_limit(*_: object, **__: object) -> None:
    raise quota.LimitReached(scope="day", limit=1, retry_at=datetime.now(UTC))


def raise_away(*_: object, **__: object) -> None:
    raise OperationalError("the connection was lost")


@pytest.mark.parametrize(
    ("breaks", "how"),
    [
        ("core.limits.quota.charge", raise_limit),
        ("fortune.models.Reading.save", raise_away),
        ("core.streams.Run.save", raise_away),
        ("core.streams.request_model", raise_away),
        ("core.streams.start", raise_away),
    ],
)
def test_a_begin_that_fails_gives_its_place_back(
    monkeypatch: pytest.MonkeyPatch, breaks: str, how: Callable[..., None]
) -> None:
    monkeypatch.setattr(breaks, how)
    with pytest.raises((quota.LimitReached, OperationalError)):
        begin()
    assert load() == 0


def test_what_exists_already_takes_no_place(script: Script) -> None:
    first = begin()
    wait_until(lambda: Run.objects.get().status == Status.DONE)
    wait_until(lambda: load() == 0)
    places = [streams.reserve() for _ in range(100)]
    assert begin().id == first.id, "and it is shown, however full it is"
    for place in places:
        place.release()


def test_a_press_that_comes_again_gives_its_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first = begin()
    wait_until(lambda: Run.objects.get().status == Status.DONE)
    find, looks = readings._find, iter([None])
    # Another press of the same wish, which has not seen the first one's row yet.
    monkeypatch.setattr(readings, "_find", lambda *what: next(looks, find(*what)))
    assert begin().id == first.id
    wait_until(lambda: load() == 0)


def test_a_new_version_that_is_not_written_gives_its_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = begin()
    wait_until(lambda: Run.objects.get().status == Status.DONE)
    wait_until(lambda: load() == 0)
    monkeypatch.setattr("core.limits.quota.charge", raise_limit)
    with pytest.raises(quota.LimitReached):
        readings.regenerate(reading=reading, who=WHO, now=datetime.now(UTC))
    assert load() == 0
    with pytest.raises(streams.NotRetryable):
        streams.retry(subject=reading.id)
    assert load() == 0


def test_runs_of_a_dead_worker_are_taken_over_as_far_as_there_are_places(
    script: Script, settings: Any
) -> None:
    settings.MAX_STREAMS = 3
    script.hold_at = 1
    orphans = [new_run() for _ in range(5)]
    Run.objects.update(worker="gone")
    with streams.reserve():
        node().takeover.take_over_from("gone")
    wait_until(lambda: Run.objects.filter(worker="gone").count() == 3)
    assert len(node().hub.active) == 2
    script.gate.set()
    wait_until(lambda: not node().hub.active)
    node().takeover.take_over_from("gone")
    wait_until(lambda: Run.objects.filter(id__in=[o.id for o in orphans], status=Status.DONE).count() == 5)
    wait_until(lambda: load() == 0)


# -- Places of browsers --


def open_stream(run: Run, visitor: str = "guest:one") -> Any:
    request = RequestFactory().get("/")
    return streams.event_response(request, run=run, position=None, visitor=visitor)


def live() -> Run:
    run = new_run()
    Run.objects.filter(id=run.id).update(worker="elsewhere")
    node().log.open(run.subject, token=run.token, epoch=1, seed=b"text", again=False)
    run.refresh_from_db()
    return run


def test_one_visitor_has_four_streams_of_a_reading_and_ten_in_all() -> None:
    assert settings.STREAMS_PER_VISITOR == 10
    first, second, third = live(), live(), live()
    opened = [open_stream(first) for _ in range(STREAMS_OF_A_READING)]
    assert [answer.status_code for answer in opened] == [200] * 4
    refused = open_stream(first)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "5"
    assert b"too_many_streams" in refused.content
    assert load() == 0.04
    opened += [open_stream(second) for _ in range(4)] + [open_stream(third) for _ in range(2)]
    assert len(opened) == 10
    assert open_stream(third).status_code == 429
    opened.append(open_stream(first, "guest:two"))
    assert opened[-1].status_code == 200, "others are not concerned"
    opened.pop(0).close()
    opened.append(open_stream(first))
    assert opened[-1].status_code == 200, "a place that was given back can be had again"
    for answer in opened:
        answer.close()
    assert load() == 0


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_stream_gives_its_place_back_wherever_its_browser_leaves(steps: int) -> None:
    answer = open_stream(live())
    assert load() == 0.01
    body = iter(answer)
    for _ in range(steps):
        next(body)
    answer.close()
    assert load() == 0


def test_a_stream_that_breaks_gives_its_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = open_stream(live())
    monkeypatch.setattr("core.streams.hub.hub.Hub.subscribe", raise_away)
    with pytest.raises(OperationalError):
        next(iter(answer))
    answer.close()
    assert load() == 0


def replaces(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware that fails after the view, as the session's does when it can't be saved."""

    def middleware(request: HttpRequest) -> HttpResponse:
        get_response(request)
        return HttpResponseServerError()

    return middleware


@pytest.fixture
def after_the_view(settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.replaces"]


@pytest.mark.usefixtures("after_the_view")
def test_a_response_that_is_replaced_gives_its_place_back(script: Script) -> None:
    assert browser().post("/fortune/api/streaming/", FORM, headers=JSON).status_code == 500
    wait_until(lambda: Run.objects.get().status == Status.DONE)
    wait_until(lambda: load() == 0)


@pytest.mark.parametrize("api", ["streaming", "daily", "topic"])
def test_without_a_place_for_its_stream_nothing_is_charged_stored_or_asked(
    script: Script, settings: Any, api: str
) -> None:
    settings.MAX_SUBSCRIBERS = 1
    settings.RATELIMIT_ENABLE = True
    with node().admission.reserve_stream():
        answer = browser().post(f"/fortune/api/{api}/", FORM | {"topic": "love"}, headers=JSON)
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "busy"
    assert 1 <= int(answer["Retry-After"]) <= 10
    assert not Reading.objects.exists() and not Run.objects.exists() and not Charge.objects.exists()
    assert script.prompts == []


def test_the_eleventh_stream_of_a_visitor_is_refused_before_anything_is_charged(
    script: Script, settings: Any
) -> None:
    settings.RATELIMIT_ENABLE = True
    settings.RATE_HOUR = settings.RATE_DAY = 100
    script.hold_at = 1
    client = browser()
    opened = [
        client.post("/fortune/api/streaming/", FORM | {"birth_date": f"1990-05-{day:02}"}, headers=JSON)
        for day in range(1, 12)
    ]
    assert [answer.status_code for answer in opened] == [200] * 10 + [429]
    assert opened[-1].json()["error"]["code"] == "too_many_streams"
    assert Reading.objects.count() == Charge.objects.count() == len(script.prompts) == 10
    script.gate.set()
    for answer in opened[:-1]:
        answer.close()
    wait_until(lambda: load() == 0)


def test_a_question_is_charged_as_a_reading_is(script: Script, settings: Any) -> None:
    settings.RATELIMIT_ENABLE = True
    settings.RATE_HOUR, settings.RATE_DAY = 100, 2
    client = browser()
    client.post("/fortune/api/streaming/", FORM, headers=JSON).close()
    wait_until(lambda: Run.objects.get().status == Status.DONE)
    asked = f"/fortune/readings/{Reading.objects.get().pk}/ask/"
    answers = [
        client.post(asked, {"question": question, "token": uuid.uuid4().hex}).status_code
        for question in ("이직은 언제가 좋을까요?", "이사는 언제가 좋을까요?")
    ]
    assert answers == [303, 429]
    assert Charge.objects.count() == Reading.objects.count() == len(script.prompts) == 2
    wait_until(lambda: load() == 0)


@pytest.mark.parametrize("error", [{"birth_date": "nonsense"}, {"gender": ""}])
def test_a_form_with_mistakes_gives_its_place_back(error: dict[str, str]) -> None:
    assert browser().post("/fortune/api/streaming/", FORM | error, headers=JSON).status_code == 422
    assert load() == 0
