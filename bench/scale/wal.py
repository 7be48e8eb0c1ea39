"""PostgreSQL's own log of some readings: the commits that wrote, and the pages that it holds whole."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg2

from tools.servers import postgres_program

COMMITS: Final = re.compile(r"^Transaction/COMMIT\s+(\d+)", re.MULTILINE)
# The bytes of records, with their share in brackets, and those of whole pages.
TOTAL: Final = re.compile(r"^Total\s+\d+\s+(\d+)\s+\[\S+\]\s+(\d+)\s", re.MULTILINE)


@contextmanager
def counted(url: str) -> Iterator[dict[str, float]]:
    """Count ``commits``, and the bytes of ``wal_records`` and ``wal_pages``: filled in at the end.

    It reads the log's own files: the server is one of this machine, of the wheel's version.
    """
    found: dict[str, float] = {}
    directory, since = _ask(url, "SELECT current_setting('data_directory'), pg_current_wal_insert_lsn()")
    yield found
    _, until = _ask(url, "SELECT '', pg_current_wal_flush_lsn()")
    command = [str(postgres_program("pg_waldump")), "--stats=record", f"--path={Path(directory, 'pg_wal')}"]
    command += [f"--start={since}", f"--end={until}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found |= parsed(done.stdout)


def parsed(text: str) -> dict[str, float]:
    """Read what ``pg_waldump --stats=record`` prints."""
    commits, total = COMMITS.search(text), TOTAL.search(text)
    assert commits and total, text[-500:]
    return {"commits": float(commits[1]), "wal_records": float(total[1]), "wal_pages": float(total[2])}


def checkpoint(url: str) -> None:
    """From here on each page is logged whole when it is first touched."""
    _run(url, "CHECKPOINT")


def without_statistics(url: str) -> None:
    """Keep autovacuum from the tables: of small and young ones it takes statistics every few readings, of large ones seldom."""
    _run(
        url,
        "DO $$ DECLARE one record; BEGIN FOR one IN SELECT oid::regclass AS name FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " LOOP EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = false)', one.name); END LOOP; END $$",
    )


def _ask(url: str, query: str) -> Any:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()


def _run(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True  # as CHECKPOINT wants it
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()
