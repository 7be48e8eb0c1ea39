"""Databases for tests: one is migrated, once in a run, and the others are copies of it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

ROOT = Path(__file__).resolve().parents[1]
# The processes of one run share the template, and so do the pytests that a test starts.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
TEMPLATE = f"fortune_template_{RUN[:12]}"
LOCK = 20_261


def url_of(name: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@contextlib.contextmanager
def administration() -> Iterator[psycopg2.extensions.connection]:
    """Connect to the server in ``DATABASE_URL``, from where databases are made and dropped."""
    connection = psycopg2.connect(url_of("postgres"))
    connection.autocommit = True
    with contextlib.closing(connection):
        yield connection


def run(statement: str, name: str, *values: Any) -> list[Any]:
    """Run one statement in which ``{}`` is the name of a database."""
    with administration() as connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(name)), values)
        return cursor.fetchall() if cursor.description else []


def ensure_template() -> str:
    """Return the name of the migrated database; the first to ask makes it, and the static files with it."""
    with administration() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", (LOCK,))  # until the connection is closed
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (TEMPLATE,))
        if not cursor.fetchall():
            _make_template()
    return TEMPLATE


def _make_template() -> None:
    making = f"{TEMPLATE}_making"
    run("DROP DATABASE IF EXISTS {} WITH (FORCE)", making)  # left by an attempt that failed
    run("CREATE DATABASE {}", making)
    environ = os.environ | {
        "DATABASE_URL": url_of(making),
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "PYTHONWARNINGS": "ignore",
    }
    for command in ("migrate", "collectstatic"):
        subprocess.run(
            [sys.executable, "manage.py", command, "--no-input", "--verbosity=0"],
            cwd=ROOT,
            env=environ,
            timeout=120,
            check=True,
        )
    # Nobody sees it before it is whole.
    run(f"ALTER DATABASE {{}} RENAME TO {TEMPLATE}", making)


def drop_template() -> None:
    run("DROP DATABASE IF EXISTS {} WITH (FORCE)", TEMPLATE)


class Database:
    """A fresh database, migrated unless it is to be empty; dropped by its maker."""

    def __init__(self, *, is_empty: bool = False) -> None:
        self.name = f"test_{uuid.uuid4().hex[:12]}"
        run(f"CREATE DATABASE {{}} TEMPLATE {'template1' if is_empty else ensure_template()}", self.name)
        self.url = url_of(self.name)

    def query(self, statement: str, *values: Any) -> list[Any]:
        """Run one statement on a connection that isn't the server's."""
        with contextlib.closing(psycopg2.connect(self.url)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, values or None)
                return cursor.fetchall() if cursor.description else []

    def connections(self) -> int:
        """How many connections there are to it."""
        return int(run("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", "", self.name)[0][0])

    def kill_backends(self) -> int:
        kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        return len(run(kill, "", self.name))

    def bound_statements(self, limit: str) -> None:
        run(f"ALTER DATABASE {{}} SET statement_timeout = '{limit}'", self.name)

    def refuse_connections(self) -> None:
        """Let nobody connect, and end every connection, as if PostgreSQL were away."""
        run("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.name)
        self.kill_backends()

    def allow_connections(self) -> None:
        run("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name)

    def drop(self) -> None:
        self.allow_connections()
        run("DROP DATABASE {} WITH (FORCE)", self.name)
