"""``tools/services.py``: servers beside a command, shared between commands, never left behind."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import psycopg2
import pytest
import redis

from tests.server.harness import ROOT, base_environ
from tests.server.processes import Child, about, child, until

SERVICES = [sys.executable, "tools/services.py"]
# Prints both addresses, then waits for its standard input, which never comes, or for a signal.
ADDRESSES = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'], flush=True)"
WAIT = [sys.executable, "-c", ADDRESSES + "; import threading; threading.Event().wait()"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for left-over processes in /proc")


def start(home: Path, *command: str, ephemeral: bool = False) -> Child:
    flag = ["--ephemeral"] if ephemeral else []
    return child([*SERVICES, *flag, "--home", str(home), "--", *command], cwd=ROOT, environ=base_environ())


def addresses(running: Child) -> tuple[str, str]:
    database, cache = running.wait_for("postgresql://").split()
    return database, cache


def sql(address: str, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(address)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def supervisor(home: Path, kind: str) -> int:
    return int(json.loads((home / kind / "state.json").read_text())["supervisor"])


def test_a_relative_home_is_seen_from_where_the_command_was_given(tmp_path):
    """``make bench`` passes one; PostgreSQL runs in its own directory and would resolve it there."""
    with start(Path(os.path.relpath(tmp_path, ROOT)), *WAIT) as running:
        database, _cache = addresses(running)
        assert sql(database, "SELECT 1") == [(1,)]
        running.process.send_signal(signal.SIGTERM)
        assert running.wait() == 128 + signal.SIGTERM
    assert (tmp_path / "postgres" / "data").is_dir()


def test_data_survives_a_restart_and_nothing_else_does(tmp_path):
    with start(tmp_path, *WAIT) as running:
        database, cache = addresses(running)
        sql(database, "CREATE TABLE kept (word text)")
        sql(database, "INSERT INTO kept VALUES ('사주')")
        with redis.Redis.from_url(cache) as client:
            client.set("kept", "사주")
        running.process.send_signal(signal.SIGTERM)
        assert running.wait() == 128 + signal.SIGTERM
    assert about(tmp_path) == []
    with start(tmp_path, *WAIT) as running:
        database, cache = addresses(running)
        assert sql(database, "SELECT word FROM kept") == [("사주",)]
        with redis.Redis.from_url(cache) as client:
            assert client.get("kept").decode() == "사주"
        running.process.send_signal(signal.SIGTERM)
        running.wait()


def test_two_commands_share_the_servers_and_the_last_one_stops_them(tmp_path):
    with start(tmp_path, *WAIT) as first, start(tmp_path, *WAIT) as second:
        shared = addresses(first)
        assert addresses(second) == shared
        first.process.send_signal(signal.SIGTERM)
        first.wait()
        assert sql(shared[0], "SELECT 1") == [(1,)]
        second.process.send_signal(signal.SIGTERM)
        second.wait()
    assert about(tmp_path) == []


def test_a_command_that_is_killed_outright_leaves_no_server(tmp_path):
    with start(tmp_path, *WAIT) as running:
        addresses(running)
        running.process.kill()
        until(lambda: not about(tmp_path))


def test_servers_die_with_a_supervisor_that_is_killed_and_the_next_run_recovers(tmp_path):
    with start(tmp_path, *WAIT) as running:
        database, _ = addresses(running)
        sql(database, "CREATE TABLE kept (word text)")
        for kind in ("postgres", "valkey"):
            os.kill(supervisor(tmp_path, kind), signal.SIGKILL)
        with start(tmp_path, *WAIT) as again:
            database, _ = addresses(again)
            assert sql(database, "SELECT * FROM kept") == []
            again.process.send_signal(signal.SIGTERM)
            again.wait()


def test_a_stale_pid_file_is_no_obstacle(tmp_path):
    with start(tmp_path, "true") as running:
        assert running.wait() == 0
    # Of a process that lives, and is somebody else's: ours.
    stale = f"{os.getpid()}\n{tmp_path}/postgres/data\n1\n5432\n\n127.0.0.1\n\nready\n"
    (tmp_path / "postgres/data/postmaster.pid").write_text(stale)
    (tmp_path / "valkey/pid").write_text(str(os.getpid()))
    with start(tmp_path, "true") as running:
        assert running.wait() == 0, running.lines


def test_addresses_that_are_set_are_used_and_nothing_is_started(tmp_path):
    environ = base_environ() | {"DATABASE_URL": "postgresql://there/db", "REDIS_URL": "redis://there/0"}
    command = [*SERVICES, "--home", str(tmp_path), "--", sys.executable, "-c", ADDRESSES]
    with child(command, cwd=ROOT, environ=environ) as running:
        assert running.wait() == 0
        assert running.lines == ["postgresql://there/db redis://there/0"]
    assert list(tmp_path.iterdir()) == []


def test_an_ephemeral_home_is_gone_afterwards(tmp_path):
    home = tmp_path / "gone"
    with start(home, sys.executable, "-c", ADDRESSES, ephemeral=True) as running:
        assert running.wait() == 0
    assert not home.exists()


def test_the_status_of_the_command_is_passed_on(tmp_path):
    with start(tmp_path, sys.executable, "-c", "raise SystemExit(7)", ephemeral=True) as running:
        assert running.wait() == 7
    with start(tmp_path, "no-such-program", ephemeral=True) as running:
        assert running.wait() == 127
        assert running.lines == ["no-such-program can't be run: there is no such program"]
