"""Crashes at the worst moments, and a PostgreSQL that is restarted."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from tests.server.faults.browser import FORM, Visitor, finish
from tests.server.faults.fleet import SLOW, Answer, Fleet, Instance, until
from tests.server.faults.test_workers import all_stored, begin
from tools import servers

SHORT = "deepseek-chat@delay=0.2,interval=0.02,count=40"
HELD = 7

# A transaction whose client dies while it commits is committed all the same.
BETWEEN_CHARGE_AND_START = (
    "CONSTRAINT TRIGGER hold AFTER INSERT ON streams_run DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
)
BETWEEN_LAST_TOKEN_AND_SAVE = (
    "TRIGGER hold BEFORE UPDATE ON streams_run FOR EACH ROW WHEN (NEW.status = 'done')"
)


@contextlib.contextmanager
def held(fleet: Fleet, moment: str) -> Iterator[None]:
    """Make statements on runs that fire this trigger wait inside PostgreSQL until the block is left."""
    with contextlib.closing(psycopg2.connect(fleet.database.url)) as holder:
        holder.autocommit = True
        with holder.cursor() as cursor:
            cursor.execute(
                "CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS"
                f" 'BEGIN PERFORM pg_advisory_xact_lock_shared({HELD}); RETURN NEW; END'"
            )
            cursor.execute(f"CREATE {moment} EXECUTE FUNCTION hold()")
            cursor.execute(f"SELECT pg_advisory_lock({HELD})")
        yield


def waiting(fleet: Fleet) -> int:
    return int(
        fleet.database.query(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'"
        )[0][0]
    )


def test_a_crash_between_charge_and_start_costs_one_charge(fleet: Fleet) -> None:
    instance = fleet.start(DEEPSEEK_MODEL=SHORT, RATELIMIT_ENABLE="true")
    known = Visitor(fleet.instances, "1990-05-15")
    known.start()
    finish([known])
    with held(fleet, BETWEEN_CHARGE_AND_START):
        visitor = Visitor(fleet.instances, "1991-06-16", cookie=known.cookie)
        visitor.start()
        until(lambda: waiting(fleet) == 1, "the step is held")
        for worker in instance.workers():
            os.kill(worker, signal.SIGKILL)
    finish([visitor])
    row = until(lambda: (r := fleet.run_row(visitor.reading))["status"] == "done" and r, "it is stored")
    assert row["text"].encode() == visitor.text != b""
    # A text that may have been shown under a claim is not continued without its log, but begun anew.
    assert visitor.resets < row["epoch"] <= 2
    assert fleet.database.query("SELECT state FROM core_charge") == [("charged",)] * 2
    assert fleet.database.query("SELECT count(*) FROM streams_run") == [(2,)]


def test_a_crash_between_the_last_token_and_the_save_costs_no_text(fleet: Fleet) -> None:
    fleet.start(DEEPSEEK_MODEL=SHORT, RATELIMIT_ENABLE="true")
    with held(fleet, BETWEEN_LAST_TOKEN_AND_SAVE):
        visitor = Visitor(fleet.instances, "1990-05-15")
        visitor.start()
        until(lambda: waiting(fleet) == 1, "the step is held")
        ((worker,),) = fleet.database.query("SELECT worker FROM streams_run")
        os.kill(int(worker.split("-")[-2]), signal.SIGKILL)
    finish([visitor])
    row = until(lambda: (r := fleet.run_row(visitor.reading))["status"] == "done" and r, "it is stored")
    assert row["text"].encode() == visitor.text != b""
    assert (row["epoch"], visitor.resets) == (1, 0)
    assert fleet.database.query("SELECT state FROM core_charge") == [("charged",)]
    assert fleet.database.query("SELECT count(*) FROM streams_run") == [(1,)]


@pytest.fixture
def postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[servers.Postgres]:
    """Give the test a PostgreSQL of its own that always listens on the same port."""
    home = Path(tempfile.mkdtemp(prefix="fortune-postgres-"))
    made = servers.Postgres(home, ephemeral=True, port=servers.free_port())
    monkeypatch.setenv("DATABASE_URL", made.start())
    yield made
    made.stop()
    shutil.rmtree(home, ignore_errors=True)


def test_a_restarted_postgresql_costs_nobody_a_byte(postgres: servers.Postgres) -> None:
    fleet = Fleet()
    try:
        instance = fleet.start(DEEPSEEK_MODEL=SLOW)
        visitors = begin(fleet, 20)
        postgres.stop()
        finish(visitors)  # every browser has its whole text, while there is no PostgreSQL
        assert instance.get("/readyz")[0] == 503
        postgres.start()
        all_stored(fleet, visitors)
        assert all(visitor.connections == 1 for visitor in visitors)
        until(lambda: instance.get("/readyz")[0] == 200, "it is ready again")
    finally:
        fleet.end()


def is_shutting_down(fleet: Fleet) -> bool:
    try:
        psycopg2.connect(fleet.database.url).close()
    except psycopg2.OperationalError as error:
        return "shutting down" in str(error)
    return False


def sessions(connection: psycopg2.extensions.connection) -> int:
    connection.rollback()  # within a transaction its answer would stay the same
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchall()[0][0])


def post(instance: Instance, year: int) -> Answer:
    return instance.request("POST", "/fortune/", FORM | {"birth_date": f"{year}-05-15"})


def test_a_postgresql_that_shuts_down_is_not_ready_and_no_error(postgres: servers.Postgres) -> None:
    fleet = Fleet()
    try:
        instance = fleet.start(DEEPSEEK_MODEL=SHORT, WEB_CONCURRENCY="1")
        until(lambda: post(instance, 1990).status == 303, "the pool has connections")
        until(lambda: instance.get("/readyz")[0] == 200, "it is ready")
        # PostgreSQL waits for all sessions, and takes no new ones.
        with contextlib.closing(psycopg2.connect(fleet.database.url)) as held_open:
            postmaster = (postgres.home / "data" / "postmaster.pid").read_text().split()[0]
            os.kill(int(postmaster), signal.SIGTERM)
            until(lambda: is_shutting_down(fleet), "it is shutting down")
            until(lambda: instance.get("/readyz")[0] == 503, "it is not ready")
            assert [instance.get("/readyz")[0] for _ in range(4)] == [503] * 4, (
                "asked on a connection that was there"
            )
            served = [post(instance, 1991 + number) for number in range(4)]
            with held_open.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                assert cursor.rowcount, "the site's pool held none"
            until(lambda: sessions(held_open) == 1, "the pool's are ended")
            refused = [post(instance, 1995 + number) for number in range(4)]
            assert instance.get("/readyz")[0] == 503
        assert {answer.status for answer in served} <= {303, 503}
        assert {answer.status for answer in refused} == {503}
        turned_away = [answer for answer in served + refused if answer.status == 503]
        assert all("Retry-After" in answer.headers for answer in turned_away)
        until(lambda: postgres.poll() is not None, "it has shut down")
        postgres.start()
        until(lambda: instance.get("/readyz")[0] == 200, "it is ready again")
        until(lambda: post(instance, 1999).status == 303, "it serves again")
    finally:
        fleet.end()
