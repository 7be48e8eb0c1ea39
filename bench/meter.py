"""What processes use, read from /proc; connections, read from PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for parent in found:
        found += children.get(parent, [])
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """utime + stime of these processes, and of their children that are gone."""
    total = 0
    for pid in pids:
        if fields := _stat(pid):
            total += sum(int(field) for field in fields[11:15])
    return total / _TICKS


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
    """The fields of /proc/PID/stat after the name: [0] is the state, [1] the parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


@dataclass(slots=True)
class Services:
    """Fortune's PostgreSQL and Valkey, when they run on this machine."""

    database_url: str
    redis_url: str
    most_connections: int = 0

    def __post_init__(self) -> None:
        import psycopg2
        import redis

        self._connection = psycopg2.connect(self.database_url)
        self._connection.autocommit = True
        self._valkey = int(redis.Redis.from_url(self.redis_url).info("server")["process_id"])
        fields = _stat(self._connection.info.backend_pid)
        self._postmaster = int(fields[1]) if fields else 0

    def count_connections(self) -> None:
        """Note how many connections the site holds now; ours is not one of them."""
        with self._connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            (count,) = cursor.fetchone() or (0,)
        self.most_connections = max(self.most_connections, count)

    def cpu(self) -> dict[str, float]:
        """Seconds used so far by each."""
        return {
            "valkey": cpu_seconds([self._valkey]),
            "postgresql": cpu_seconds(family(self._postmaster)),
        }
