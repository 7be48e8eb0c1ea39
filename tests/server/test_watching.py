"""The real server's reports to an operator: error reports, log lines and figures, without personal data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
import requests

from tests.fakes.fake import FakeProvider
from tests.fakes.sentry import FakeSentry
from tests.server.harness import Live
from tests.server.visitor import BIRTH, Visitor, events, text_of

NAMED = {**BIRTH, "name": "남모를이름"}
TOKEN = "a-token-that-the-scraper-knows"


@pytest.fixture
def sentry() -> Iterator[FakeSentry]:
    with FakeSentry() as fake:
        yield fake


@pytest.fixture(scope="module")
def provider() -> Iterator[FakeProvider]:
    with FakeProvider("interval=0.01") as fake:
        yield fake


@pytest.fixture
def site(serve: Callable[..., Live], sentry: FakeSentry, provider: FakeProvider) -> Callable[..., Live]:
    """Start a server that reports to the fake Sentry and asks the fake provider."""

    def start(**environ: str) -> Live:
        deepseek = {"DEEPSEEK_BASE_URL": provider.url, "DEEPSEEK_API_KEY": "sk-of-the-site-itself"}
        return serve(SENTRY_DSN=sentry.dsn, AI_PROVIDERS="deepseek,classic", **(deepseek | environ))

    return start


def read(visitor: Visitor) -> str:
    """Begin a reading, follow its stream to the end as a browser does, and return the text."""
    address = visitor.post("/fortune/", NAMED).headers["Location"]
    stream = visitor.get(f"{address}events", headers={"Accept": "text/event-stream"})
    found = events(stream.content.decode())
    assert found[-1][0] == "done"
    assert visitor.get(address).status_code == 200
    return text_of(found)


def assert_nothing_private(told: str, visitor: Visitor, text: str) -> None:
    private = [
        "1990-05-15",
        "14:30",
        "남모를이름",
        "sk-of-the-site-itself",
        *visitor.session.cookies.values(),
    ]
    assert [value for value in private if value in told] == []
    assert not any(sentence in told for sentence in text.split("\n") if len(sentence) > 10)


def test_a_good_reading_reports_nothing_and_a_blocked_loop_its_frame(
    site: Callable[..., Live], sentry: FakeSentry
) -> None:
    live = site(DJANGO_SETTINGS_MODULE="tests.server.blocking")
    visitor = Visitor(live)
    text = read(visitor)
    assert visitor.get("/block").text == "done"
    event = sentry.wait_for("event loop blocked")
    assert event["level"] == "error"
    assert event["extra"]["frame"] == "tests/server/blocking.py block"
    assert "in block" in event["extra"]["stack"]
    # Reports go out in their order: before this one there was none.
    assert sentry.events() == [event]
    live.stop()
    assert sentry.events() == [event]
    told = "\n".join(sentry.envelopes)
    assert_nothing_private(told, visitor, text)
    assert_nothing_private(live.logs(), visitor, text)
    assert live.logs().count("run ended") == 1


def test_a_good_reading_reports_nothing_on_threads_either_and_every_line_is_json(
    site: Callable[..., Live], sentry: FakeSentry
) -> None:
    live = site(WORKER_CLASS="gthread", LOG_FORMAT="json")
    read(Visitor(live))
    live.stop()  # which sends what waits to be sent
    assert sentry.envelopes == []
    told = [json.loads(line) for line in live.logs().splitlines()]
    said = " ".join(line["event"] for line in told if line["pid"] == live.pid)
    for words in ("Starting gunicorn", "Listening at", "Handling signal: term", "Shutting down: Master"):
        assert words in said
    assert {line["level"] for line in told} == {"info"}


def test_a_revoked_key_is_reported_once_while_readers_get_rule_based_text(
    site: Callable[..., Live], sentry: FakeSentry
) -> None:
    live = site(DEEPSEEK_MODEL="chat@status=401", LOG_FORMAT="json")
    visitors = [Visitor(live) for _ in range(3)]
    texts = [read(visitor) for visitor in visitors]
    event = sentry.wait_for("provider refuses us")
    assert event["level"] == "error"
    assert {"provider": "deepseek", "kind": "auth", "status": 401}.items() <= event["extra"].items()
    figures = live.get("/metrics").text
    assert 'fortune_runs_ended_total{provider="classic",status="done"} 3.0' in figures
    assert 'fortune_llm_failures_total{kind="auth",provider="deepseek"} 3.0' in figures
    assert 'fortune_llm_failovers_total{provider="classic"} 3.0' in figures
    assert 'fortune_run_first_text_seconds_count{provider="classic"} 3.0' in figures
    live.stop()
    assert sentry.events() == [event]
    told = [json.loads(line) for line in live.logs().splitlines()]
    assert [line["event"] for line in told].count("provider failed") == 1
    ends = [line for line in told if line["event"] == "run ended"]
    assert [(end["provider"], end["status"]) for end in ends] == [("classic", "done")] * 3
    for visitor, text in zip(visitors, texts, strict=True):
        assert_nothing_private("\n".join(sentry.envelopes) + live.logs(), visitor, text)


def test_figures_are_scraped_in_production_with_the_token_alone(serve: Callable[..., Live]) -> None:
    live = serve(
        DJANGO_SETTINGS_MODULE="config.settings.production",
        SECRET_KEY="a secret that is long enough to be one, and then some more of it",
        ALLOWED_HOSTS="fortune.example",
        TRUSTED_PROXY_COUNT="1",
        METRICS_TOKEN=TOKEN,
    )
    address = f"{live.url}/metrics"
    answer = requests.get(address, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60)
    assert (answer.status_code, "fortune_loop_lag_seconds" in answer.text) == (200, True)
    for headers in (
        {},
        {"Authorization": "Bearer no"},
        {"X-Forwarded-Proto": "https"},
        {"Host": "localhost"},
    ):
        refused = requests.get(address, headers=headers, timeout=60, allow_redirects=False)
        assert (refused.status_code, "fortune_" in refused.text) == (404, False)
