"""More than one machine: a load balancer in front, PgBouncer behind, no stickiness anywhere."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlencode

import pytest

from tests.server.faults.browser import FORM, births, finish
from tests.server.faults.crowd import Crowd, Guest
from tests.server.faults.fleet import HOLDS, PATIENCE, TOKEN, Fleet, until
from tests.server.faults.middle import HaProxy, Nginx, PgBouncer
from tests.server.faults.test_workers import begin


@pytest.fixture
def ending() -> Iterator[ExitStack]:
    """Give an ``ExitStack`` that is closed after the test."""
    with ExitStack() as stack:
        yield stack


def check(fleet: Fleet, crowd: Crowd, guests: list[Guest]) -> None:
    """Check that every guest saw exactly the stored text, and that each reading ended and was charged once."""
    unfinished = [(g.reading, len(g.text), g.connections, g.refused) for g in guests if not g.end]
    assert unfinished == []
    assert [guest.faults for guest in guests if guest.faults] == []
    assert {guest.end[0] for guest in guests if guest.end} <= {"done", "204"}
    for guest in guests:
        row = until(lambda g=guest: (r := fleet.run_row(g.reading))["status"] == "done" and r, "it is stored")
        assert row["text"].encode() == guest.text != b""
        assert row["epoch"] == guest.epoch
    assert len({guest.text for guest in guests}) == 1  # the provider's whole text, everywhere
    crowd.close()


def test_restless_browsers_lose_nothing_while_a_worker_is_killed(fleet: Fleet) -> None:
    settings = {"DEEPSEEK_MODEL": "deepseek-chat@delay=0.2,interval=0.1,count=60"}
    instances = [fleet.start(**settings), fleet.start(WEB_CONCURRENCY="1", **settings)]
    crowd = Crowd([instance.port for instance in instances], restless=random.Random(5))
    guests = crowd.invite(births(40), rate=40)
    assert crowd.until(crowd.all_have_text, PATIENCE)
    os.kill(instances[0].workers()[0], signal.SIGKILL)
    crowd.until(crowd.all_have_ended, PATIENCE)
    check(fleet, crowd, guests)
    assert sum(guest.connections for guest in guests) > 2 * len(guests)
    assert sum(guest.resets for guest in guests) == 0


def test_an_instance_dies_whole_and_the_pooler_restarts(fleet: Fleet, ending: ExitStack) -> None:
    pooler = PgBouncer(fleet.database.url)
    ending.callback(pooler.end)
    settings = {"DATABASE_URL": pooler.url, "DEEPSEEK_MODEL": HOLDS}
    first, second = (fleet.start(WEB_CONCURRENCY="1", **settings) for _ in range(2))
    balancer = HaProxy([first, second])
    ending.callback(balancer.end)
    crowd = Crowd([balancer.port])
    guests = crowd.invite(births(30), rate=30)
    assert crowd.until(crowd.all_have_text, PATIENCE)
    writers = {row[0] for row in fleet.database.query("SELECT worker FROM streams_run")}
    assert len(writers) == 2  # begun on both
    first.end()
    crowd.until(lambda: False, 2)
    pooler.stop()
    pooler.start()
    assert crowd.until(
        lambda: fleet.provider.stats()["open"] == len(guests), PATIENCE
    )  # the second writes all
    fleet.provider.hurry()
    crowd.until(crowd.all_have_ended, PATIENCE)
    check(fleet, crowd, guests)
    assert any(guest.broken for guest in guests)
    assert second.get("/readyz")[0] == 200


@pytest.mark.parametrize("more", ["", "ignore_startup_parameters = options\n"], ids=["refuses", "ignores"])
def test_a_pooler_without_startup_options_serves_and_the_missing_bound_is_told(
    fleet: Fleet, ending: ExitStack, more: str
) -> None:
    pooler = PgBouncer(fleet.database.url, more=more)
    ending.callback(pooler.end)
    instance = fleet.start(DATABASE_URL=pooler.url, WEB_CONCURRENCY="1")
    status, said = instance.get("/readyz")
    assert (status, json.loads(said)["statement_timeout"]) == (200, "none")
    refused = instance.log.read_text().count("refuses start-up options")
    assert refused == (0 if more else 1)  # once a worker, not once a connection
    finish(begin(fleet, 3))
    # As docs/deploying.md says; here for the database, whose role the tests share.
    fleet.database.bound_statements("10s")
    fleet.database.kill_backends()
    assert until(
        lambda: json.loads(instance.get("/readyz")[1])["statement_timeout"] == "ok", "the bound is seen"
    )


def test_nginx_passes_the_first_text_on_while_the_model_still_writes(fleet: Fleet, ending: ExitStack) -> None:
    instance = fleet.start(
        DEEPSEEK_MODEL="deepseek-chat@delay=0.2,interval=0.5,count=600", WEB_CONCURRENCY="1"
    )
    proxy = Nginx([instance])
    ending.callback(proxy.end)
    wire = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=60)
    ending.callback(wire.close)
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **FORM, "birth_date": "1990-05-15"})
    headers = {
        "Cookie": f"csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept-Encoding": "gzip",
    }
    asked = time.monotonic()
    wire.request("POST", "/fortune/api/streaming/", body, headers)
    answer = wire.getresponse()
    received = b""
    while b"event: text" not in received:
        received += answer.readline()
    assert time.monotonic() - asked < 60  # the text lasts five minutes
    assert fleet.database.query("SELECT status FROM streams_run") == [("writing",)]
