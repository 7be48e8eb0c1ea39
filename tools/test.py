"""This will run the tests with all they need: `make test`. Arguments go to pytest.

Chromium and Korean fonts come from Debian where this is root and apt is there; without a browser its
tests are skipped and counted as such. The services are fresh and gone afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.environment import say
from tools.processes import ServerError
from tools.services import run, running

PACKAGES = ("chromium", "fonts-noto-cjk")
# What the tests' processes may inherit: a developer's keys and settings must not reach them.
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TERM", "CI", "SSL_CERT_FILE", "SSL_CERT_DIR")


def main() -> int:
    _install_browser()
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    arguments = sys.argv[1:]
    # Two processes: the tests wait for sockets more than they compute.
    workers = [] if any(part.startswith("-n") for part in arguments) else ["-n", "2"]
    say("starting PostgreSQL and Valkey for the tests")
    try:
        with running(ephemeral=True) as variables:
            given = {n: os.environ[n] for n in ("DATABASE_URL", "REDIS_URL") if os.environ.get(n)}
            command = [sys.executable, "-m", "pytest", *workers, *arguments]
            return run(command, kept | given | variables)
    except ServerError as error:
        print(f"fortune: {error}", file=sys.stderr)
        return 1


def _install_browser() -> None:
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0 or (shutil.which("chromium") and _has_korean_font()):
        return
    say(f"installing {' and '.join(PACKAGES)} for the browser tests")
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "-qq", "-y", "--no-install-recommends", *PACKAGES]
    for command in ([apt, "update", "-qq"], install):
        done = subprocess.run(
            command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    if done.returncode:
        say("they could not be installed; without Chromium the browser tests are skipped")


def _has_korean_font() -> bool:
    lister = shutil.which("fc-list")
    if not lister:
        return False
    done = subprocess.run([lister, ":lang=ko"], capture_output=True, check=False)
    return bool(done.stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
