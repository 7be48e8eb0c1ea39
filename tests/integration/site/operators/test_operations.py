"""The operators' page: an hour of all workers, drawn; and what it is when Redis is away or nobody sits before it."""

from __future__ import annotations

import time
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from redis.exceptions import ConnectionError as Away

from core.admin import second_factor
from core.admin.hour import draw
from core.llm import metrics
from core.llm.events import Event
from core.redis import Minutes, client, connect
from core.redis.minutes import BUCKETS, Minute, percentile
from tests.integration.site.helpers import browser, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Any:
    return browser(member("staff", is_staff=True, is_superuser=True))


class Clock:
    """A time of its own for each test: the hashes of the hours before stay in Redis."""

    def __init__(self) -> None:
        self.now = 60.0 * (uuid.uuid4().int % 10**9)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def no_redis() -> Any:
    """Give this process a Redis that nobody listens for."""
    core: Any = apps.get_app_config("core")
    before = core.redis.replace(connect("redis://127.0.0.1:1/0", seconds=1))
    yield
    core.redis.replace(before)


def test_an_hour_is_the_sum_of_all_workers() -> None:
    clock = Clock()
    one, two = Minutes(client, clock=clock), Minutes(client, clock=clock)
    for worker, streams in ((one, 3), (two, 5)):
        worker.sample("streams", streams)
        worker.add("cost", 700)
    clock.now += 30
    for worker, streams in ((one, 3), (two, 5)):
        worker.sample("streams", streams)
        worker.publish()
    minutes = one.last_hour()
    assert len(minutes) == 60
    assert minutes[-1].mean("streams") == pytest.approx(8)
    assert minutes[-1].count("cost") == 1400
    assert not any(minute.sums for minute in minutes[:-1])
    clock.now += 60
    assert one.last_hour()[-2].mean("streams") == pytest.approx(4)  # half a minute of eight
    clock.now += 3600
    assert not any(minute.sums for minute in one.last_hour())


def test_what_happens_while_redis_is_away_is_told_later_and_for_an_hour_at_most() -> None:
    clock = Clock()
    servers = [connect("redis://127.0.0.1:1/0", seconds=1)]
    minutes = Minutes(lambda: servers[-1], clock=clock)
    for _ in range(200):
        minutes.add("cost", 1)
        clock.now += 60
    clock.now -= 60
    with pytest.raises(Away):
        minutes.publish()
    minutes.add("cost", 1)
    servers.append(client())
    minutes.publish()
    found = minutes.last_hour()
    assert [minute.count("cost") for minute in found] == [1] * 59 + [2]
    assert client().ttl(f"ops:minute:{found[-1].starts_at // 60}") > 0


def test_percentiles_are_exact_to_a_tenth() -> None:
    clock = Clock()
    minutes = Minutes(client, clock=clock)
    for tenth in range(1, 201):
        minutes.observe("first", tenth / 10)
    minutes.observe("first", 0.0)
    minutes.observe("first", 10**6)
    minutes.publish()
    found = minutes.last_hour()[-1].by("first")
    assert percentile(found, 0.5) == pytest.approx(10, rel=0.1)
    assert percentile(found, 0.95) == pytest.approx(19, rel=0.1)
    assert percentile({}, 0.5) is None
    assert set(map(int, found)) <= set(range(BUCKETS))


def test_a_visitors_own_key_is_not_counted_against_a_provider() -> None:
    minutes = Minutes(client, clock=Clock())
    for own in (False, True):
        metrics.record_minute(Event("attempt", "gemini", "m", own=own), minutes)
        metrics.record_minute(Event("failed", "gemini", "m", "auth", own=own, cost_micro=5), minutes)
    minutes.publish()
    assert minutes.last_hour()[-1].sums == {"asked:gemini": 1, "failed:gemini": 1, "cost": 5}


def test_a_drawing_breaks_where_nothing_was_and_says_the_same_in_its_table() -> None:
    hour = [Minute(60 * number, 60.0, {}) for number in range(58)]
    hour += [Minute(60 * 58, 60.0, {"first:20": 3, "failed:gemini": 2, "asked:gemini": 8, "cost": 20_000}),
             Minute(60 * 59, 60.0, {"streams": 240_000})]  # fmt: skip
    streams, first, cost, failures = draw(hour).drawings
    assert streams.rows[0] == ("09:59", ("4.0",))
    assert first.rows[1] == ("09:58", ("1.5초", "1.5초")) and first.rows[0][1] == ("—", "—")
    assert first.strips[0].marks[-1].path == "M580 0.0h10"
    assert cost.rows[1][1] == ("0.0200",)
    assert [strip.title for strip in failures.strips] == ["gemini: 요청 8번 중 실패 2번"]
    assert all(len(drawing.rows) == 60 for drawing in (streams, first, cost, failures))


def test_the_page_draws_four_figures_each_with_a_table(staff: Any) -> None:
    apps.get_app_config("core").minutes().add("asked:gemini")  # type: ignore[attr-defined]
    apps.get_app_config("core").minutes().publish()  # type: ignore[attr-defined]
    for name in ("operations", "operations_live"):
        page = staff.get(reverse(f"admin:{name}")).content.decode()
        assert page.count("<svg") >= 4
        assert page.count("표로 보기") == 4
    assert "<html" not in page


def test_the_page_opens_without_redis_and_says_so(staff: Any, no_redis: None) -> None:
    for name in ("operations", "operations_live"):
        page = staff.get(reverse(f"admin:{name}"))
        assert page.status_code == 200
        assert "Redis에 닿지 않아요. 지난 한 시간과" in page.content.decode()


@pytest.mark.parametrize("name", ["operations", "operations_live"])
def test_members_and_strangers_see_nothing_of_it(name: str) -> None:
    for visitor in (browser(), browser(member("alice"))):
        assert visitor.get(reverse(f"admin:{name}")).status_code == 302


def test_a_page_that_refreshes_itself_does_not_keep_a_session_alive(
    rf: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ADMIN_SECOND_FACTOR = True
    monkeypatch.setattr(second_factor, "is_mfa_enabled", lambda user: True)
    monkeypatch.setattr(second_factor, "confirmed_at", lambda request: time.time() - settings.ADMIN_IDLE / 2)
    seen = {}
    for name in ("operations_live", "operations"):
        request = rf.get("/")
        request.resolver_match = type("Match", (), {"app_name": "admin", "url_name": name})
        request.user, request.session = type("Staff", (), {"is_staff": True}), {}
        middleware = second_factor.SecondFactorMiddleware(lambda request: None)  # type: ignore[arg-type,return-value]
        assert middleware.process_view(request, None, (), {}) is None
        seen[name] = second_factor.SEEN in request.session
    assert seen == {"operations_live": False, "operations": True}
