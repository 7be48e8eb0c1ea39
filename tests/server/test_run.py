"""`make run`, from the moment its requirements are there: `tools/run.py` in a checkout of its own."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import sys
from pathlib import Path

import pytest

from tests.server.harness import ROOT, base_environ
from tests.server.processes import PATIENCE, about, child, until
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
    """Return a minimal environment with a free port and the tests' own services: only some tests start more."""
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    return base_environ() | given | {"PORT": str(free_port())}


def healthy(port: str) -> bool:
    peer = http.client.HTTPConnection("127.0.0.1", int(port), timeout=PATIENCE)
    with contextlib.closing(peer):
        peer.request("GET", "/healthz")
        return peer.getresponse().status == 200


def get(path: str, port: str) -> tuple[int, str]:
    peer = http.client.HTTPConnection("::1", int(port), timeout=PATIENCE)
    with contextlib.closing(peer):
        peer.request("GET", path)
        answer = peer.getresponse()
        return answer.status, answer.read().decode()


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
        ("DEEPSEEK_BASE_URL", "api.example", "names a host"),
        ("AI_PROVIDERS", "deepsek,classic", "a list of deepseek, gemini, classic"),
        ("WEB_CONCURRENCY", "0", "at least 1"),
        ("WEB_CONCURRENCY", "many", "at least 1"),
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


@pytest.mark.parametrize(
    ("name", "option", "words"),
    [
        ("DATABASE_URL", "?no_such_option=1", "no_such_option"),
        ("REDIS_URL", "?no_such_option=1", "no_such_option"),
        ("REDIS_URL", "?socket_timeout=soon", "socket_timeout"),
    ],
)
def test_an_option_of_an_address_that_nobody_knows_is_one_line(checkout, environ, name, option, words):
    with child(RUN, cwd=checkout, environ=environ | {name: environ[name] + option}) as running:
        assert running.wait() == 1
    (line,) = running.lines
    assert line.startswith(f"fortune: {name}: ")
    assert words in line


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid"])
def test_an_address_that_is_not_this_machines_is_one_line(checkout, environ, host):
    with child(RUN, cwd=checkout, environ=environ | {"HOST": host}) as running:
        assert running.wait() == 1
    (line,) = running.lines
    assert line.startswith(f"fortune: HOST is '{host}', which is no address of this machine: ")


def test_a_folder_that_cannot_be_written_to_is_one_line(checkout, environ, tmp_path):
    # Root may write anywhere: a file where the folder should be stands for what it may not.
    copy = tmp_path / "copy"
    shutil.copytree(checkout, copy, ignore=shutil.ignore_patterns("var"))
    (copy / "var").touch()
    environment = [sys.executable, "tools/environment.py", "run", "tools/run.py"]
    for command in (RUN, environment):
        with child(command, cwd=copy, environ=environ) as running:
            assert running.wait() == 1
        (line,) = running.lines
        assert line.startswith(f"fortune: {copy}/var can't be written to (")


@pytest.mark.parametrize(("host", "debug", "has_djangos_page"), [("::", "", False), ("[::1]", "true", True)])
def test_pages_of_errors_are_ours_unless_debug_is_asked_for(checkout, environ, host, debug, has_djangos_page):
    with child(RUN, cwd=checkout, environ=environ | {"HOST": host, "DEBUG": debug}) as running:
        assert f"http://[::1]:{environ['PORT']}/" in running.wait_for("ready at")
        status, page = get("/nowhere/", environ["PORT"])
        assert status == 404
        assert ("DEBUG = True" in page) is has_djangos_page
        _, form = get("/fortune/", environ["PORT"])
        (style, *_) = re.findall(r'href="(/static/[^"]+\.css)"', form)
        assert get(style, environ["PORT"])[0] == 200
        running.process.send_signal(signal.SIGTERM)
        running.wait()


def test_an_env_file_is_read(checkout, environ):
    del environ["ENV_FILE"]
    file = checkout / ".env"
    file.write_text("MAX_STREAMS=plenty\n")
    try:
        with child(RUN, cwd=checkout, environ=environ) as running:
            assert running.wait() == 1
    finally:
        file.unlink()
    assert running.lines == ["fortune: MAX_STREAMS must be a whole number of at least 1, but is 'plenty'"]
