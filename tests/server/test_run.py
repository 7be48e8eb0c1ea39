"""`make run`, from the moment its requirements are there: `tools/run.py` in a checkout of its own."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import signal
import socket
import sys
from pathlib import Path

import pytest

from tests.server.harness import ROOT, base_environ
from tests.server.processes import about, child, until
from tools.servers import free_port

RUN = [sys.executable, "tools/run.py"]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "checkout"
    unwanted = shutil.ignore_patterns(
        ".git", ".venv*", "var", "__pycache__", ".*_cache", "node_modules", ".env"
    )
    shutil.copytree(ROOT, folder, ignore=unwanted)
    return folder


@pytest.fixture
def environ() -> dict[str, str]:
    """The bare environment with a free port and the tests' own services, so that only some tests start more."""
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    return base_environ() | given | {"PORT": str(free_port())}


def healthy(port: str) -> bool:
    peer = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    with contextlib.closing(peer):
        peer.request("GET", "/healthz")
        return peer.getresponse().status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="looks for left-over processes in /proc")
def test_it_serves_with_servers_of_its_own_and_stops_all_it_started(checkout, environ):
    del environ["DATABASE_URL"], environ["REDIS_URL"]
    beside = environ | {"PORT": str(free_port())}
    with (
        child(RUN, cwd=checkout, environ=environ) as first,
        child(RUN, cwd=checkout, environ=beside) as second,
    ):
        assert f"http://127.0.0.1:{environ['PORT']}/" in first.wait_for("ready at")
        assert f"http://127.0.0.1:{beside['PORT']}/" in second.wait_for("ready at")
        assert healthy(environ["PORT"])
        first.process.send_signal(signal.SIGTERM)
        assert first.wait() == 128 + signal.SIGTERM
        # The second shares the servers, which outlive the first.
        assert healthy(beside["PORT"])
        second.process.send_signal(signal.SIGINT)
        assert second.wait() == 128 + signal.SIGINT
    assert about(checkout) == []
    assert (checkout / "var/postgres/data/PG_VERSION").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells children there")
def test_killed_outright_it_leaves_nothing_running(checkout, environ):
    del environ["DATABASE_URL"], environ["REDIS_URL"]
    with child(RUN, cwd=checkout, environ=environ) as running:
        running.wait_for("ready at")
        running.process.kill()
        until(lambda: not about(checkout))


def test_a_port_in_use_is_one_clear_line(checkout, environ):
    taken = socket.create_server(("127.0.0.1", int(environ["PORT"])))
    with taken, child(RUN, cwd=checkout, environ=environ) as running:
        assert running.wait() == 1
    (line,) = running.lines
    assert line.startswith(f"fortune: port {environ['PORT']} is in use")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "http", "a whole number"),
        ("DEBUG", "perhaps", "true or false"),
        ("MAX_STREAMS", "0", "at least 1"),
        ("WORKER_CLASS", "uvicorn", "one of gevent, gthread"),
        ("AI_IDLE_TIMEOUT", "forever", "a number of seconds"),
        ("DATABASE_URL", "mysql://localhost/fortune", "begins with postgresql://"),
        ("REDIS_URL", "localhost", "begins with redis://"),
    ],
)
def test_a_setting_that_cannot_be_read_is_one_line_with_its_name(checkout, environ, name, value, expected):
    with child(RUN, cwd=checkout, environ=environ | {name: value}) as running:
        assert running.wait() == 1
    (line,) = running.lines
    assert line.startswith(f"fortune: {name} must be ")
    assert expected in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://u:secret@127.0.0.1:1/db"),
        ("REDIS_URL", "redis://:secret@127.0.0.1:1/0"),
    ],
)
def test_a_service_that_is_not_there_is_one_line_without_its_password(checkout, environ, name, value):
    with child(RUN, cwd=checkout, environ=environ | {name: value}) as running:
        assert running.wait() == 1
    (line,) = running.lines
    assert line.startswith(f"fortune: {name}: ")
    assert "refused" in line
    assert "secret" not in line


def test_an_env_file_is_read(checkout, environ):
    file = checkout / ".env"
    file.write_text("MAX_STREAMS=plenty\n")
    try:
        with child(RUN, cwd=checkout, environ=environ) as running:
            assert running.wait() == 1
    finally:
        file.unlink()
    assert running.lines == ["fortune: MAX_STREAMS must be a whole number of at least 1, but is 'plenty'"]
