"""Who this worker is, and whether another one of the same master is certainly gone."""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import threading
from pathlib import Path

_lock = threading.Lock()
_me: tuple[int, str] = (0, "")


def worker_id() -> str:
    """This process, as other workers know it: host, family, process id, and a token against reuse."""
    global _me
    if _me[0] != os.getpid():
        with (
            _lock
        ):  # on threads several may ask at once: a second name's runs would be called a dead worker's
            if _me[0] != os.getpid():
                name = f"{socket.gethostname()[:40]}-{_family()}-{os.getpid()}-{secrets.token_hex(4)}"
                _me = (os.getpid(), name)
    return _me[1]


def has_exited(worker: str) -> bool:
    """Whether ``worker`` was a sibling of this one and its process is no more. False when it can't be told."""
    parts = worker.rsplit("-", 3)
    is_sibling = len(parts) == 4 and parts[:2] == worker_id().rsplit("-", 3)[:2]
    return is_sibling and not Path("/proc", parts[2]).exists()


def _family() -> str:
    """The same for all workers of one master, and for no others: process ids mean the same to all of them."""
    parent = os.getppid()
    try:
        started = Path(f"/proc/{parent}/stat").read_text().rpartition(")")[2].split()[19]
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()
        space = Path("/proc/self/ns/pid").readlink()
    except OSError:
        return secrets.token_hex(4)  # no /proc: nobody's sibling
    return hashlib.sha256(f"{boot} {space} {parent} {started}".encode()).hexdigest()[:8]
