"""The middleware: visitors, welcome, maintenance, request ids, privacy, language."""

from __future__ import annotations

import errno
import json
import logging
import re
import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.limits.days import korean_day
from core.models import DailyVisits, Profile, SiteState, Visit
from core.ops import logs, metrics
from core.runtime import running_jobs
from core.site import visits
from core.site.middleware.request_id import RequestIdMiddleware
from core.site.switches import State, Switches, switches
from tests.integration.site.helpers import browser, member

PAGE = "/accounts/login/"


def settle() -> None:
    """Wait for the counting jobs that requests have started."""
    for job in running_jobs():
        if job.name == "visit":
            assert job.join(10)


# -- Visitors --


@pytest.fixture
def counting(settings: Any) -> None:
    settings.COUNT_VISITORS = True


@pytest.mark.django_db(transaction=True)
def test_a_visitor_counts_once_a_day(counting: None) -> None:
    client = browser()
    for _ in range(3):
        client.get(PAGE)
    settle()
    assert DailyVisits.objects.get().visitors == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_behind_a_proxy_are_two_visitors(counting: None, settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    for address in ("203.0.113.1", "203.0.113.2"):
        browser(**{"x-forwarded-for": address}).get(PAGE)
    settle()
    assert DailyVisits.objects.get().visitors == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"user-agent": "Mozilla/5.0 (compatible; Yeti/1.1; +http://naver.me/bot)"},
        {"user-agent": "kakaotalk-scrap/1.0; +https://devtalk.kakao.com/"},
        {"user-agent": ""},
        {"accept": "application/json"},
        {"x-requested-with": "XMLHttpRequest"},
        {"sec-fetch-mode": "cors"},
    ],
)
def test_bots_and_scripts_are_not_visitors(counting: None, headers: dict[str, str]) -> None:
    browser(**headers).get(PAGE)
    settle()
    assert not DailyVisits.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_address_is_kept(counting: None) -> None:
    browser(**{"x-forwarded-for": "203.0.113.9"}).get(PAGE)
    settle()
    row = Visit.objects.get()
    assert re.fullmatch(r"[0-9a-f]{64}", row.visitor)


def test_a_visitor_can_not_be_followed_to_the_next_day() -> None:
    def of(day: date) -> str:
        return visits.visitor_of(address="203.0.113.1", user_agent="Firefox", day=day)

    assert of(date(2026, 5, 15)) != of(date(2026, 5, 16))


@pytest.mark.django_db(transaction=True)
def test_a_known_visitor_costs_no_query(
    counting: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser()
    client.get(PAGE)
    settle()
    with django_assert_num_queries(0):
        client.get(PAGE)


@pytest.mark.django_db(transaction=True)
def test_visitors_who_come_together_are_written_together() -> None:
    seen = visits.SeenToday()
    today = korean_day(timezone.now())
    assert [seen.add(name, day=today) for name in ("one", "two", "one")] == [True, False, False]
    (day, visitors), *none = seen.take().items()
    with CaptureQueriesContext(connection) as queries:
        visits.count([*visitors, "three"], day)
    assert len(queries) == 1
    visits.count(["three", "four"], day)  # of another worker
    assert (day, none, DailyVisits.objects.get().visitors, Visit.objects.count()) == (today, [], 4, 4)
    assert seen.add("five", day=today)


@pytest.mark.django_db(transaction=True)
def test_ten_workers_count_one_visitor_once() -> None:
    today = korean_day(timezone.now())
    gate = threading.Barrier(10)

    def count() -> None:
        gate.wait(10)
        visits.count(["same"], today)
        connection.close()

    threads = [threading.Thread(target=count) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert DailyVisits.objects.get().visitors == Visit.objects.count() == 1


@pytest.mark.django_db
def test_sweeping_forgets_fingerprints_and_keeps_numbers() -> None:
    today = korean_day(timezone.now())
    for days in range(4):
        visits.count(["someone"], today - timedelta(days=days))
    assert visits.sweep(today=today) == 2
    assert Visit.objects.count() == 2
    assert DailyVisits.objects.count() == 4


# -- Welcome --


@pytest.mark.django_db
def test_a_new_member_is_welcomed_once_and_comes_back_to_the_page() -> None:
    client = browser(member("alice", welcomed=False))
    away = client.get("/?a=1")
    assert away.status_code == 302
    assert away["Location"] == f"{reverse('welcome')}?next=%2F%3Fa%3D1"
    assert client.get("/")["Content-Type"].startswith("text/html")
    assert Profile.objects.get().welcomed_at is not None


@pytest.mark.django_db
def test_a_nickname_may_begin_with_anything() -> None:
    alice = member("user-of-old")
    assert browser(alice).get("/").status_code != 302


@pytest.mark.django_db
def test_answering_the_welcome_goes_on_to_where_they_were() -> None:
    alice = member("alice", welcomed=False)
    form = {"nickname": "user1", "role": "teacher", "next": "/fortune/"}
    answer = browser(alice).post(reverse("welcome"), form)
    assert answer["Location"] == "/fortune/"
    profile = Profile.objects.get()
    assert (profile.nickname, profile.role) == ("user1", "teacher")


@pytest.mark.django_db
def test_the_welcome_leads_to_no_other_site() -> None:
    alice = member("alice", welcomed=False)
    answer = browser(alice).post(reverse("welcome"), {"later": "1", "next": "https://evil.example/"})
    assert answer["Location"] == reverse("profile")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/accounts/email/", {}),
        ("/accounts/logout/", {}),
        ("/healthz", {}),
        ("/admin/", {}),
        ("/fortune/api/chart/", {}),
        ("/", {"x-requested-with": "XMLHttpRequest"}),
        ("/", {"accept": "text/event-stream"}),
        ("/", {"accept": "application/json"}),
        ("/", {"accept": "image/avif,image/webp,*/*"}),
        ("/", {"sec-fetch-mode": "cors"}),
    ],
)
def test_the_welcome_is_never_in_the_way(path: str, headers: dict[str, str]) -> None:
    alice = member("alice", welcomed=False)
    answer = browser(alice, **headers).get(path)
    assert reverse("welcome") not in answer.get("Location", "")
    assert Profile.objects.get().welcomed_at is None


@pytest.mark.django_db
def test_a_form_that_was_sent_is_never_redirected_to_the_welcome() -> None:
    alice = member("alice", welcomed=False)
    assert reverse("welcome") not in browser(alice).post("/").get("Location", "")


# -- Maintenance --


@pytest.mark.django_db
def test_maintenance_by_the_admin_closes_the_site() -> None:
    SiteState.objects.create(maintenance=True, maintenance_until=timezone.now() + timedelta(minutes=10))
    switches().forget()
    answer = browser().get("/")
    assert answer.status_code == 503
    assert 590 <= int(answer["Retry-After"]) <= 600
    assert "점검" in answer.content.decode()


@pytest.mark.django_db
def test_maintenance_by_the_environment_closes_the_site(settings: Any) -> None:
    settings.MAINTENANCE_MODE = True
    answer = browser().get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "300")


@pytest.mark.django_db
def test_maintenance_answers_programs_in_json(settings: Any) -> None:
    settings.MAINTENANCE_MODE = True
    answer = browser(accept="application/json").post("/fortune/api/daily/")
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "maintenance"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/accounts/login/", "/admin/login/"])
def test_health_and_the_way_in_stay_open(settings: Any, path: str) -> None:
    settings.MAINTENANCE_MODE = True
    assert browser().get(path).status_code == 200


@pytest.mark.django_db
def test_staff_pass_and_members_do_not(settings: Any) -> None:
    settings.MAINTENANCE_MODE = True
    staff, alice = member("staff", is_staff=True), member("alice")
    assert browser(staff).get("/accounts/email/").status_code == 200
    assert browser(alice).get("/accounts/email/").status_code == 503


@pytest.mark.django_db
def test_the_switches_are_read_once_in_a_few_seconds(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    now = 0.0
    known = Switches(clock=lambda: now)
    with django_assert_num_queries(1):
        for _ in range(5):
            known.state()
    SiteState.objects.create(maintenance=True)
    assert not known.state().maintenance
    now = 5.0
    assert known.state().maintenance


def test_without_a_database_the_last_known_switches_count() -> None:
    answers = iter([State(maintenance=True), OperationalError()])

    def read() -> State:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    known = Switches(read)
    assert known.state().maintenance
    known.forget()
    assert known.state().maintenance
    assert next(answers, None) is None


@pytest.mark.django_db
def test_there_is_one_row_of_switches() -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        SiteState.objects.create(id=2)


# -- Request ids --


def test_a_given_id_comes_back_and_a_strange_one_does_not() -> None:
    client = browser()
    assert client.get("/healthz", headers={"x-request-id": "abc-12345"})["X-Request-ID"] == "abc-12345"
    for strange in ("x", "a b c d e f g h", "<script>alert(1)</script>", "x" * 65):
        answer = client.get("/healthz", headers={"x-request-id": strange})
        assert re.fullmatch(r"[0-9a-f]{16}", answer["X-Request-ID"])


def test_the_id_is_alive_while_a_body_is_streamed() -> None:
    import structlog
    from django.http import HttpResponse

    def body() -> Any:
        yield structlog.contextvars.get_contextvars()["request_id"].encode()

    def view(request: Any) -> Any:
        response = HttpResponse()
        response.streaming_later = body  # type: ignore[attr-defined]
        return response

    response: Any = RequestIdMiddleware(view)(
        RequestFactory().get("/x", headers={"x-request-id": "stream-01"})
    )
    assert b"".join(response.streaming_later()) == b"stream-01"


def test_a_figure_that_can_not_be_written_costs_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*labels: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(metrics.requests, "labels", no_space)
    assert browser().get("/healthz").status_code == 200


def test_the_id_goes_along_into_a_job() -> None:
    import structlog

    from core.runtime import spawn

    seen: list[str] = []

    def view(request: Any) -> Any:
        from django.http import HttpResponse

        job = spawn("test", lambda: seen.append(structlog.contextvars.get_contextvars()["request_id"]))
        assert job.join(10)
        return HttpResponse()

    RequestIdMiddleware(view)(RequestFactory().get("/x", headers={"x-request-id": "with-a-job"}))
    assert seen == ["with-a-job"]


def _line(**event: Any) -> dict[str, Any]:
    """Log one event as production does, and return the line read back."""
    formatter = logs.config(json=True, level="INFO")["formatters"]["lines"]
    from structlog.stdlib import ProcessorFormatter

    made = ProcessorFormatter(
        foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
    )
    record = logging.LogRecord("x", logging.INFO, __file__, 1, event.pop("message", "m"), (), None)
    record.__dict__.update(event)
    return dict(json.loads(made.format(record)))


def test_every_line_of_the_standard_library_carries_the_id_too() -> None:
    def view(request: Any) -> Any:
        from django.http import HttpResponse

        assert _line(message="plain")["request_id"] == "in-a-line"
        return HttpResponse()

    RequestIdMiddleware(view)(RequestFactory().get("/x", headers={"x-request-id": "in-a-line"}))


@pytest.mark.parametrize(
    "secret",
    ["sk-abcdefghijkl1234", "AIzaSyA1234567890abcdef", "jisu@example.com", "born 1990-05-15 at", "1990.5.15"],
)
def test_keys_addresses_and_birthdays_do_not_reach_a_line(secret: str) -> None:
    line = json.dumps(_line(message=f"oops: {secret}!"), ensure_ascii=False)
    assert secret.removeprefix("born ").removesuffix(" at") not in line


def test_private_fields_are_hidden_wherever_they_stand() -> None:
    event = {"birth_date": "x1", "nested": {"name": "x2", "list": [{"own_key": "x3"}]}, "kind": "full"}
    assert json.dumps(logs.scrub(None, "", event)).count("x") == 0
    assert event["kind"] == "full"


# -- Privacy and language --


@pytest.mark.django_db
def test_personal_pages_are_kept_by_nobody() -> None:
    answer = browser(member("alice")).get("/accounts/email/")
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Permissions-Policy"]


@pytest.mark.django_db
def test_the_site_is_korean_first_and_english_on_wish() -> None:
    assert browser().get("/nowhere").content.decode().startswith('<!doctype html>\n<html lang="ko"')
    assert 'lang="en"' in browser(**{"accept-language": "en"}).get("/nowhere").content.decode()[:60]
