"""Make ``.venv`` hold what a task needs, then run a Python file or module with it.

    python3 tools/environment.py run|dev|bench [--] ARGUMENTS …

``run`` installs the requirements for serving on this machine, ``dev`` adds tests and lint, ``bench`` the comparators.
The hash of the lock files is remembered, so that unchanged ones cost nothing. Nothing
but the standard library is imported here: a fresh machine starts with this program.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import ssl
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / os.environ.get("VENV", ".venv")
PYTHON = HOME / "bin" / "python"
LOCKS = {
    "run": ("requirements.txt", "requirements-local.txt"),
    "dev": ("requirements.txt", "requirements-local.txt", "requirements-dev.txt"),
    "bench": ("requirements.txt", "requirements-local.txt", "requirements-bench.txt"),
}


class SetupError(Exception):
    """The environment can't be made; the message is one sentence for the person at the terminal."""


def ensure(task: str) -> None:
    """Bring the environment up to date for ``task``."""
    with alone(HOME.name.lstrip(".")):
        made = _stamp()
        if made.get("python") != _version() or not PYTHON.exists():
            _create()
            made = {"python": _version()}
        # The lock files constrain each other, so what another task installed stays right beside this one's.
        wanted = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in LOCKS[task]}
        if wanted.items() <= made.items():
            return
        say(f"installing {', '.join(LOCKS[task])} into {HOME.name}")
        began = time.monotonic()
        _install(LOCKS[task])
        (HOME / "fortune.json").write_text(json.dumps(made | wanted))
        say(f"installed in {time.monotonic() - began:.0f} s")


def say(text: str) -> None:
    print(f"fortune: {text}", flush=True)


def _create() -> None:
    lacks_pip = SetupError(
        f"{sys.executable} can't make environments with pip: install what it lacks"
        " (Debian, Ubuntu: apt install python3-venv)"
    )
    # Debian keeps it in a package of its own, without which its venv ends the process with a page of advice.
    pip = find_spec("ensurepip")
    if pip is None or pip.origin is None:
        raise lacks_pip
    say(f"creating {HOME.name} with Python {sys.version.split()[0]}")
    try:
        # A symlinked interpreter finds its own library; --clear drops what another version left.
        venv.create(HOME, clear=True, with_pip=True, symlinks=True)
    except subprocess.CalledProcessError:
        raise lacks_pip from None
    except OSError as error:
        raise SetupError(f"{HOME} can't be made: {error.strerror}") from None


def _install(files: tuple[str, ...]) -> None:
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    uv = [str(HOME / "bin" / "uv"), "pip", "install", "--quiet", "--require-hashes", "--python", str(PYTHON)]
    with tempfile.TemporaryDirectory() as folder:
        only_uv, without_uv = Path(folder) / "uv.txt", Path(folder) / "local.txt"
        for_uv, rest = _split("uv", (ROOT / "requirements-local.txt").read_text())
        only_uv.write_text(for_uv)
        without_uv.write_text(rest)
        locks = [ROOT / name for name in files]
        # uv is ten times as fast. Where it can't be had or can't work (an index only pip knows of), pip can.
        if _succeeds([*pip, *_requirements([only_uv])]) and _succeeds(
            [*uv, *_requirements(locks)], _for_uv()
        ):
            return
        say("uv could not install them; trying pip")
        locks = [without_uv if lock.name == "requirements-local.txt" else lock for lock in locks]
        if not _succeeds([*pip, *_requirements(locks)]):
            raise SetupError("the requirements could not be installed: the reason is above")


def _requirements(files: list[Path]) -> list[str]:
    return [part for file in files for part in ("-r", str(file))]


def _succeeds(command: list[str], environ: dict[str, str] | None = None) -> bool:
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, env=environ, check=False).returncode == 0
    except OSError:
        return False


def _for_uv() -> dict[str, str]:
    """Pass pip's configuration on to uv, which does not read it."""
    environ = dict(os.environ)
    # Use this machine's certificates, as pip does: a company's proxy signs with one of its own.
    if any(ssl.get_default_verify_paths()[:2]):
        environ.setdefault("UV_SYSTEM_CERTS", "true")
    pairs = (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE"))
    for option, variable in pairs:
        value = environ.get(f"PIP_{option.upper().replace('-', '_')}") or _pip_option(option)
        if value:
            environ.setdefault(variable, value)
    return environ


def _pip_option(name: str) -> str:
    command = [str(PYTHON), "-m", "pip", "config", "get", f"global.{name}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _split(package: str, lock: str) -> tuple[str, str]:
    """Return the lock of one package, with its hashes, and the lock of all others."""
    entries = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
    only = [entry for entry in entries if entry.startswith(f"{package}==")]
    return "".join(only), "".join(entry for entry in entries if entry not in only)


def _version() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _stamp() -> dict[str, str]:
    try:
        return dict(json.loads((HOME / "fortune.json").read_text()))
    except (OSError, ValueError):
        return {}


@contextlib.contextmanager
def alone(name: str) -> Iterator[None]:
    """Keep two runs in one checkout from doing the same thing at the same time."""
    folder = ROOT / "var"
    try:
        folder.mkdir(exist_ok=True)
        opened = (folder / f"{name}.lock").open("a")
    except OSError as error:
        raise SetupError(
            f"{folder} can't be written to ({error.strerror}): use a checkout that belongs to this user"
        ) from None
    with opened as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another run in this checkout")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> None:
    task, arguments = sys.argv[1], [part for part in sys.argv[2:] if part != "--"]
    try:
        ensure(task)
    except SetupError as error:
        sys.exit(f"fortune: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    sys.stdout.flush()
    # The same process goes on under the new interpreter, so that signals reach the right one.
    os.environ["PATH"] = f"{PYTHON.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    os.execv(PYTHON, [str(PYTHON), *arguments])  # noqa: S606


if __name__ == "__main__":
    main()
