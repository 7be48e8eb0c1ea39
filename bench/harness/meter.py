"""CPU and memory of processes, read from /proc; connections, read from PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import redis

_TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """Return a process and its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for parent in found:
        found += children.get(parent, [])
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return utime + stime of these processes, and of their children that are gone."""
    total = 0
    for pid in pids:
        if fields := _stat(pid):
            total += sum(int(field) for field in fields[11:15])
    return total / _TICKS


def cpu_clock(pids: Iterable[int]) -> float:
    """Return the seconds of CPU that these processes have used so far, to the nanosecond (`clock_getcpuclockid`)."""
    total = 0.0
    for pid in pids:
        with contextlib.suppress(OSError):
            total += time.clock_gettime((~pid << 3) | 2)
    return total


def pss_kb(pids: Iterable[int]) -> int:
    """Proportional set size: shared pages count once."""
    return _sum_of(pids, "smaps_rollup", "Pss:")


def rss_kb(pids: Iterable[int]) -> int:
    return _sum_of(pids, "status", "VmRSS:")


def _sum_of(pids: Iterable[int], file: str, name: str) -> int:
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith(name))
    return total


def _stat(pid: int) -> list[str] | None:
    """Return the fields of /proc/PID/stat after the name: [0] is the state, [1] the parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


class Services:
    """Fortune's PostgreSQL and Valkey, with a database of the benchmark's own in each."""

    def __init__(self, database_url: str, redis_url: str, *, number: int = 15) -> None:
        """Create the databases; ``number`` is Valkey's, and must be an empty one."""
        self.most_connections = 0
        self._name = f"bench_{os.getpid()}_{number}"
        self._server_url = database_url
        self._on_server(f"CREATE DATABASE {self._name}")
        self.database_url = urlsplit(database_url)._replace(path=f"/{self._name}").geturl()
        self.redis_url = urlsplit(redis_url)._replace(path=f"/{number}").geturl()
        self._redis = redis.Redis.from_url(self.redis_url)
        if self._redis.dbsize():
            raise SystemExit(f"database {number} of REDIS_URL is in use: the benchmark needs an empty one")
        self._connection = psycopg2.connect(self.database_url)
        self._connection.autocommit = True
        self._valkey = int(self._redis.info("server")["process_id"])
        fields = _stat(self._connection.info.backend_pid)
        self._postmaster = int(fields[1]) if fields else 0

    def environ(self) -> dict[str, str]:
        """Return the variables of a site that uses them."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}

    def runs_by_worker(self) -> list[int]:
        """Return how many runs each worker has written or is writing, the most first."""
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM streams_run GROUP BY worker ORDER BY 1 DESC")
            return [count for (count,) in cursor.fetchall()]

    def forget_runs(self) -> None:
        """Delete unfinished runs: the next server would continue them."""
        with self._connection.cursor() as cursor:
            cursor.execute("TRUNCATE streams_run CASCADE")
        self._redis.flushdb()
        self.most_connections = 0

    def add_others(self, count: int) -> None:
        """Store so many finished readings of other people."""
        with self._connection.cursor() as cursor:
            cursor.execute((Path(__file__).parent / "others.sql").read_text(), {"count": count})

    def forget_people(self) -> None:
        """Delete the people and readings of the figures ``pages`` and ``visit``."""
        with self._connection.cursor() as cursor:
            cursor.execute("TRUNCATE fortune_reading, fortune_savedperson, fortune_favoritedate CASCADE")
            cursor.execute("TRUNCATE core_charge, core_daycount, core_visit")
        self.forget_runs()

    def close(self) -> None:
        """Drop the databases that were created."""
        self._redis.flushdb()
        self._connection.close()
        self._on_server(f"DROP DATABASE {self._name} WITH (FORCE)")

    def versions(self) -> dict[str, str]:
        with self._connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            (version,) = cursor.fetchone() or ("",)
        server = self._redis.info("server")
        return {
            "postgresql": version,
            "valkey": str(server.get("valkey_version") or server["redis_version"]),
        }

    def _on_server(self, statement: str) -> None:
        connection = psycopg2.connect(self._server_url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()

    def count_connections(self) -> None:
        """Record how many connections the site holds now, without our own."""
        with self._connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            (count,) = cursor.fetchone() or (0,)
        self.most_connections = max(self.most_connections, count)

    def cpu(self) -> dict[str, float]:
        """Return the seconds used so far by each."""
        return {
            "valkey": cpu_seconds([self._valkey]),
            "postgresql": cpu_seconds(family(self._postmaster)),
        }
