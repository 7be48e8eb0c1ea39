"""Reports from outside: a browser's, of what the content policy stopped; and where people report a weakness."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from core.ops.metrics import csp_violations

# The switches of the site are asked for now and then, by any request.
pytestmark = pytest.mark.django_db

OLD = {
    "csp-report": {
        "document-uri": "https://fortune.example/fortune/readings/3f0c/",
        "violated-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/path?secret",
    }
}
NEW = [
    {
        "type": "csp-violation",
        "url": "https://fortune.example/fortune/readings/3f0c/",
        "body": {"effectiveDirective": "img-src", "blockedURL": "https://pictures.example/one.png"},
    }
]


def send(body: object, kind: str = "application/csp-report") -> HttpResponse:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Client(enforce_csrf_checks=True).post("/csp-report", data, content_type=kind)  # type: ignore[return-value]


def counted() -> dict[str, float]:
    return {
        sample.labels["directive"]: sample.value
        for metric in csp_violations.collect()
        for sample in metric.samples
        if sample.name.endswith("_total")
    }


@pytest.mark.parametrize(
    ("body", "directive", "origin"),
    [(OLD, "script-src", "https://evil.example"), (NEW, "img-src", "https://pictures.example")],
)
def test_a_report_is_counted_and_its_line_names_no_page(
    body: object, directive: str, origin: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = counted().get(directive, 0)
    with caplog.at_level(logging.WARNING, logger="core.site.csp_reports"):
        assert send(body).status_code == 204
    assert counted()[directive] == before + 1
    assert f"directive={directive}, origin={origin}" in caplog.text
    assert "readings" not in caplog.text and "secret" not in caplog.text and "one.png" not in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[[[[", b"\xff\xfe", [], [1, "x", None], {"csp-report": "x"}, {"csp-report": {}},
        {"csp-report": {"violated-directive": "no-such-src", "blocked-uri": "inline"}},
        {"csp-report": {"violated-directive": ["img-src"], "blocked-uri": {}}},
        b"[" * 15_000, b"x" * 20_000,
    ],
)  # fmt: skip
def test_nonsense_is_dropped(body: Any) -> None:
    before = counted()
    assert send(body).status_code == 204
    assert counted() == before


@pytest.mark.parametrize(
    ("blocked", "origin"),
    [("inline", "inline"), ("data:abc", "data"), ("https://[::1", "unreadable"), ("", "unreadable")],
)
def test_what_was_stopped_is_told_in_a_word(
    blocked: str, origin: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="core.site.csp_reports"):
        send({"csp-report": {"violated-directive": "img-src", "blocked-uri": blocked}})
    assert caplog.text.rstrip().endswith(f"origin={origin}")


def test_one_network_reports_ten_times_a_minute_at_most() -> None:
    before = counted().get("img-src", 0)
    for _ in range(30):
        send(NEW)
    assert 10 <= counted()["img-src"] - before <= 20  # a minute may have ended in between


def test_the_policy_names_the_address() -> None:
    assert "report-uri /csp-report" in Client().get("/about/")["Content-Security-Policy"]


def test_a_weakness_is_reported_where_the_operator_says(settings: Any) -> None:
    assert Client().get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@fortune.example"
    answer = Client().get("/.well-known/security.txt")
    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Contact: mailto:security@fortune.example" in lines
    assert any(line.startswith("Expires: 20") and line.endswith("T00:00:00Z") for line in lines)


def test_other_sites_cannot_have_our_pages_inside_theirs() -> None:
    assert Client().get("/about/")["Cross-Origin-Resource-Policy"] == "same-origin"
