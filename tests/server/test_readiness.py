"""Health and readiness of the real server, as a platform asks: its own Host, plain HTTP, services that fail."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography.fernet import Fernet

from tests.server.harness import Live
from tests.server.processes import until
from tests.server.visitor import BIRTH, Visitor

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "fortune.example",
    "TRUSTED_PROXY_COUNT": "1",
}


@pytest.fixture
def silent() -> Iterator[int]:
    """Open a port that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture(scope="module")
def production(serve: Callable[..., Live]) -> Live:
    return serve(**PRODUCTION, DATABASE_STATEMENT_TIMEOUT="0")


@pytest.fixture(scope="module", params=["gevent", "gthread"])
def small(request: pytest.FixtureRequest, serve: Callable[..., Live]) -> Live:
    """One worker with room for one text, which lasts for minutes. Tests leave its database as they found it."""
    return serve(
        WORKER_CLASS=request.param,
        MAX_STREAMS="1",
        CLASSIC_PACE="0.5",
        FIELD_ENCRYPTION_KEYS=Fernet.generate_key().decode(),
    )


# For what is the same on threads.
one = pytest.mark.parametrize("small", ["gevent"], indirect=True)


def ready(live: Live) -> tuple[int, dict[str, Any]]:
    answer = live.get("/readyz")
    return answer.status, json.loads(answer.body)


@pytest.mark.parametrize("host", ["healthcheck.railway.app", "10.0.3.17:8000", "fortune.example", "a b"])
def test_probes_are_answered_whatever_their_host_and_without_tls(production: Live, host: str) -> None:
    for path in ("/healthz", "/readyz"):
        for method in ("GET", "HEAD"):
            answer = production.request(method, path, headers={"Host": host})
            assert answer.status == 200, (path, answer.text)
            assert host not in answer.text


def test_pages_still_ask_for_a_known_host_and_for_tls(production: Live) -> None:
    secure = {"X-Forwarded-Proto": "https"}
    assert production.get("/fortune/", headers=secure | {"Host": "elsewhere.example"}).status == 400
    plain = production.get("/fortune/", headers={"Host": "fortune.example"})
    assert (plain.status, plain.headers["location"]) == (301, "https://fortune.example/fortune/")
    assert production.get("/fortune/", headers=secure | {"Host": "fortune.example"}).status == 200


def begun_and_stopped(visitor: Visitor, birth_date: str) -> None:
    answer = visitor.post("/fortune/", BIRTH | {"birth_date": birth_date})
    assert answer.status_code == 303
    assert visitor.post(f"{answer.headers['Location']}stop").status_code in (204, 302, 303)


def test_a_database_that_takes_no_writes_is_not_ready_and_no_error(small: Live) -> None:
    live, visitor = small, Visitor(small)
    begun_and_stopped(visitor, "1990-05-15")  # the pool has connections that may write
    assert ready(live)[0] == 200
    name = live.query("SELECT current_database()")[0][0]
    live.query(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    until(lambda: ready(live)[1]["database"] == "read-only")
    assert ready(live)[0] == 503
    live.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    form = BIRTH | {"birth_date": "1991-06-16", "csrfmiddlewaretoken": visitor.session.cookies["csrftoken"]}
    for _ in range(3):
        answer = visitor.session.post(f"{live.url}/fortune/", form, allow_redirects=False, timeout=60)
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    live.query(f'ALTER DATABASE "{name}" RESET default_transaction_read_only', writing=True)
    until(lambda: ready(live)[0] == 200)
    # Connections that were made meanwhile are not used again.
    begun_and_stopped(visitor, "1992-07-17")


@one
def test_an_account_that_may_not_write_is_not_ready_and_no_error(
    small: Live, serve: Callable[..., Live]
) -> None:
    """As a provider does to who has stored too much."""
    owner = small
    role = f"reader_{owner.port}"
    owner.query(f"CREATE ROLE {role} LOGIN SUPERUSER PASSWORD 'reader'")
    owner.query(f"ALTER ROLE {role} NOSUPERUSER")
    try:
        owner.query(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
        url = urlsplit(owner.environ["DATABASE_URL"])
        at = f"{role}:reader@{url.netloc.rpartition('@')[2]}"
        live = serve(beside=owner, DATABASE_URL=url._replace(netloc=at).geturl())
        assert (ready(live)[0], ready(live)[1]["database"]) == (503, "read-only")
        visitor = Visitor(live)
        visitor.get("/fortune/")
        form = BIRTH | {"csrfmiddlewaretoken": visitor.session.cookies["csrftoken"]}
        answer = visitor.session.post(f"{live.url}/fortune/", form, allow_redirects=False, timeout=60)
        assert answer.status_code == 503
        live.stop()
    finally:
        owner.query(f"DROP OWNED BY {role}")
        owner.query(f"DROP ROLE {role}")


@one
def test_a_schema_that_is_not_there_is_not_ready(small: Live) -> None:
    small.query("ALTER TABLE fortune_reading RENAME TO fortune_reading_away")
    try:
        status, said = ready(small)
    finally:
        small.query("ALTER TABLE fortune_reading_away RENAME TO fortune_reading")
    assert (status, said["database"]) == (503, "not migrated")
    assert ready(small)[0] == 200


@one
def test_a_worker_with_other_keys_is_not_ready(small: Live, serve: Callable[..., Live]) -> None:
    begun_and_stopped(Visitor(small), "1990-05-15")
    other = serve(beside=small, FIELD_ENCRYPTION_KEYS=Fernet.generate_key().decode())
    assert ready(small)[0] == 200
    status, said = ready(other)
    assert (status, said["keys"], said["database"]) == (503, "wrong", "ok")


def test_services_that_never_answer_are_told_within_the_deadline(
    serve: Callable[..., Live], silent: int
) -> None:
    live = serve(DATABASE_URL=f"postgresql://u@127.0.0.1:{silent}/d")
    status, said = ready(live)
    assert (status, said["database"], said["cache"]) == (
        503,
        "slow",
        "ok",
    )  # connecting gives up later: "away"
    assert live.get("/healthz").status == 200


def test_a_full_worker_is_ready_and_says_how_full_it_is(small: Live) -> None:
    until(lambda: ready(small)[1]["load"] == 0)  # what another test has begun and stopped has ended
    visitor = Visitor(small)
    address = visitor.post("/fortune/", BIRTH | {"birth_date": "1993-08-18"}).headers["Location"]
    status, said = ready(small)
    assert (status, said["load"]) == (200, 1.0)
    visitor.post(f"{address}stop")


def test_a_missing_statement_timeout_is_told_and_no_failure(production: Live) -> None:
    status, said = ready(production)
    assert (status, said["statement_timeout"]) == (200, "none")
