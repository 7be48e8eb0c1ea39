"""A worker that is not set up as it must be does not serve: gunicorn stops, with the name of what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tools.servers import free_port

RIGHT = "exec(compile(open('gunicorn.conf.py').read(), 'gunicorn.conf.py', 'exec'))\n"


def boot(tmp_path: Path, configuration: str) -> tuple[int, str]:
    """Start gunicorn with this configuration; its exit code and what it said."""
    path = tmp_path / "conf.py"
    path.write_text(configuration)
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", str(path)],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "PORT": str(free_port()),
            "WEB_CONCURRENCY": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("first", "complaint"),
    [
        ("import django.db\n", "django was imported before the patch"),
        ("import redis\n", "redis was imported before the patch"),
        ("import psycopg2\n", "psycopg2 was imported before the patch"),
    ],
)
def test_an_import_above_the_patch_is_named(tmp_path: Path, first: str, complaint: str) -> None:
    code, said = boot(tmp_path, first + RIGHT)
    assert code == 3
    assert f"refusing to boot: {complaint}" in said


def test_a_driver_without_psycogreen_is_named(tmp_path: Path) -> None:
    undone = "import psycopg2.extensions\npsycopg2.extensions.set_wait_callback(None)\n"
    code, said = boot(tmp_path, RIGHT + undone)
    assert code == 3
    assert "refusing to boot: psycopg2 has no wait callback" in said


def test_a_process_that_was_not_patched_is_named(tmp_path: Path) -> None:
    text = Path(settings.BASE_DIR, "gunicorn.conf.py").read_text()
    assert "    monkey.patch_all()\n" in text
    code, said = boot(tmp_path, text.replace("    monkey.patch_all()\n", "    pass\n"))
    assert code == 3
    # gunicorn's own worker patches too, but after the fork: too late for what stands above.
    assert "refusing to boot: config was imported before the patch" in said


def test_connections_in_a_native_thread_local_are_named(tmp_path: Path) -> None:
    # As it would be if Django had been imported with the native threading module.
    native = """
import django.db
class Shared: pass
checked = post_worker_init
def post_worker_init(worker):
    django.db.connections._connections = Shared()
    checked(worker)
"""
    code, said = boot(tmp_path, RIGHT + native)
    assert code == 3
    assert "django.db.connections lives in a native thread-local" in said
