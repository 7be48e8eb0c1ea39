"""Error answers: the right status, without reading the request, the session or the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from pytest_django import DjangoAssertNumQueries
from sqlalchemy.exc import TimeoutError as PoolExhausted

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401 (read by the URLconf)
from config.urls import urlpatterns as site_urls
from core.site.switches import switches
from tests.integration.site.helpers import browser


def exhausted(request: HttpRequest) -> HttpResponse:
    raise PoolExhausted("QueuePool limit of size 8 overflow 0 reached, connection timed out")


def database_away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("could not connect to server")


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("t/exhausted", exhausted),
    path("t/api/exhausted", exhausted),
    path("t/database", database_away),
    path("t/broken", broken),
    *site_urls,
]

with_these = override_settings(ROOT_URLCONF=__name__)
MALFORMED = {"data": b"--x\r\nnonsense", "content_type": "multipart/form-data; boundary=x"}


def client(**headers: str) -> Any:
    made = browser(**headers)
    made.raise_request_exception = False
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        MALFORMED,
        {"data": b"x", "content_type": "multipart/form-data; boundary="},
        {"data": b"x", "content_type": "multipart/form-data"},
    ],
)
def test_a_missing_page_with_a_malformed_body_is_still_missing(body: dict[str, Any]) -> None:
    assert client().post("/nowhere", **body).status_code == 404


@pytest.mark.django_db
def test_a_malformed_body_to_a_form_is_a_bad_request() -> None:
    answer = client().post("/accounts/login/", **MALFORMED)
    assert answer.status_code in (200, 400, 403), answer.status_code


@pytest.mark.django_db
def test_error_pages_ask_the_database_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    switches().state()
    with django_assert_num_queries(0):
        assert client().post("/nowhere").status_code == 404


@pytest.mark.django_db
@with_these
@pytest.mark.parametrize("page", ["/t/exhausted", "/t/database"])
def test_no_connection_in_time_is_503_with_a_time_to_come_back(page: str) -> None:
    answer = client().get(page)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "5초 뒤에" in answer.content.decode()


@pytest.mark.django_db
@with_these
@pytest.mark.parametrize("where", ["view", "middleware"])
def test_no_connection_in_time_is_503_with_debug_too(
    settings: Any, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    settings.DEBUG = True
    if where == "middleware":
        monkeypatch.setattr(switches(), "state", lambda: exhausted(HttpRequest()))
    answer = client().get("/t/exhausted" if where == "view" else "/about/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Traceback" not in answer.content.decode()
    monkeypatch.undo()
    assert client().get("/t/broken").status_code == 500


@pytest.mark.django_db
@with_these
def test_programs_are_told_in_json() -> None:
    answer = client(accept="application/json").get("/t/api/exhausted")
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "unavailable"
    assert answer["Retry-After"] == "5"


@pytest.mark.django_db
@with_these
def test_anything_else_is_a_500_that_tells_nothing() -> None:
    answer = client().get("/t/broken")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.content.decode()


@pytest.mark.django_db
@with_these
def test_an_error_page_that_can_not_be_rendered_is_a_plain_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> str:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr("core.site.errors.render_to_string", fail)
    answer = client().get("/t/broken")
    assert answer.status_code == 500
    assert "문제가 생겼어요" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_kindly() -> None:
    strict = client()
    strict.handler.enforce_csrf_checks = True
    answer = strict.post("/accounts/login/", {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert "새로 고친" in answer.content.decode()


@pytest.mark.django_db
def test_a_missing_api_is_told_in_json() -> None:
    answer = client(accept="*/*").get("/fortune/api/nowhere/")
    assert answer.status_code == 404
    assert answer.json() == {"error": {"code": "not_found", "message": answer.json()["error"]["message"]}}


def test_health_answers_without_a_database() -> None:
    assert client().get("/healthz").content == b"ok"


TOKEN = "a-token-that-the-scraper-knows"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_figures_are_for_who_knows_the_token(settings: Any, scheme: str) -> None:
    settings.METRICS_OPEN, settings.METRICS_TOKEN = False, TOKEN
    settings.ALLOWED_HOSTS = ["fortune.example"]
    settings.SECURE_SSL_REDIRECT = True
    scraper = client(host="10.0.0.7:8000", authorization=f"{scheme} {TOKEN}")
    assert b"fortune_requests" in scraper.get("/metrics").content


@pytest.mark.parametrize(
    "sent", [None, "", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN} ü"]
)
@pytest.mark.parametrize("token", ["", TOKEN])
def test_figures_are_closed_to_all_others(settings: Any, token: str, sent: str | None) -> None:
    settings.METRICS_OPEN, settings.METRICS_TOKEN = False, token
    settings.TRUSTED_PROXY_COUNT = 1
    headers = {} if sent is None else {"authorization": sent}
    assert client(**headers).get("/metrics").status_code == 404
    assert client(**headers, **{"x-forwarded-for": "203.0.113.1"}).get("/metrics").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_answers_at_any_name_and_without_tls(settings: Any, path: str) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["fortune.example"], True
    assert client(host="10.0.0.7:8000").get(path).status_code == 200
