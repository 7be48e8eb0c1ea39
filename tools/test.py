"""Run the tests with everything they need: ``make test``. Arguments go to pytest.

With ``--check`` first (``make check``), run those only that need neither services nor a server, and leave out the
comparisons with other programs, which compute for a minute by themselves: a first answer in a minute and a half.

Chromium, Korean fonts and the programs between machines (a balancer, a proxy, a pooler, a network) come from
Debian where this is root and apt is there; tests without their program are skipped and counted as such. The
services are fresh and gone afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import browsers
from tools.environment import say
from tools.processes import ServerError
from tools.services import run, running

FONTS = "fonts-noto-cjk"
# By program, all in folders that only root has on its path. Debian starts them when they are installed, which is
# unwanted on a machine with services of its own.
BETWEEN = {"haproxy": "haproxy", "nginx": "nginx-light", "pgbouncer": "pgbouncer", "ip": "iproute2"}
SYSTEMD = Path("/run/systemd/system")
# Tests of pure functions and of the repository itself.
WITHOUT_SERVICES = ("tests/unit", "tests/golden", "tests/docs")
# The variables that the tests' processes inherit: a developer's keys and settings must not reach them.
KEPT = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TERM", "CI", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("STREAM_BATCHED_READS", "STREAM_DETACH", "STREAM_SHARED_RENDITIONS"),  # off in one run of .ci/run
)


def main() -> int:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ} | {"ENV_FILE": os.devnull}
    if sys.argv[1:2] == ["--check"]:
        # Two processes: these tests compute.
        return run(_pytest(2, [*sys.argv[2:], "--ignore-glob=*/test_*oracle*", *WITHOUT_SERVICES]), kept)
    _install("for the browser tests", () if _has_korean_font() else (FONTS,))
    _install(
        "for the browser tests", () if shutil.which(browsers.WITHOUT_WINDOWS) else (browsers.WITHOUT_WINDOWS,)
    )
    _install("for the browser tests", () if browsers.find() else (browsers.WITH_WINDOWS,))  # older systems
    _install("for the tests of several machines", () if SYSTEMD.exists() else _missing_between())
    say("starting PostgreSQL and Valkey for the tests")
    try:
        with running(ephemeral=True) as variables:
            given = {n: os.environ[n] for n in ("DATABASE_URL", "REDIS_URL") if os.environ.get(n)}
            # Four processes, also on two cores: these tests wait for sockets more than they compute.
            return run(_pytest(4, sys.argv[1:]), kept | given | variables)
    except ServerError as error:
        print(f"fortune: {error}", file=sys.stderr)
        return 1


def _pytest(processes: int, arguments: Sequence[str]) -> list[str]:
    chosen = any(part.startswith("-n") for part in arguments)
    return [sys.executable, "-m", "pytest", *(() if chosen else ("-n", str(processes))), *arguments]


def _install(purpose: str, packages: Sequence[str]) -> None:
    apt = shutil.which("apt-get")
    if not packages or not apt or os.geteuid() != 0:
        return
    say(f"installing {' and '.join(packages)} {purpose}")
    _update_packages(apt)
    if not _runs([apt, "install", "-qq", "-y", "--no-install-recommends", *packages]):
        say("that could not be installed; tests for which this machine has nothing else are skipped")


@cache
def _update_packages(apt: str) -> None:
    """Have apt learn which packages there are, once a run."""
    _runs([apt, "update", "-qq"])


def _runs(command: Sequence[str]) -> bool:
    """Run a command of apt's without asking or printing, and return whether it succeeded."""
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return done.returncode == 0


def _missing_between() -> tuple[str, ...]:
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    return tuple(package for program, package in BETWEEN.items() if not shutil.which(program, path=path))


def _has_korean_font() -> bool:
    lister = shutil.which("fc-list")
    if not lister:
        return False
    done = subprocess.run([lister, ":lang=ko"], capture_output=True, check=False)
    return bool(done.stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
