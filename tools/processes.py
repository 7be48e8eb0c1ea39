"""Start, end and name processes so that none is left behind, also as root."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path

STOP_DEADLINE = 20.0  # seconds
NOBODY = 65534


class ServerError(Exception):
    """A server can't be started; the message is one sentence for the person at the terminal."""


def unprivileged(path: Path) -> tuple[int, int] | None:
    """Return the user to run PostgreSQL as, which refuses root: the owner of ``path``, or nobody."""
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
    """Return the prefix of a command that gets ``last_signal`` when its parent dies.

    With ``owned``, and as root, the command runs as that path's owner. It keeps one power of root's, to pass
    directories closed to others: a checkout under /root (0700) works, and no permission is changed.
    Without the securebit, access(2) would forget that power.
    """
    program = shutil.which("setpriv") if sys.platform == "linux" else None
    owner = unprivileged(owned) if owned else None
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


def spawn(command: list[str], prefix: list[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(
            prefix + command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=log.parent
        )


def end(process: subprocess.Popen[bytes] | None, polite: signal.Signals, rude: signal.Signals) -> None:
    if process is None or process.poll() is not None:
        return
    process.send_signal(polite)
    try:
        process.wait(STOP_DEADLINE)
    except subprocess.TimeoutExpired:
        process.send_signal(rude)
        process.wait(STOP_DEADLINE)


def program_of(pid: int) -> str | None:
    """Return the name of the program that runs under ``pid``, None if there is none."""
    if Path("/proc/self/comm").exists():
        return next(iter(lines_of(Path(f"/proc/{pid}/comm"))), None)
    done = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return Path(done.stdout.strip()).name or None


def lines_of(file: Path) -> list[str]:
    try:
        return file.read_text(errors="replace").splitlines()
    except OSError:
        return []


def last_line(log: Path) -> str:
    return next((line for line in reversed(lines_of(log)) if line.strip()), "it said nothing")
