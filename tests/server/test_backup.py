"""Backup and restore with the commands of docs/deploying.md, on a site with a reading, down to the last row."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from tests.server.faults.fleet import Database, until
from tests.server.harness import ROOT, Live, RedisDatabases
from tests.server.visitor import BIRTH, Visitor
from tools.servers import postgres_program

KEYS = Fernet.generate_key().decode()
COUNTED = ("fortune_reading", "streams_run", "core_charge", "django_migrations", "django_session")


@pytest.fixture
def empty() -> Iterator[Database]:
    database = Database(is_empty=True)
    yield database
    database.drop()


def documented(program: str) -> str:
    (command,) = re.findall(rf"^{program} .*$", (ROOT / "docs/deploying.md").read_text(), re.MULTILINE)
    return command


def run(command: str, url: str, folder: Path) -> None:
    """Run a command of the page, with the programs that belong to the server."""
    programs = postgres_program("pg_dump").parent
    done = subprocess.run(
        ["sh", "-ec", command],
        cwd=folder,
        env=os.environ | {"DATABASE_URL": url, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def copy(url: str, target: str, folder: Path) -> None:
    """Dump one database and restore it into the other, as the page says."""
    run(documented("pg_dump"), url, folder)
    (dump,) = folder.glob("fortune-*.dump")
    run(re.sub(r"fortune-\S+\.dump", dump.name, documented("pg_restore")), target, folder)


def test_what_was_dumped_is_restored_and_read(
    serve: Callable[..., Live], empty: Database, tmp_path: Path
) -> None:
    live = serve(FIELD_ENCRYPTION_KEYS=KEYS)
    visitor = Visitor(live)
    address = visitor.post("/fortune/", BIRTH).headers["Location"].rstrip("/")
    assert visitor.get(f"{address}/events").status_code == 200
    before = visitor.get(f"{address}.json").json()
    assert before["status"] == "done"
    live.stop()

    copy(live.environ["DATABASE_URL"], empty.url, tmp_path)

    for table in COUNTED:
        rows = f"SELECT md5(string_agg(t::text, '\n' ORDER BY t::text)) FROM {table} t"
        assert empty.query(rows) == live.query(rows), table
    restored = serve(DATABASE_URL=empty.url, FIELD_ENCRYPTION_KEYS=KEYS, REDIS_URL=live.environ["REDIS_URL"])
    assert restored.get("/readyz").status == 200
    visitor.live = restored
    assert visitor.get(f"{address}.json").json() == before
    restored.stop()


def test_a_reading_that_was_being_written_is_written_on_after_the_restore(
    serve: Callable[..., Live], redis_databases: RedisDatabases, empty: Database, tmp_path: Path
) -> None:
    live = serve(FIELD_ENCRYPTION_KEYS=KEYS, CLASSIC_PACE="0.2")
    visitor = Visitor(live)
    address = visitor.post("/fortune/", BIRTH).headers["Location"].rstrip("/")
    until(lambda: live.query("SELECT status FROM streams_run") == [("writing",)], "it is being written")
    copy(live.environ["DATABASE_URL"], empty.url, tmp_path)
    assert empty.query("SELECT status FROM streams_run") == [("writing",)]
    restored = serve(
        DATABASE_URL=empty.url, FIELD_ENCRYPTION_KEYS=KEYS, REDIS_URL=redis_databases.new(), CLASSIC_PACE="0"
    )
    until(lambda: empty.query("SELECT status FROM streams_run") == [("done",)], "it is written on", 60)
    visitor.live = restored
    assert visitor.get(f"{address}.json").json()["text"]
    restored.stop()
