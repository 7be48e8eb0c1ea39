"""More visitors than can be served: whoever is let in is served whole, all others are told to come again, none is lost."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections import Counter
from urllib.parse import urlencode

import pytest

from tests.server.faults.browser import FORM, Visitor, ask, births, finish
from tests.server.faults.fleet import HOLDS, LONG, PATIENCE, SLOW, TOKEN, Fleet, Instance, until


def come(fleet: Fleet, dates: list[str]) -> list[Visitor]:
    """All of them at once."""
    visitors = [Visitor(fleet.instances, birth) for birth in dates]
    for visitor in visitors:
        visitor.start()
    return visitors


def refusals(visitors: list[Visitor]) -> set[int]:
    return {status for visitor in visitors for status in visitor.refused}


@pytest.mark.parametrize("debug", ["false", "true"])
def test_a_wave_is_served_or_sent_away_and_what_runs_goes_on(fleet: Fleet, debug: str) -> None:
    # One turn, and a pool that gives up after a second: it must not be what gives way.
    fleet.start(
        DEEPSEEK_MODEL=LONG,
        DEBUG=debug,
        WEB_CONCURRENCY="1",
        DATABASE_POOL_SIZE="2",
        DATABASE_POOL_TIMEOUT="1",
    )
    running = come(fleet, births(6))
    assert all(visitor.first.wait(PATIENCE) for visitor in running)
    wave = come(fleet, births(60, year=1970))
    finish([*running, *wave])
    assert refusals(wave) <= {503}
    assert {visitor.connections for visitor in [*running, *wave]} == {1}, "nobody's text broke"
    assert len({visitor.text for visitor in [*running, *wave]}) == 1
    assert fleet.database.query("SELECT status, count(*) FROM streams_run GROUP BY status") == [("done", 66)]
    assert fleet.provider.stats()["attempts"] == 66, "whoever was sent away has asked nothing"


def test_no_more_than_there_are_places_for_are_ever_written(fleet: Fleet) -> None:
    fleet.start(DEEPSEEK_MODEL=SLOW, WEB_CONCURRENCY="1", MAX_STREAMS="5")
    visitors = come(fleet, births(30))
    finish(visitors)
    assert refusals(visitors) <= {503}
    stats = fleet.provider.stats()
    assert stats["peak_streams"] <= 5
    assert (stats["attempts"], stats["completed"]) == (30, 30)


def test_whoever_leaves_before_the_first_byte_leaves_no_place_taken(fleet: Fleet) -> None:
    fleet.start(DEEPSEEK_MODEL=SLOW, WEB_CONCURRENCY="1", MAX_STREAMS="2")
    for birth in births(8):
        with socket.create_connection(("127.0.0.1", fleet.instances[0].port), 5) as wire:
            ask(wire, birth)
    late = come(fleet, births(4, year=1980))
    finish(late)
    assert refusals(late) <= {503}


def press(instance: Instance, cookie: str, path: str, form: dict[str, str]) -> tuple[int, str]:
    wire = http.client.HTTPConnection("127.0.0.1", instance.port, timeout=PATIENCE)
    try:
        headers = {
            "Cookie": f"csrftoken={TOKEN}; {cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "text/html",
        }
        wire.request("POST", path, urlencode({"csrfmiddlewaretoken": TOKEN, **form}), headers)
        answer = wire.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")
    finally:
        wire.close()


@pytest.mark.parametrize("worker_class", ["gevent", "gthread"])
def test_a_press_asks_a_model_once_however_often_it_comes(fleet: Fleet, worker_class: str) -> None:
    instance = fleet.start(DEEPSEEK_MODEL=SLOW, WORKER_CLASS=worker_class)
    known = come(fleet, ["1990-05-15"])[0]
    finish([known])
    asked = fleet.provider.stats()["attempts"]
    form = {**FORM, "birth_date": "1985-01-01", "token": "the same press"}
    answers: list[tuple[int, str]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(press(instance, known.cookie, "/fortune/", form)))
        for _ in range(60)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    statuses = Counter(status for status, _ in answers)
    assert len(answers) == 60 and set(statuses) <= {303, 503} and statuses[303]
    assert len({where for status, where in answers if status == 303}) == 1
    until(
        lambda: fleet.database.query("SELECT count(*) FROM streams_run WHERE status <> 'done'") == [(0,)],
        "done",
    )
    assert fleet.provider.stats()["attempts"] == asked + 1
    assert fleet.database.query("SELECT count(*) FROM fortune_reading") == [(2,)]


def test_one_visitors_windows_take_nobody_elses_place(fleet: Fleet) -> None:
    fleet.start(DEEPSEEK_MODEL=HOLDS, WEB_CONCURRENCY="1", MAX_STREAMS="8")
    one = come(fleet, ["1990-05-15"])[0]
    assert one.first.wait(PATIENCE)
    windows = [Visitor(fleet.instances, "", reading=one.reading, cookie=one.cookie) for _ in range(20)]
    for window in windows:
        window.start()
    until(lambda: all(window.first.is_set() or window.end for window in windows), "each is answered")
    refused = [window.end[1] for window in windows if window.end]
    assert len(refused) == 17, "with the first one, four watch"
    assert {answer["status"] for answer in refused} == {429}
    assert {json.loads(answer["body"])["error"]["code"] for answer in refused} == {"too_many_streams"}
    other = come(fleet, ["1985-01-01"])[0]
    assert other.first.wait(PATIENCE) and not other.refused
    fleet.provider.hurry()
    finish([one, other])


def test_arrivals_are_shared_by_the_workers(fleet: Fleet) -> None:
    fleet.start(DEEPSEEK_MODEL=HOLDS)
    visitors = []
    for birth in births(24):
        visitors += come(fleet, [birth])
        assert visitors[-1].first.wait(PATIENCE)
    shares = fleet.database.query("SELECT count(*) FROM streams_run WHERE status = 'writing' GROUP BY worker")
    assert len(shares) == 2 and min(count for (count,) in shares) >= 6, shares
    fleet.provider.hurry()
    finish(visitors)
