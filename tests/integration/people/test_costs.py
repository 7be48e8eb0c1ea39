"""What a request costs in queries, fixed: a number that rises here is a decision, not an accident.

Sessions come from the cache, so a signed-in page pays for its user, its profile where limits are told, and itself.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.access import GUEST
from core.crypto import fingerprint
from tests.integration.people.helpers import browser, member, reading

pytestmark = pytest.mark.django_db

BIRTH = {"gender": "female", "calendar": "solar", "birth_date": "1990-05-15", "birth_place": "seoul"}


def cost(client: Any, path: str, method: str = "get", **data: str) -> int:
    """This will ask twice, and count the second: what is kept in memory is kept by then."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = getattr(client, method)(path, data)
            assert answer.status_code == 200, (path, answer.status_code)
    return len(captured)


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/healthz", 0),
        ("/fortune/", 0),
        ("/about/", 0),
        ("/privacy/", 0),
        ("/fortune/glossary/", 0),
        ("/accounts/login/", 0),
        ("/accounts/signup/", 0),
        ("/fortune/history/", 0),
        ("/fortune/history/statistics/", 0),
    ],
)
def test_a_stranger_costs_no_query(path: str, queries: int) -> None:
    assert cost(browser(), path) == queries


def test_a_chart_costs_no_query() -> None:
    assert cost(browser(accept="application/json"), "/fortune/api/chart/", "post", **BIRTH) == 0


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/fortune/", 4),  # user, profile, people, the day's counter
        ("/fortune/history/", 4),  # user, profile, count, page
        ("/fortune/history/?q=물", 5),  # … and the names
        ("/fortune/history/statistics/", 4),
        ("/fortune/people/", 2),
        ("/fortune/favorites/", 2),
        ("/fortune/account/", 1),
        ("/accounts/profile/", 2),
        ("/accounts/email/", 4),
    ],
)
def test_a_member_costs_few(path: str, queries: int) -> None:
    alice = member("alice")
    for _ in range(3):
        reading(owner=alice)
    client = browser(alice)
    client.get("/fortune/")  # the welcome is settled
    assert cost(client, path) == queries


def test_a_readings_page_and_json_cost_the_row_and_its_runs() -> None:
    client = browser()
    session = client.session
    session[GUEST] = "charlie"
    session.save()
    made = reading(guest=fingerprint("charlie", purpose="guest"))
    assert cost(client, f"/fortune/readings/{made.pk}/") <= 4
    assert cost(client, f"/fortune/readings/{made.pk}.json") == 2
