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

from tests.server.faults.browser import Visitor, finish
from tests.server.faults.fleet import SLOW, Fleet, until
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
def held(world: Fleet, moment: str) -> Iterator[None]:
    """Make statements on runs that fire this trigger wait inside PostgreSQL until the block is left."""
    with contextlib.closing(psycopg2.connect(world.database.url)) as holder:
        holder.autocommit = True
        with holder.cursor() as cursor:
            cursor.execute(
                "CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS"
                f" 'BEGIN PERFORM pg_advisory_xact_lock_shared({HELD}); RETURN NEW; END'"
            )
            cursor.execute(f"CREATE {moment} EXECUTE FUNCTION hold()")
            cursor.execute(f"SELECT pg_advisory_lock({HELD})")
        yield


def waiting(world: Fleet) -> int:
    return int(
        world.database.query(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'"
        )[0][0]
    )


def test_a_crash_between_charge_and_start_costs_one_charge(world: Fleet) -> None:
    instance = world.start(DEEPSEEK_MODEL=SHORT, RATELIMIT_ENABLE="true")
    known = Visitor(world.instances, "1990-05-15")
    known.start()
    finish([known])
    with held(world, BETWEEN_CHARGE_AND_START):
        visitor = Visitor(world.instances, "1991-06-16", cookie=known.cookie)
        visitor.start()
        until(lambda: waiting(world) == 1, "the step is held")
        for worker in instance.workers():
            os.kill(worker, signal.SIGKILL)
    finish([visitor])
    row = until(lambda: (r := world.run_row(visitor.reading))["status"] == "done" and r, "it is stored")
    assert row["text"].encode() == visitor.text != b""
    # A text that may have been shown under a claim is not continued without its log, but begun anew.
    assert visitor.resets < row["epoch"] <= 2
    assert world.database.query("SELECT state FROM core_charge") == [("charged",)] * 2
    assert world.database.query("SELECT count(*) FROM streams_run") == [(2,)]


def test_a_crash_between_the_last_token_and_the_save_costs_no_text(world: Fleet) -> None:
    world.start(DEEPSEEK_MODEL=SHORT, RATELIMIT_ENABLE="true")
    with held(world, BETWEEN_LAST_TOKEN_AND_SAVE):
        visitor = Visitor(world.instances, "1990-05-15")
        visitor.start()
        until(lambda: waiting(world) == 1, "the step is held")
        ((worker,),) = world.database.query("SELECT worker FROM streams_run")
        os.kill(int(worker.split("-")[-2]), signal.SIGKILL)
    finish([visitor])
    row = until(lambda: (r := world.run_row(visitor.reading))["status"] == "done" and r, "it is stored")
    assert row["text"].encode() == visitor.text != b""
    assert (row["epoch"], visitor.resets) == (1, 0)
    assert world.database.query("SELECT state FROM core_charge") == [("charged",)]
    assert world.database.query("SELECT count(*) FROM streams_run") == [(1,)]


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
    world = Fleet()
    try:
        instance = world.start(DEEPSEEK_MODEL=SLOW)
        visitors = begin(world, 20)
        postgres.stop()
        finish(visitors, 30)  # every browser has its whole text, while there is no PostgreSQL
        assert instance.get("/readyz")[0] == 503
        postgres.start()
        all_stored(world, visitors)
        assert all(visitor.connections == 1 for visitor in visitors)
        until(lambda: instance.get("/readyz")[0] == 200, "it is ready again")
    finally:
        world.end()
