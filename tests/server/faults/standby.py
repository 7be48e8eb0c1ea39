"""A PostgreSQL of the test's own with a streaming replica, which may be held back, hung or killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2

from tests.databases import ensure_template, url_of
from tests.server.processes import until
from tools.processes import lines_of, unprivileged
from tools.servers import ROOT, START_DEADLINE, Postgres, postgres_program


@dataclass(slots=True)
class Standby(Postgres):
    """Follows the server at ``primary``; ``start`` makes a copy of it first."""

    primary: str = ""

    def _create(self, data: Path) -> None:
        data.mkdir(mode=0o700)
        if owner := unprivileged(ROOT):
            os.chown(data, *owner)
        copy = [str(postgres_program("pg_basebackup")), f"--pgdata={data}", f"--dbname={self.primary}"]
        copy += ["--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
        done = subprocess.run(self._prefix(data) + copy, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def _ready(self, data: Path) -> bool:
        end = time.monotonic() + START_DEADLINE
        while time.monotonic() < end and self.poll() is None:
            lines = lines_of(data / "postmaster.pid")
            if len(lines) >= 8 and lines[7].strip() in {"ready", "standby"}:
                return True
            time.sleep(0.02)
        return False

    def _ensure_database(self, port: int, password: str) -> None:
        """Nothing is made on a standby."""


class Pair:
    """A primary with the site's tables, and its standby. ``url`` and ``replica_url`` are their addresses."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o755)
        for name in ("primary", "standby"):
            (folder / name).mkdir()
        self._primary = Postgres(folder / "primary", ephemeral=True)
        self.url = self._primary.start()
        self._fill(self.url)
        # The password is the cluster's, so that of the primary.
        (folder / "standby" / "password").write_text((folder / "primary" / "password").read_text())
        self._standby = Standby(folder / "standby", ephemeral=True, primary=self.url)
        self.replica_url = self._standby.start()
        self._standby.port = int(self.replica_url.rpartition(":")[2].partition("/")[0])

    def another(self) -> str:
        """Return the address of another site's database on the primary, which the standby has as well."""
        with contextlib.closing(psycopg2.connect(self.url)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("CREATE DATABASE another")
        url = urlsplit(self.url)._replace(path="/another").geturl()
        self._fill(url)
        return url

    def _fill(self, url: str) -> None:
        dump, fill = (str(postgres_program(name)) for name in ("pg_dump", "psql"))
        command = '"$0" --dbname="$1" | "$2" --quiet --set=ON_ERROR_STOP=1 --dbname="$3" >/dev/null'
        shell = ["sh", "-c", command, dump, url_of(ensure_template()), fill, url]
        subprocess.run(shell, check=True, timeout=120)

    def ask_standby(self, statement: str) -> Any:
        with contextlib.closing(psycopg2.connect(self.replica_url)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchone()[0]  # type: ignore[index]

    def hold_back(self) -> None:
        """Let the standby replay nothing more, as one that is far behind."""
        self.ask_standby("SELECT pg_wal_replay_pause()")
        until(lambda: self.ask_standby("SELECT pg_get_wal_replay_pause_state()") == "paused")

    def let_go(self) -> None:
        self.ask_standby("SELECT pg_wal_replay_resume()")

    @contextlib.contextmanager
    def hanging(self) -> Iterator[None]:
        """Stop the standby's processes: its sockets take everything, and nothing is answered."""
        stopped = [self._pid, *self._children()]
        _signal(stopped, signal.SIGSTOP)
        try:
            yield
        finally:
            _signal(stopped, signal.SIGCONT)

    def kill_standby(self) -> None:
        """End it at once; its children end by themselves."""
        os.kill(self._pid, signal.SIGQUIT)
        until(lambda: self._standby.poll() is not None)

    def start_standby(self) -> None:
        self._standby.start()

    @property
    def _pid(self) -> int:
        return int(lines_of(self._standby.home / "data" / "postmaster.pid")[0])

    def _children(self) -> list[int]:
        command = ["ps", "-o", "pid=", "--ppid", str(self._pid)]
        return [int(pid) for pid in subprocess.run(command, capture_output=True, text=True).stdout.split()]

    def end(self) -> None:
        self._standby.stop()
        self._primary.stop()


def _signal(pids: list[int], number: signal.Signals) -> None:
    """Send the signal to those that still run: PostgreSQL's own processes come and go."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
