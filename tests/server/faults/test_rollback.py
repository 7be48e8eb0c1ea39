"""After a roll-back to threads, browsers that watch texts never take the threads that pages need."""

from __future__ import annotations

from config import capacity
from tests.server.faults.browser import FORM, Visitor, births, finish
from tests.server.faults.fleet import HOLDS, Fleet, until
from tests.server.faults.test_workers import begin

PLACES = capacity.subscribers("gthread", 2000)


def test_when_all_places_are_taken_pages_and_health_answer(fleet: Fleet) -> None:
    # All are being written for as long as this test asks other things.
    instance = fleet.start(DEEPSEEK_MODEL=HOLDS, WORKER_CLASS="gthread", WEB_CONCURRENCY="1")
    visitors = begin(fleet, PLACES)
    assert instance.get("/healthz")[0] == 200
    assert instance.get("/readyz")[0] == 200
    for path in ("/fortune/", "/accounts/login/", "/about/"):
        assert instance.get(path)[0] == 200, path
    refused = instance.request("POST", "/fortune/api/streaming/", FORM | {"birth_date": "1999-09-09"})
    assert refused.status == 503
    assert 1 <= int(refused.headers["Retry-After"]) <= 10
    watching = instance.request(
        "GET", f"/fortune/readings/{visitors[0].reading}/events", None, visitors[0].cookie
    )
    assert (watching.status, "Retry-After" in watching.headers) == (503, True)
    for visitor in visitors:
        path = f"/fortune/readings/{visitor.reading}/stop"
        assert instance.request("POST", path, cookie=visitor.cookie).status == 204
    finish(visitors)


def test_a_wave_of_arrivals_leaves_threads_for_pages(fleet: Fleet) -> None:
    instance = fleet.start(DEEPSEEK_MODEL=HOLDS, WORKER_CLASS="gthread", WEB_CONCURRENCY="1")
    visitors = [Visitor(fleet.instances, birth) for birth in births(2 * capacity.THREADS)]
    for visitor in visitors:
        visitor.start()
    until(lambda: fleet.watching() == PLACES, "all places are taken, and no more")
    for path in ("/healthz", "/fortune/", "/accounts/login/"):
        assert instance.get(path)[0] == 200, path
    assert [visitor.faults for visitor in visitors if visitor.faults] == []
    for visitor in visitors:
        visitor.ask_to_leave.set()
