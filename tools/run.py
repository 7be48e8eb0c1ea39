"""Serve Fortune on this machine: ``make run``.

Services, migrations, static files, then gunicorn as in production; the address is printed when it answers.
An error that the user can correct ends with one line and a non-zero status, never with a traceback.
"""

from __future__ import annotations

import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from django.core.exceptions import ImproperlyConfigured

from config import env
from tools.environment import SetupError, alone, say
from tools.processes import ServerError, guard
from tools.servers import ROOT
from tools.services import running

ANSWER_DEADLINE = 60.0  # seconds until gunicorn must answer
# A person at the terminal waits this long after Ctrl-C for readings that are being written.
GRACE = "5"


class RunError(Exception):
    """Serving is impossible; the message is one sentence for the person at the terminal."""


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    try:
        env.load()
        host, port = _address()
        env.integer("WEB_CONCURRENCY", default=0, minimum=1)  # refused before anything is started
        embedded = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
        if embedded:
            say(
                "starting "
                + " and ".join({"DATABASE_URL": "PostgreSQL", "REDIS_URL": "Valkey"}[n] for n in embedded)
            )
        with running() as variables:
            if embedded:
                say("they run, with their data under var/")
            os.environ.update(variables)
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
            os.environ.setdefault("GRACEFUL_TIMEOUT", GRACE)
            os.environ.setdefault("LOG_FORMAT", "text")
            _prepare()
            return _serve(host, port)
    except (RunError, ServerError, SetupError, ImproperlyConfigured) as error:
        print(f"fortune: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _address() -> tuple[str, int]:
    """Return the address to serve at, and refuse one that something else serves at."""
    host = env.text("HOST", default="127.0.0.1").strip("[]")
    port = env.integer("PORT", default=8000, minimum=1, maximum=65535)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        # As gunicorn binds: connections of an earlier run that are still closing don't count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                said = f"port {port} is in use: choose another, for example PORT={port + 1} make run"
            elif isinstance(error, PermissionError):
                said = f"port {port} needs more rights than this user has: choose one with PORT"
            else:
                said = f"HOST is {host!r}, which is no address of this machine: {error.strerror}"
            raise RunError(said) from None
    return host, port


def _prepare() -> None:
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    _require_services()
    # Two runs in one checkout share the database and the folder; the second finds little left to do.
    with alone("run"):
        say("migrating the database")
        call_command("migrate", interactive=False, verbosity=0)
        say("collecting static files")
        try:
            call_command("collectstatic", interactive=False, verbosity=0)
        except OSError as error:
            raise RunError(f"{error.filename} can't be written to: {error.strerror}") from None
    connection.close()


def _require_services() -> None:
    import redis
    from django.db import Error, connection

    from core.redis import connect

    try:
        connection.ensure_connection()
    except Error as error:
        raise RunError(f"DATABASE_URL: {_one_line(error)}") from None
    # Not through the cache, which goes on without its server.
    try:
        with connect(seconds=5) as client:
            client.ping()
    # An option in the address that the client doesn't know is a TypeError, its nonsense a ValueError.
    except (redis.RedisError, TypeError, ValueError) as error:
        raise RunError(f"REDIS_URL: {_one_line(error)}") from None


def _serve(host: str, port: int) -> int:
    say("starting gunicorn")
    # In a session of its own, so that Ctrl-C comes to us alone and ends it once, in order.
    gunicorn = subprocess.Popen(
        [*guard("TERM"), sys.executable, "-m", "config.serve"],
        cwd=ROOT,
        start_new_session=True,
    )
    parent = os.getppid()
    try:
        if not _answers(gunicorn, host, port):
            if gunicorn.poll() is None:
                raise RunError(f"gunicorn has not answered within {ANSWER_DEADLINE:.0f} s")
            return gunicorn.returncode  # it has printed the reason
        say(f"ready at {_url(host, port)} (Ctrl-C stops it)")
        while gunicorn.poll() is None:
            # When make was killed, nobody can press Ctrl-C any more.
            if "MAKELEVEL" in os.environ and os.getppid() != parent:
                return 1
            with_timeout(gunicorn, 1)
        raise RunError(f"gunicorn ended with status {gunicorn.returncode}: the reason is above")
    finally:
        _stop(gunicorn)


def with_timeout(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait for a process and say whether it has ended."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _answers(gunicorn: subprocess.Popen[bytes], host: str, port: int) -> bool:
    until = time.monotonic() + ANSWER_DEADLINE
    while gunicorn.poll() is None and time.monotonic() < until:
        peer = http.client.HTTPConnection(_reachable(host), port, timeout=2)
        try:
            peer.request("GET", "/healthz")
            if peer.getresponse().status == 200:
                return True
        except (OSError, http.client.HTTPException):
            pass
        finally:
            peer.close()
        time.sleep(0.05)
    return False


def _stop(gunicorn: subprocess.Popen[bytes]) -> None:
    """End gunicorn gracefully; at once if Ctrl-C comes again or the time is over."""
    if gunicorn.poll() is None:
        say("stopping")
        gunicorn.terminate()
        try:
            gunicorn.wait(float(os.environ["GRACEFUL_TIMEOUT"]) + 5)
        except (subprocess.TimeoutExpired, KeyboardInterrupt, SystemExit):
            gunicorn.send_signal(signal.SIGQUIT)
            if not with_timeout(gunicorn, 5):
                os.killpg(gunicorn.pid, signal.SIGKILL)
                gunicorn.wait()


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (looked up, not bound)


def _url(host: str, port: int) -> str:
    name = _reachable(host)
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


if __name__ == "__main__":
    sys.exit(main())
