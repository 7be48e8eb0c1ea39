"""Services go away and come back; running readings are neither lost nor wrong."""

from __future__ import annotations

import http.client
import signal
import socket
import time

import pytest

from tests.server.faults.browser import Visitor, ask, births, finish
from tests.server.faults.fleet import LONG, TOKEN, Fleet, until
from tests.server.faults.test_workers import all_stored, begin


def test_a_redis_that_stalled_makes_nobody_take_over_from_the_living(fleet: Fleet) -> None:
    fleet.start(DEEPSEEK_MODEL=LONG)
    visitors = begin(fleet, 12)
    fleet.valkey.signal(signal.SIGSTOP)
    time.sleep(7)  # longer than a worker's membership key lives: none is left when it is back
    fleet.valkey.signal(signal.SIGCONT)
    finish(visitors)
    all_stored(fleet, visitors, LONG)
    assert fleet.database.query("SELECT max(fence) FROM streams_run") == [(1,)]
    assert all(visitor.connections == 1 for visitor in visitors)


def test_a_log_lost_by_redis_is_whole_again_for_who_resumes(fleet: Fleet) -> None:
    fleet.start(DEEPSEEK_MODEL="deepseek-chat@delay=0.2,interval=0.06,count=150", WEB_CONCURRENCY="1")
    other = fleet.start(WEB_CONCURRENCY="1")
    (visitor,) = begin(fleet, 1)
    fleet.valkey.stop()
    fleet.valkey.start()
    late = Visitor([other], "", reading=visitor.reading, cookie=visitor.cookie)
    late.start()
    finish([visitor, late])
    assert late.text == visitor.text
    assert late.text.decode() == fleet.run_row(visitor.reading)["text"]


def test_a_finished_text_waits_for_the_database(fleet: Fleet) -> None:
    instance = fleet.start(
        DEEPSEEK_MODEL="deepseek-chat@delay=0.1,interval=0.04,count=40", WEB_CONCURRENCY="1"
    )
    visitors = begin(fleet, 5)
    fleet.database.refuse_connections()
    finish(visitors)  # the browsers have the whole text, though nothing could be saved
    assert {visitor.end[0] for visitor in visitors if visitor.end} == {"done"}
    assert instance.get("/healthz")[0] == 200
    assert instance.get("/readyz")[0] == 503
    fleet.database.allow_connections()
    for visitor in visitors:
        row = until(lambda v=visitor: (r := fleet.run_row(v.reading))["status"] == "done" and r, "saved")
        assert row["text"].encode() == visitor.text


def test_a_provider_that_stalls_leaves_what_was_written_and_a_retry_goes_on(fleet: Fleet) -> None:
    instance = fleet.start(
        DEEPSEEK_MODEL="deepseek-chat@delay=0.1,interval=0.05,count=60,chaos=stall,at=20,times=1,id=a",
        AI_IDLE_TIMEOUT="2",
        WEB_CONCURRENCY="1",
    )
    (visitor,) = begin(fleet, 1)
    finish([visitor])
    assert visitor.end is not None
    assert visitor.end[0] == "failed"
    assert visitor.end[1]["retryable"] is True
    row = fleet.run_row(visitor.reading)
    assert (row["status"], row["text"].encode()) == ("interrupted", visitor.text)
    assert visitor.text
    retried = instance.answer("POST", f"/fortune/readings/{visitor.reading}/retry", cookie=visitor.cookie)
    assert retried.status == 303
    again = Visitor(fleet.instances, "", reading=visitor.reading, cookie=visitor.cookie)
    again.position, again.text, again.epoch = visitor.position, visitor.text, visitor.epoch
    again.start()
    finish([again])
    row = fleet.run_row(visitor.reading)
    assert (row["status"], row["epoch"], row["text"].encode()) == ("done", 1, again.text)
    assert again.text.startswith(visitor.text)
    assert len(again.text) > len(visitor.text)


def test_when_every_provider_is_down_the_rules_write(fleet: Fleet) -> None:
    fleet.start(AI_PROVIDERS="deepseek,classic", DEEPSEEK_MODEL="deepseek-chat@status=500", CLASSIC_PACE="0")
    visitor = Visitor(fleet.instances, "1990-05-15")
    visitor.start()
    finish([visitor])
    assert visitor.end is not None
    assert (visitor.end[0], visitor.end[1]["provider"]) == ("done", "classic")
    assert len(visitor.text.decode()) >= 1200


def test_without_any_provider_the_visitor_is_told_and_nothing_is_charged(fleet: Fleet) -> None:
    fleet.start(DEEPSEEK_MODEL="deepseek-chat@status=500", RATELIMIT_ENABLE="true")
    visitor = Visitor(fleet.instances, "1990-05-15")
    visitor.start()
    finish([visitor])
    assert visitor.end is not None
    assert visitor.end[0] == "failed"
    assert fleet.run_row(visitor.reading)["status"] == "failed"
    assert fleet.database.query("SELECT state FROM core_charge") == [("refunded",)]


def open_stream(fleet: Fleet, birth: str) -> socket.socket:
    """Request a stream on a raw connection, and read nothing of it."""
    wire = socket.create_connection(("127.0.0.1", fleet.instances[0].port), 60)
    ask(wire, birth)
    return wire


@pytest.mark.parametrize("farewell", ["fin", "reset"])
def test_a_browser_that_leaves_is_noticed_and_the_reading_is_finished(fleet: Fleet, farewell: str) -> None:
    fleet.start(
        DEEPSEEK_MODEL="deepseek-chat@delay=300,count=20",
        WEB_CONCURRENCY="1",
        AI_FIRST_TOKEN_TIMEOUT="600",
    )
    wire = open_stream(fleet, "1990-05-15")
    assert wire.recv(65536).startswith(b"HTTP/1.1 200")
    until(lambda: fleet.watching() == 1, "the browser is counted")
    if farewell == "reset":
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    wire.close()
    # Nothing is being sent (the model is silent for five minutes): only the socket itself can tell.
    until(lambda: fleet.watching() == 0, "its leaving is noticed")
    assert fleet.database.query("SELECT status FROM streams_run") == [("writing",)]


def test_a_browser_that_never_reads_holds_up_nobody(fleet: Fleet) -> None:
    fleet.start(DEEPSEEK_MODEL="deepseek-chat@interval=0.0005,count=6000", WEB_CONCURRENCY="1")
    wire = open_stream(fleet, "1980-01-01")
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    others = [Visitor(fleet.instances, birth) for birth in births(5)]
    for visitor in others:
        visitor.start()
    finish(others)
    rows = until(
        lambda: (r := fleet.database.query("SELECT status FROM streams_run")) == [("done",)] * 6 and r,
        "all six are done, the unread one too",
    )
    assert len(rows) == 6
    wire.close()


def test_bad_input_is_refused_with_the_field_and_never_with_a_500(fleet: Fleet) -> None:
    instance = fleet.start(WEB_CONCURRENCY="1")
    bad = [
        {},
        {"birth_date": "2023-02-29"},
        {"birth_date": "x" * 5000},
        {"birth_date": "1990-05-15", "gender": "other"},
        {"birth_date": "1990-05-15", "birth_time": "25:00"},
        {"birth_date": "1990-05-15", "birth_place": "nowhere"},
        {"birth_date": "1990-05-15", "longitude": "nan", "timezone": "Asia/Seoul"},
        {"birth_date": "1990-05-15", "longitude": "127", "timezone": "../../etc/passwd"},
        {"birth_date": "1990-05-15", "clock": "sundial"},
        {"birth_date": "2023-03-01", "calendar": "lunar_leap"},
    ]
    for form in bad:
        filled = {"gender": "male"} | form
        answer = instance.answer("POST", "/fortune/api/streaming/", filled)
        assert answer.status == 422, (form, answer.status)
        assert answer.json()["error"]["fields"]
    wire = http.client.HTTPConnection("127.0.0.1", instance.port, timeout=60)
    wire.request(
        "POST",
        "/fortune/api/chart/",
        b"{",
        {"Content-Type": "application/json", "X-CSRFToken": TOKEN, "Cookie": f"csrftoken={TOKEN}"},
    )
    assert wire.getresponse().status == 400
    wire.close()
    assert fleet.database.query("SELECT count(*) FROM fortune_reading")[0][0] == 0
