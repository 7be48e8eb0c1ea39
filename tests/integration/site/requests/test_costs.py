"""The queries of each request, fixed: a number that rises here is a decision, not an accident.

Sessions come from the cache, so a signed-in page pays for its user, its profile where limits are told, and itself.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.access import GUEST
from core.models import Charge, DayCount
from core.security.crypto import fingerprint
from core.streams import Run, Status
from fortune.models import Reading, Shown
from fortune.services import sharing
from tests.integration.site.helpers import browser, member, reading

pytestmark = pytest.mark.django_db

BIRTH = {"gender": "female", "calendar": "solar", "birth_date": "1990-05-15", "birth_place": "seoul"}


def cost(client: Any, path: str, method: str = "get", **data: str) -> int:
    """Return the queries of the second of two requests, when the caches are filled."""
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
        ("/fortune/", 5),  # user, profile, people, the last readings, the day's counter
        ("/fortune/history/", 5),  # user, profile, count, page, the texts' beginnings
        ("/fortune/history/?q=물", 7),  # … the names, and the texts
        ("/fortune/history/statistics/", 4),
        ("/fortune/people/", 2),
        ("/fortune/favorites/", 2),
        ("/fortune/account/", 1),
        ("/accounts/profile/", 3),  # user, profile, whether there is a picture
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


def known_guest() -> tuple[Any, str]:
    """Return a guest's browser and the fingerprint that their readings carry."""
    client = browser()
    session = client.session
    session[GUEST] = "charlie"
    session.save()
    return client, fingerprint("charlie", purpose="guest")


@pytest.mark.parametrize(
    ("part", "queries"),
    [
        ("", 2),  # the row, its runs
        ("luck/", 1),
        ("days/", 1),
        ("schools/", 1),
        ("share/", 2),  # … its links
        ("ask/", 3),  # … the questions and their runs
    ],
)
def test_each_part_of_a_reading_costs_what_it_shows(part: str, queries: int) -> None:
    client, guest = known_guest()
    made = reading(guest=guest)
    for _ in range(3):
        reading(guest=guest, kind="question", parent=made, question="?")
    assert cost(client, f"/fortune/readings/{made.pk}/{part}") == queries


def test_a_question_costs_its_conversation_whatever_its_length() -> None:
    client, guest = known_guest()
    made = reading(guest=guest)
    for number in range(12):
        asked = reading(guest=guest, kind="question", parent=made, question="?")
        if number in (2, 11):
            assert cost(client, f"/fortune/readings/{asked.pk}/") == 5


def test_a_shared_reading_costs_its_link_its_text_and_its_counter() -> None:
    made = reading(owner=member("alice"))
    link = sharing.share(reading=made, shown=Shown.READING, epoch=1, now=timezone.now())
    assert cost(browser(), f"/s/{link.token}/") == 3


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/fortune/", {}),
        ("/fortune/api/daily/", {}),
        ("/fortune/api/topic/", {"topic": "love"}),
    ],
)
def test_asking_the_same_again_costs_finding_it(path: str, more: dict[str, str]) -> None:
    """No chart is stored, nothing is charged, nothing is written."""
    client, _guest = known_guest()
    form = {**BIRTH, **more}
    if path != "/fortune/":  # the API waits for a text that no test's transaction lets anyone write
        asked = {"what": "daily"} if "daily" in path else {"what": "topic.love"}
        first = client.post("/fortune/", BIRTH)["Location"]
        client.post(f"{first}more/", asked)
    else:
        client.post(path, form)
    for run in Run.objects.all():
        run.status, run.text, run.finished_at = Status.DONE, "맑은 물", timezone.now()
        run.save()
    before = [list(model.objects.order_by("pk").values()) for model in (Reading, Run, Charge, DayCount)]
    with CaptureQueriesContext(connection) as captured:
        assert client.post(path, form).status_code in (200, 303)
    # A row that the constraints refuse, a transaction around it, and then the one that is there already.
    assert len(captured) <= 7, [query["sql"][:100] for query in captured]
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Reading, Run, Charge, DayCount)
    ]
