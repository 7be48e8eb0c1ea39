"""The real gunicorn, started with the real gunicorn.conf.py, as the tests' fixtures `live` and `serve` give it.

A server has a database of its own (a copy of one that was migrated once), a Valkey database of its own
and a free port. Of the developer's environment only what names programs, home and certificates remains.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import redis

from tests.databases import Database
from tests.server.forkserver import COMMAND, Forked, fork_server
from tools.processes import guard
from tools.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
START_DEADLINE = 90.0  # seconds: two cores may be busy with other tests


# Django 6 sends Korean in base64, Django 5.2 as it is.
MAIL_IN_BASE64 = re.compile(r"(Content-Transfer-Encoding: base64\n(?:.+\n)*\n)((?:[A-Za-z0-9+/=]+\n)+)")


@dataclass(frozen=True, slots=True)
class Answer:
    """One complete HTTP answer."""

    status: int
    headers: dict[str, str]  # names in lower case; of repeated ones the last
    cookies: list[str]  # the Set-Cookie lines
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(slots=True)
class Live:
    """A running server. Tests connect to its socket, and look into its database from outside."""

    port: int
    environ: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | Forked
    stopped: bool = field(default=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """gunicorn's master."""
        return self.process.pid

    def worker_pids(self) -> list[int]:
        """Return the pids of the workers that are booted now, according to the log."""
        booted = {int(pid) for pid in re.findall(r"Booting worker with pid: (\d+)", self.logs())}
        return sorted(pid for pid in booted if _alive(pid))

    def request(
        self,
        method: str,
        path: str,
        *,
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 60,
    ) -> Answer:
        """Send one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=dict(headers or {}))
            answer = connection.getresponse()
            return Answer(
                answer.status,
                {name.lower(): value for name, value in answer.getheaders()},
                [value for name, value in answer.getheaders() if name.lower() == "set-cookie"],
                answer.read(),
            )
        finally:
            connection.close()

    def get(self, path: str, **rest: Any) -> Answer:
        return self.request("GET", path, **rest)

    def query(
        self, statement: str, parameters: tuple[object, ...] = (), *, writing: bool = False
    ) -> list[tuple[Any, ...]]:
        """Run one SQL statement on the server's database, on a connection that isn't the server's.

        ``writing`` is for a database that has been switched to read-only.
        """
        options = {"options": "-c default_transaction_read_only=off"} if writing else {}
        connection = psycopg2.connect(self.environ["DATABASE_URL"], **options)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def connections(self) -> int:
        """Return how many connections the server has to its database now."""
        (row,) = self.query(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(row[0])

    def redis(self) -> redis.Redis:
        return redis.Redis.from_url(self.environ["REDIS_URL"])

    def manage(self, *arguments: str, stdin: str | None = None) -> str:
        """Run a management command in the server's environment; return its standard output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environ,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def logs(self) -> str:
        """Return the server's log, with the mails of its console backend decoded."""
        return MAIL_IN_BASE64.sub(
            lambda mail: mail[1] + base64.b64decode(mail[2]).decode(), self.log.read_text(errors="replace")
        )

    def wait_for_log(self, words: str, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while words not in self.logs():
            assert time.monotonic() < until, f"{words!r} never stood in the log:\n{self.logs()[-3000:]}"
            time.sleep(0.02)

    def terminate(self, with_signal: signal.Signals = signal.SIGTERM) -> None:
        """Ask the master to end, and don't wait for it."""
        if self.process.poll() is None:
            self.process.send_signal(with_signal)

    def stop(self, with_signal: signal.Signals = signal.SIGTERM, seconds: float = 60) -> int:
        """End the master, wait for it, and return its exit status."""
        self.stopped = True
        if self.process.poll() is None:
            self.terminate(with_signal)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                # In a session of its own, so the group is this server and nothing else.
                with contextlib.suppress(ProcessLookupError):  # it ended just now
                    os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
                raise AssertionError(f"gunicorn did not stop:\n{self.logs()[-3000:]}") from None
        return self.process.returncode


def start(
    *,
    database: str,
    redis_url: str,
    log: Path,
    environ: Mapping[str, str],
    wait: bool = True,
    forked: bool = True,
) -> Live:
    """Start gunicorn and wait until it answers. Without ``wait`` it returns at once, for tests in which it refuses to boot.

    It is ``forked`` with its imports done, or started as a program.
    """
    port = free_port()
    full = base_environ() | {
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "PORT": str(port),
        **environ,
    }
    port = int(full["PORT"])
    live = Live(port, full, log, fork_server(full).start(full, log) if forked else _run(full, log))
    if wait:
        _wait_until_up(live)
    return live


def _run(environ: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(
            [*guard("TERM"), *COMMAND],
            cwd=ROOT,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def base_environ() -> dict[str, str]:
    """Return the environment that every server starts from: no provider, no key, nothing but this machine."""
    kept = (
        *("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR"),
        *("STREAM_BATCHED_READS", "STREAM_DETACH", "STREAM_SHARED_RENDITIONS"),
    )
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DEBUG": "false",
        "LOG_FORMAT": "text",
        "AI_PROVIDERS": "classic",
        "CLASSIC_PACE": "60",
        "WEB_CONCURRENCY": "1",
        "GRACEFUL_TIMEOUT": "5",
        "PYTHONUNBUFFERED": "1",
        # A developer's keys and settings must not reach the tests.
        "ENV_FILE": os.devnull,
    }


def _wait_until_up(live: Live) -> None:
    until = time.monotonic() + START_DEADLINE
    while time.monotonic() < until and live.process.poll() is None:
        try:
            if live.get("/healthz", timeout=2).status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.03)
    live.stop()
    raise AssertionError(f"gunicorn did not come up:\n{live.logs()[-5000:]}")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class RedisDatabases:
    """The Valkey databases of one pytest process, by number; the first ones are pytest's own."""

    def __init__(self, address: str, worker: int, workers: int) -> None:
        self._address = address
        with redis.Redis.from_url(address) as client:
            count = int(client.config_get("databases")["databases"])
        self._free = deque(range(1 + workers + worker, count, workers))

    def new(self) -> str:
        """Return the address of an empty database that no other server uses."""
        assert self._free, "more servers at once than Redis has databases: raise its setting 'databases'"
        address = urlsplit(self._address)._replace(path=f"/{self._free.popleft()}").geturl()
        with redis.Redis.from_url(address) as client:
            client.flushdb()
        return address

    def release(self, address: str) -> None:
        """Take back the database of a server that has ended."""
        self._free.append(int(urlsplit(address).path[1:]))


class Servers:
    """Starts servers, and ends all of them. Each has databases of its own, unless it is started beside another."""

    def __init__(self, redis_databases: RedisDatabases, folder: Path) -> None:
        self._redis_databases = redis_databases
        self._folder = folder
        self._started: list[Live] = []
        self._databases: list[Database] = []
        self._addresses: list[str] = []

    def start(
        self, *, beside: Live | None = None, wait: bool = True, forked: bool = True, **environ: str
    ) -> Live:
        if beside:
            database, redis_url = beside.environ["DATABASE_URL"], beside.environ["REDIS_URL"]
        else:
            self._databases.append(Database())
            self._addresses.append(self._redis_databases.new())
            database, redis_url = self._databases[-1].url, self._addresses[-1]
        log = self._folder / f"{len(self._started)}.log"
        live = start(
            database=database, redis_url=redis_url, log=log, environ=environ, wait=wait, forked=forked
        )
        self._started.append(live)
        return live

    def end(self) -> None:
        running = [live for live in self._started if not live.stopped]
        for live in running:  # all at once: each takes its time to let readings end
            live.terminate()
        for live in running:
            live.stop()
        for database in self._databases:
            database.drop()
        for address in self._addresses:
            self._redis_databases.release(address)
