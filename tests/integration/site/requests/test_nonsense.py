"""Nonsensical input: whatever arrives, the answer is never a 500."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from core.access import GUEST
from core.security.crypto import fingerprint
from tests.integration.site.helpers import browser, member, reading

pytestmark = pytest.mark.django_db

BIRTH = {"gender": "female", "calendar": "solar", "birth_date": "1990-05-15", "birth_place": "seoul"}


def patient(client: Client) -> Client:
    """Return a client that answers 500 where a view raises, as a server does."""
    client.raise_request_exception = False
    return client


def guest() -> tuple[Client, Any]:
    client = patient(browser())
    session = client.session
    session[GUEST] = "charlie"
    session.save()
    return client, reading(guest=fingerprint("charlie", purpose="guest"))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[" * 100_000, 400),
        ('{"a":' * 20_000, 400),
        ('{"gender": "female", "name": "\\ud800"}', 400),
        (json.dumps({**BIRTH, "topic": "\ud800"}), 400),
        ('{"birth_date": ' + "9" * 5000 + "}", 400),
        ("null", 400),
        ('"text"', 400),
        (json.dumps({**BIRTH, "name": "a\0b"}), 422),
        (json.dumps({**BIRTH, "token": "a\0b"}), 422),
        (json.dumps({**BIRTH, "gender": {}}), 422),
        (json.dumps({**BIRTH, "birth_date": ["1990-05-15"]}), 422),
        (json.dumps({**BIRTH, "birth_date": "0000-01-01"}), 422),
        (json.dumps({**BIRTH, "birth_date": "9999-12-31"}), 422),
        (json.dumps({**BIRTH, "longitude": "nan", "timezone": "Asia/Seoul", "birth_place": ""}), 422),
        (json.dumps({**BIRTH, "longitude": 127, "timezone": "../../etc/passwd", "birth_place": ""}), 422),
        (json.dumps({**BIRTH, "longitude": 127, "timezone": "Asia", "birth_place": ""}), 422),
    ],
)
def test_a_body_that_is_no_form_is_refused(body: str, status: int) -> None:
    client = patient(browser(accept="application/json"))
    answer = client.post("/fortune/api/chart/", body.encode(), content_type="application/json")
    assert answer.status_code == status, answer.content[:300]
    assert answer.json()["error"]["code"] in ("bad_request", "invalid")


@pytest.mark.parametrize("query", ["since=0001-01-01", "until=9999-12-31", "page=-1", f"page={'9' * 30}"])
def test_the_ends_of_time_are_searched_without_an_error(query: str) -> None:
    alice = member("alice")
    reading(owner=alice)
    assert patient(browser(alice)).get(f"/fortune/history/?{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "days/?month=0001-01",
        "days/?day=9999-12-31",
        "luck/?luck=9999&year=0",
        "schools/?clock=zzz&longitude=nan&timezone=%00",
        "?version=9999&luck=999&year=9999",
    ],
)
def test_a_readings_pages_take_any_question(query: str) -> None:
    client, made = guest()
    assert client.get(f"/fortune/readings/{made.pk}/{query}").status_code == 200


def test_a_press_with_a_token_no_database_takes_is_a_press_like_any_other() -> None:
    client, made = guest()
    answer = client.post(f"/fortune/readings/{made.pk}/more/", {"what": "daily", "token": "a\0b"})
    assert answer.status_code == 303


def test_a_link_that_can_not_be_is_no_link() -> None:
    client, made = guest()
    for path in (f"/s/{quote(chr(0))}/", f"/s/{quote(chr(0))}/1.png", "/s/short/", "/s/" + "x" * 44 + "/"):
        assert client.get(path).status_code == 404
    revoke = f"/fortune/readings/{made.pk}/share/revoke/"
    assert client.post(revoke, {"token": "a\0b"}).status_code == 404
