"""With many rows: every query of a visit goes by an index, and a search looks through a bounded number of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.streams import Run
from fortune.models import Reading
from fortune.queries import history
from tests.integration.site.helpers import browser, member, reading

pytestmark = pytest.mark.django_db

OTHERS = 30_000
BIRTH = {"gender": "female", "calendar": "solar", "birth_date": "1990-05-15", "birth_place": "seoul"}
BIG = ("fortune_reading", "streams_run", "core_charge", "core_daycount", "core_visit")
SCAN = re.compile(rf"Seq Scan on ({'|'.join(BIG)})\b")
FILL = (Path(__file__).parents[4] / "bench" / "harness" / "others.sql").read_text(encoding="utf-8")


@pytest.fixture
def many() -> None:
    """Store other people's readings with all that belongs to them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # one statement stores them all
        cursor.execute(FILL, {"count": OTHERS})
        cursor.execute("RESET statement_timeout")


def plans(captured: CaptureQueriesContext) -> Iterator[tuple[str, str]]:
    """Yield each statement on a table that grows with its plan."""
    for query in captured.captured_queries:
        statement = query["sql"]
        if any(table in statement for table in BIG) and not statement.startswith("EXPLAIN"):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN " + statement.replace("%", "%%"), [])
                yield statement, "\n".join(row[0] for row in cursor.fetchall())


def test_no_step_of_a_visit_reads_a_whole_table(many: None, settings: Any) -> None:
    settings.RATELIMIT_ENABLE = True
    client = browser()
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/fortune/").status_code == 200
        page = client.post("/fortune/", BIRTH)["Location"]
        assert client.get(page).status_code == 200
        assert client.get(f"{page.rstrip('/')}.json").status_code == 200
        assert client.get(f"{page}ask/").status_code == 200
        assert client.get("/fortune/").status_code == 200
        assert client.post("/fortune/", BIRTH)["Location"] == page
        assert client.get("/fortune/history/").status_code == 200
        assert client.get("/fortune/history/statistics/").status_code == 200
    found = list(plans(captured))
    assert len(found) > 15
    assert not [(statement[:200], plan) for statement, plan in found if SCAN.search(plan)]


def test_a_search_looks_through_the_newest_readings_and_says_so(many: None) -> None:
    alice, now = member("alice"), timezone.now()
    rows = [
        reading(owner=alice, text=f"글 {n} 봄바람", created_at=now - timedelta(hours=n))
        for n in range(history.SEARCHED + 3)
    ]
    client = browser(alice)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(reverse("fortune:history"), {"q": "봄바람"})
    assert f"풀이 {history.SEARCHED}개" in (text := answer.content.decode())
    assert f"가장 최근 풀이 {history.SEARCHED}개에서 찾았어요" in text
    assert not [plan for _statement, plan in plans(captured) if SCAN.search(plan)]
    texts = [query["sql"] for query in captured if '"streams_run"."text"' in query["sql"]]
    batches = -(-history.SEARCHED // history.BATCH)
    assert len(texts) == batches + 1, "each text once, and those of the page for its excerpts"

    oldest = rows[-1]
    missed = client.get(reverse("fortune:history"), {"q": f"글 {history.SEARCHED + 2}"}).content.decode()
    assert str(oldest.pk) not in missed and "날짜를 정해" in missed
    until = timezone.localdate(oldest.created_at).isoformat()
    narrowed = client.get(reverse("fortune:history"), {"q": f"글 {history.SEARCHED + 2}", "until": until})
    assert str(oldest.pk) in narrowed.content.decode()


def test_a_search_that_has_seen_everything_says_nothing_of_a_bound() -> None:
    alice = member("alice")
    mine = reading(owner=alice, label="지우", text="봄바람 같아요")
    for words in ("지우", "봄바람"):
        answer = browser(alice).get(reverse("fortune:history"), {"q": words}).content.decode()
        assert str(mine.pk) in answer and "가장 최근 풀이" not in answer
    assert Reading.objects.count() == Run.objects.count() == 1
