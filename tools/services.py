"""Run a command with a real PostgreSQL and a real Valkey beside it.

    python tools/services.py [--ephemeral] -- COMMAND …

`DATABASE_URL` and `REDIS_URL` are set for the command; one that is set already is used as it is, and
nothing is started in its place. Data lives under `var/`; with `--ephemeral` in a fresh temporary directory
that is removed at the end.

Each server has a supervisor, a process of its own, so that several commands in one checkout share it. A command that
uses a server holds a shared lock; the last one to end, or the supervisor itself when all of them were killed,
stops it. The kernel drops locks and sends signals when a process dies in whatever way, so nothing is
left behind.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.processes import ServerError, guard
from tools.servers import ROOT, Postgres, Server, Valkey

KINDS: dict[str, type[Postgres | Valkey]] = {"postgres": Postgres, "valkey": Valkey}
LOCK_DEADLINE = 90.0  # seconds: longer than a server may take to stop and to start


@contextlib.contextmanager
def running(home: Path | None = None, *, ephemeral: bool = False) -> Iterator[dict[str, str]]:
    """Yield the variables to set while the servers run: those that aren't set already."""
    wanted = [kind for kind, server in KINDS.items() if not os.environ.get(server(Path()).variable)]
    # Absolute, because PostgreSQL runs within its own directory.
    base = (
        home.resolve() if home else (Path(tempfile.mkdtemp(prefix="fortune-")) if ephemeral else ROOT / "var")
    )
    variables: dict[str, str] = {}
    with contextlib.ExitStack() as stack:
        if ephemeral:
            stack.callback(shutil.rmtree, base, ignore_errors=True)
        for kind in wanted:
            variables |= stack.enter_context(_held(kind, base / kind, ephemeral))
        yield variables


@contextlib.contextmanager
def _held(kind: str, home: Path, ephemeral: bool) -> Iterator[dict[str, str]]:
    try:
        home.mkdir(parents=True, exist_ok=True)
        users = (home / "users.lock").open("a")
    except PermissionError:
        raise ServerError(f"{home} belongs to another user: run as that user, or remove it") from None
    except OSError as error:
        raise ServerError(f"{home} can't be written to: {error.strerror}") from None
    with users:
        _lock(users, fcntl.LOCK_SH)
        supervisor = _ensure_supervisor(kind, home, ephemeral)
        try:
            yield json.loads((home / "state.json").read_text())["variables"]
        finally:
            if _leave(users, home) and supervisor:
                supervisor.wait()


def _ensure_supervisor(kind: str, home: Path, ephemeral: bool) -> subprocess.Popen[str] | None:
    """Start a supervisor unless one runs; return its process if it is ours."""
    with (home / "start.lock").open("a") as starting:
        _lock(starting, fcntl.LOCK_EX)
        if _is_supervised(home):
            return None
        command = [sys.executable, __file__, "--supervise", kind, "--home", str(home)]
        # It may outlive this command, so it inherits none of its streams: their reader would wait for it.
        with (home / "supervisor.log").open("a") as log:
            supervisor = subprocess.Popen(
                command + (["--ephemeral"] if ephemeral else []),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        assert supervisor.stdout
        with supervisor.stdout as pipe:
            answer = pipe.readline().strip()
        if answer != "ready":
            supervisor.wait()
            raise ServerError(answer or f"the supervisor of {kind} died")
        return supervisor


def _leave(users: IO[str], home: Path) -> bool:
    """Stop the server unless somebody else uses it, and say whether it is gone."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    # The pid is the supervisor's for as long as its lock is held.
    if _is_supervised(home):
        with contextlib.suppress(ProcessLookupError):
            os.kill(json.loads((home / "state.json").read_text())["supervisor"], signal.SIGTERM)
    until = time.monotonic() + LOCK_DEADLINE
    while _is_supervised(home) and time.monotonic() < until:
        time.sleep(0.02)
    return not _is_supervised(home)


def _is_supervised(home: Path) -> bool:
    with (home / "supervisor.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _lock(file: IO[str], kind: int) -> None:
    until = time.monotonic() + LOCK_DEADLINE
    while True:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                raise ServerError(f"{file.name} has been locked for {LOCK_DEADLINE:.0f} seconds") from None
            time.sleep(0.05)


def supervise(server: Server, home: Path) -> int:
    """Run the server as its supervisor, until nobody uses it, it dies, or SIGTERM comes."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with (home / "supervisor.lock").open("a") as alive, (home / "users.lock").open("a") as users:
        _lock(alive, fcntl.LOCK_EX)
        try:
            address = server.start()
            state = home / "state.json"
            state.touch(mode=0o600)
            state.write_text(json.dumps({"supervisor": os.getpid(), "variables": {server.variable: address}}))
            print("ready", flush=True)
            while server.poll() is None:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                time.sleep(0.25)
        except ServerError as error:
            print(error, flush=True)
            return 1
        finally:
            server.stop()
    return 0


def run(command: list[str], environ: dict[str, str]) -> int:
    """Run a command, pass on the signals that come here, and give its exit status."""
    if not shutil.which(command[0]):
        print(f"{command[0]} can't be run: there is no such program", file=sys.stderr)
        return 127
    child = subprocess.Popen([*guard("TERM"), *command], env=environ)

    def forward(number: int, _frame: object) -> None:
        # Ctrl-C reaches every process of the terminal's foreground group without our help.
        if number != signal.SIGINT or not _in_foreground():
            child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, forward)
    status = child.wait()
    return status if status >= 0 else 128 - status


def _in_foreground() -> bool:
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


def main() -> int:
    parser = argparse.ArgumentParser(description="Run a command beside a real PostgreSQL and Valkey.")
    parser.add_argument("--ephemeral", action="store_true", help="fresh servers, removed at the end")
    parser.add_argument("--home", type=Path, help="where the data lives (default: var/)")
    parser.add_argument("--supervise", choices=sorted(KINDS), help=argparse.SUPPRESS)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if options.supervise:
        return supervise(KINDS[options.supervise](options.home, options.ephemeral), options.home)
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        parser.error("a command is needed after --")
    # Until the command runs, the same signals must undo what was started.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    try:
        with running(options.home, ephemeral=options.ephemeral) as variables:
            return run(command, {**os.environ, **variables})
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
