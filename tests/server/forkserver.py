"""Starts gunicorn by forking a process that has imported already what every server imports.

Two of the three seconds that a start takes go into imports that are the same for every server: the libraries, and our
own modules that read no setting. A forked gunicorn is the real one all the same: it reads gunicorn.conf.py, its settings
and the site's code by itself, in its master and again in its workers. Only the check that nothing came before the
patch has nothing to look at, and what is imported here isn't read anew after SIGHUP. Tests of the start itself run
``python -m gunicorn`` (``serve(forked=False)``).

Run as ``python -m tests.server.forkserver DESCRIPTOR``, this module is the process that is forked.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NoReturn

from tools.processes import guard

ROOT = Path(__file__).resolve().parents[2]
# None of these reads the environment or the settings, or starts a thread, while it is imported.
IMPORTED: Final = (
    *("gunicorn.app.wsgiapp", "django.core.handlers.wsgi", "django.contrib.postgres.fields"),
    *("django.db.backends.postgresql.base", "sqlalchemy.pool", "redis", "cryptography.fernet", "requests"),
    *("google.genai", "openai", "fido2.server", "markdown_it", "jinja2"),
    *(
        "sqlalchemy.dialects.postgresql",
        "django.contrib.admin",
        "msgspec",
        "PIL.ImageFont",
        "django_redis.cache",
    ),
    *("fortune.saju", "fortune.readings.grounding", "fortune.readings.crisis", "fortune.readings.classic"),
    *("fortune.readings.rendering.render", "fortune.readings.prompts", "fortune.readings.facts.evidence"),
    *("fortune.saju.compare", "fortune.saju.moments", "fortune.scenes.raster", "fortune.forms.birth"),
    *("core.llm.router", "core.llm.answer", "core.llm.breaker.shared", "core.llm.budget"),
    *("core.llm.providers.gemini.client", "core.llm.providers.openai_compatible.parser"),
    *("core.redis.minutes", "core.redis.blocking", "core.accounts.pictures", "core.streams.log.client"),
    *("django.db.migrations", "django.contrib.auth.management", "whitenoise.storage", "wsgiref.handlers"),
    *("gunicorn.http.wsgi", "httptools", "dj_db_conn_pool.backends.postgresql.base"),
)
COMMAND: Final = (sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py")
PR_SET_PDEATHSIG: Final = 1
START_DEADLINE: Final = 90.0  # seconds: the first is forked when all is imported


class Forked:
    """A gunicorn that was forked, with what tests use of a ``subprocess.Popen``."""

    def __init__(self, told: socket.socket) -> None:
        """Take the connection on which its pid is told, and its exit status when it has ended."""
        self._told = told
        self._told.settimeout(START_DEADLINE)
        self._lines = b""
        self.returncode: int | None = None
        while b"\n" not in self._lines:
            self._receive()
        self.pid = int(self._lines.split(b"\n")[0])

    def _receive(self) -> None:
        if not (piece := self._told.recv(100)):
            raise ChildProcessError("the process that forks servers is gone")
        self._lines += piece

    def poll(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended, and return its exit status, negative for a signal."""
        end = None if timeout is None else time.monotonic() + timeout
        while self.returncode is None:
            self._told.settimeout(None if end is None else max(0.001, end - time.monotonic()))
            try:
                self._receive()
            except TimeoutError:
                raise subprocess.TimeoutExpired(COMMAND, timeout or 0) from None
            if self._lines.count(b"\n") == 2:
                self.returncode = int(self._lines.split(b"\n")[1])
                self._told.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with contextlib.suppress(
                ProcessLookupError
            ):  # it may end between the two, as in Popen.send_signal
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class ForkServer:
    """The process that is forked, for one kind of worker: under gevent it is patched, for threads it isn't."""

    def __init__(self, kind: str) -> None:
        self._asking, its = socket.socketpair()
        with its:
            self._process = subprocess.Popen(
                [*guard("KILL"), sys.executable, "-m", "tests.server.forkserver", str(its.fileno())],
                cwd=ROOT,
                env={
                    "PATH": os.environ["PATH"],
                    "WORKER_CLASS": kind,
                    "ENV_FILE": os.devnull,
                    "PYTHONUNBUFFERED": "1",
                    "PYTHONWARNINGS": "ignore",
                    "PYDANTIC_DISABLE_PLUGINS": "__all__",
                },
                stdin=subprocess.DEVNULL,
                pass_fds=[its.fileno()],
            )
        atexit.register(self.close)

    def start(self, environ: Mapping[str, str], log: Path) -> Forked:
        """Start gunicorn with this environment and no other; its output goes to ``log``."""
        told, telling = socket.socketpair()
        with log.open("wb") as out, telling:
            message = json.dumps(dict(environ)).encode() + b"\n"
            socket.send_fds(self._asking, [message], [out.fileno(), telling.fileno()])
        return Forked(told)

    def close(self) -> None:
        """End the process, and what it has forked with it."""
        self._asking.close()
        self._process.kill()
        self._process.wait()


def fork_server(environ: Mapping[str, str]) -> ForkServer:
    """Return this process's fork server for the kind of worker in this environment."""
    return _of_kind(environ.get("WORKER_CLASS", "gevent"))


_of_kind = cache(ForkServer)


def main(descriptor: int) -> None:
    runpy.run_path("gunicorn.conf.py")  # its first statements patch; nothing was imported before them
    for module in IMPORTED:
        importlib.import_module(module)
    drawing = importlib.import_module("fortune.scenes").drawing
    for day in range(60):
        drawing(day % 10, day % 12)  # every worker has all of them drawn
    gc.collect()
    gc.freeze()  # a collection in a forked process would touch, and so copy, all of it
    asked = socket.socket(fileno=descriptor)
    while request := _next_request(asked):
        environ, out, telling = request
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if os.fork() == 0:
            asked.close()
            _serve(environ, out, telling)
        os.close(out)
        os.close(telling)


def _next_request(asked: socket.socket) -> tuple[dict[str, str], int, int] | None:
    """Return an environment, where the output goes, and where pid and exit status are told; None at the end."""
    message, descriptors = b"", list[int]()
    while not message.endswith(b"\n"):
        piece, received, _, _ = socket.recv_fds(asked, 100_000, 2)
        if not piece:
            return None
        message += piece
        descriptors += received
    out, telling = descriptors
    return json.loads(message), out, telling


def _serve(environ: dict[str, str], out: int, telling: int) -> NoReturn:
    """Fork gunicorn, tell its pid, wait for its end, and tell its exit status."""
    _end_with_parent(signal.SIGKILL)
    if (pid := os.fork()) == 0:
        os.close(telling)
        _become_gunicorn(environ, out)
    os.close(out)
    os.write(telling, b"%d\n" % pid)
    _, status = os.waitpid(pid, 0)
    with contextlib.suppress(BrokenPipeError):
        os.write(telling, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _become_gunicorn(environ: dict[str, str], out: int) -> NoReturn:
    _end_with_parent(signal.SIGTERM)
    os.setsid()
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.close(out)
    os.environ.clear()
    os.environ.update(environ)
    sys.argv = ["gunicorn", *COMMAND[3:]]
    from gunicorn.app.wsgiapp import run

    sys.exit(run(prog="gunicorn"))


def _end_with_parent(number: signal.Signals) -> None:
    """Have the kernel send this signal when the parent dies, as tools.processes.guard does for a command."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


if __name__ == "__main__":
    main(int(sys.argv[1]))
