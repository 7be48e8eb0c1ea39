"""`manage.py` as README shows it: under a Python without Django, and with the servers of `make run`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.harness import ROOT, base_environ
from tests.server.processes import about, child
from tools.servers import free_port

# Neither the environment's packages nor anybody else's: a system's Python on a fresh machine.
BARE = [sys._base_executable, "-S"]
SAJU = ["manage.py", "saju", "1990-05-15", "12:30", "--gender", "female"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Make a checkout with a ``var/`` of its own; what is not written to links to the repository."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("bench", "config", "core", "fortune", "gunicorn.conf.py", "locale", "static", "templates"):
        (folder / name).symlink_to(ROOT / name)
    for name in ("manage.py", "tools"):
        subprocess.run(["cp", "-r", ROOT / name, folder / name], check=True)
    return folder


@pytest.fixture
def environ() -> dict[str, str]:
    return base_environ() | {"VENV": sys.prefix, "PORT": str(free_port())}


def manage(checkout: Path, environ: dict[str, str], *command: str) -> tuple[int, str]:
    done = subprocess.run(
        command, cwd=checkout, env=environ, capture_output=True, text=True, timeout=240, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_under_a_python_without_django_it_goes_on_in_the_environment(checkout, environ):
    status, said = manage(checkout, environ, *BARE, *SAJU)
    assert status == 0
    assert "양력 1990-05-15" in said
    assert not (checkout / "var").exists()  # a chart needs no server


def test_without_an_environment_it_says_how_to_make_one(checkout, environ):
    status, said = manage(checkout, environ | {"VENV": "none"}, *BARE, *SAJU)
    assert status == 1
    (line,) = said.splitlines()
    assert line.startswith("fortune: ")
    assert "make run" in line


@pytest.mark.skipif(sys.platform != "linux", reason="looks for left-over processes in /proc")
def test_commands_share_the_servers_of_make_run_and_start_them_for_themselves(checkout, environ):
    with child([sys.executable, "tools/run.py"], cwd=checkout, environ=environ) as running:
        running.wait_for("ready at")
        status, said = manage(checkout, environ, *BARE, "manage.py", "doctor")
        assert (status, "WRONG" in said) == (0, False), said
        assert manage(checkout, environ, *BARE, "manage.py", "sweep")[0] == 0
        running.process.send_signal(signal.SIGTERM)
        running.wait()
    status, said = manage(checkout, environ, *BARE, "manage.py", "sweep")
    assert status == 0
    assert "guests' readings: 0" in said
    assert about(checkout) == []


def test_in_production_nothing_is_started(checkout, environ):
    production = environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "k" * 50,
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": "postgresql://u:p@127.0.0.1:1/db",
    }
    assert manage(checkout, production, sys.executable, "manage.py", "sweep")[0] == 1
    assert not (checkout / "var" / "valkey").exists()


def test_a_variable_that_is_set_is_used(checkout, environ):
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    assert manage(checkout, environ | given, sys.executable, "manage.py", "showmigrations")[0] == 0
    assert not (checkout / "var" / "postgres").exists()
