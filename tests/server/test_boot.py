"""A worker that is not set up as it must be does not serve: gunicorn stops, with the name of what is wrong."""

from __future__ import annotations

import contextlib
import http.client
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tools.servers import free_port

RIGHT = "exec(compile(open('gunicorn.conf.py').read(), 'gunicorn.conf.py', 'exec'))\n"


def boot(
    tmp_path: Path, configuration: str, *, cwd: Path = Path(settings.BASE_DIR), **environ: str
) -> tuple[int, str]:
    """Start gunicorn with this configuration; return its exit code and output."""
    path = tmp_path / "conf.py"
    path.write_text(configuration)
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", str(path)],
        cwd=cwd,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "PORT": str(free_port()),
            "WEB_CONCURRENCY": "1",
        }
        | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=240,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("value", ["many", "0", "1.5"])
def test_a_number_of_workers_that_is_none_is_refused_in_one_line(value: str) -> None:
    """gunicorn itself would end with a traceback: it reads the variable before any configuration."""
    done = subprocess.run(
        [sys.executable, "-m", "config.serve"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"WEB_CONCURRENCY": value},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout + done.stderr == (
        f"fortune: WEB_CONCURRENCY must be a whole number of at least 1, but is {value!r}\n"
    )


@pytest.mark.parametrize(
    ("first", "complaint"),
    [
        ("import django.db\n", "django.db was imported before the patch and holds a _thread._local"),
        ("import redis\n", "redis.connection was imported before the patch and holds socket.socket"),
        ("from time import sleep\n", "__config__ was imported before the patch and holds time.sleep"),
        ("import threading\nlock = threading.Lock()\n", "__config__ was imported before the patch and holds a _thread.lock"),
        ("import queue\nwaiting = queue.SimpleQueue()\n", "__config__ was imported before the patch and holds a _queue.SimpleQueue"),
        ("import threading\nclass Holder: made = threading.Event()\n", "and holds a _thread.lock"),
        (
            "import threading\nthreading.Thread(target=threading.Event().wait, name='early', daemon=True).start()\n",
            "the thread early was started before the patch",
        ),
        ("import _thread, time\n_thread.start_new_thread(time.sleep, (99,))\n", "a thread was started before the patch"),
    ],
)  # fmt: skip
def test_what_came_before_the_patch_and_would_block_is_named(
    tmp_path: Path, first: str, complaint: str
) -> None:
    code, said = boot(tmp_path, first + RIGHT)
    assert code == 1
    assert said.splitlines()[-1].startswith("fortune: refusing to start: ")
    assert complaint in said


def test_what_came_before_the_patch_and_holds_nothing_is_welcome(tmp_path: Path) -> None:
    """Examples are Debian's ``sitecustomize`` and the finder of an editable install. psycopg2 looks its callback up at each wait."""
    harmless = (
        "import psycopg2, packaging.version, threading, queue\n"
        "class Later(threading.Thread): pass\n"
        # Decorators of the standard library refer to its locks, which the patch answers for.
        "import contextlib, dataclasses, functools\n"
        "@dataclasses.dataclass\n"
        "class Value: name: str\n"
        "@functools.singledispatch\n"
        "def one(thing): pass\n"
        "@contextlib.contextmanager\n"
        "def two(): yield\n"
        "class Cached:\n"
        "    @functools.cached_property\n"
        "    def three(self): pass\n"
        "from queue import Queue\n"
        # Which stops the start, for a reason of its own, after the patch was judged.
        "import os\nos.environ['PORT'] = 'none'\n"
    )
    code, said = boot(tmp_path, harmless + RIGHT)
    assert (code, said) == (1, "fortune: PORT must be a whole number from 1 to 65535, but is 'none'\n")


def test_a_driver_without_psycogreen_is_named(tmp_path: Path) -> None:
    undone = "import psycopg2.extensions\npsycopg2.extensions.set_wait_callback(None)\n"
    code, said = boot(tmp_path, RIGHT + undone)
    assert code == 3
    assert "refusing to boot: psycopg2 has no wait callback" in said


def test_a_process_that_was_not_patched_is_named(tmp_path: Path) -> None:
    text = Path(settings.BASE_DIR, "gunicorn.conf.py").read_text()
    assert "    monkey.patch_all()\n" in text
    # gunicorn's own worker patches too, but after the fork: too late.
    code, said = boot(tmp_path, text.replace("    monkey.patch_all()\n", "    pass\n"))
    assert (code, said) == (1, "fortune: refusing to start: the standard library is not patched\n")


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


@pytest.mark.parametrize(
    ("worker", "name", "value", "expected"),
    [
        ("gevent", "WEB_CONCURRENCY", "0", "WEB_CONCURRENCY must be a whole number of at least 1, but is '0'"),
        ("gevent", "WORKER_CLASS", "uvicorn", "WORKER_CLASS must be one of gevent, gthread, but is 'uvicorn'"),
        ("gevent", "AI_PROVIDERS", "deepsek", "AI_PROVIDERS must be a list of deepseek, gemini, classic, but is 'deepsek'"),
        ("gevent", "REDIS_URL", "localhost:6379", "REDIS_URL must be an address that begins with redis://"),
        ("gevent", "DATABASE_URL", "localhost/db", "DATABASE_URL must be an address that begins with postgresql://"),
        ("gevent", "DEEPSEEK_BASE_URL", "api.example", "DEEPSEEK_BASE_URL must be an address that begins with https://"),
        ("gevent", "GEMINI_BASE_URL", "https://a b", "GEMINI_BASE_URL must be an address that begins with https://"),
        ("gevent", "ENV_FILE", "/dev", "/dev can't be read: "),
        # One that gunicorn's configuration reads, and one that is read after it, in a process of its own.
        ("gthread", "WEB_CONCURRENCY", "0", "WEB_CONCURRENCY must be a whole number of at least 1, but is '0'"),
        ("gthread", "AI_PROVIDERS", "deepsek", "AI_PROVIDERS must be a list of deepseek, gemini, classic, but is 'deepsek'"),
    ],
)  # fmt: skip
def test_plain_gunicorn_refuses_a_setting_in_one_line(
    tmp_path: Path, worker: str, name: str, value: str, expected: str
) -> None:
    code, said = boot(tmp_path, RIGHT, **{"WORKER_CLASS": worker, name: value})
    assert code == 1
    (line,) = [line for line in said.splitlines() if "Starting gunicorn" not in line]
    assert line.startswith(f"fortune: {expected}")


def test_production_without_a_secret_key_is_refused_in_one_line(tmp_path: Path) -> None:
    code, said = boot(tmp_path, RIGHT, DJANGO_SETTINGS_MODULE="config.settings.production", SECRET_KEY="")
    assert code == 1
    assert said.splitlines()[-1] == "fortune: SECRET_KEY is not set, and there is no default for it"
    assert "Traceback" not in said


def test_a_folder_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    # Root may write anywhere: a file where the folder should be stands for what it may not.
    (tmp_path / "var").touch()
    conf = Path(settings.BASE_DIR, "gunicorn.conf.py")
    code, said = boot(tmp_path, conf.read_text(), cwd=tmp_path, PYTHONPATH=str(settings.BASE_DIR))
    assert code == 1
    (line,) = said.splitlines()
    assert line.startswith(f"fortune: {tmp_path}/var/metrics/127.0.0.1-")
    assert "can't be written to" in line


@pytest.mark.parametrize("word", ["gevent", "gthread"])
def test_the_env_file_is_read_before_the_worker_class(tmp_path: Path, word: str) -> None:
    (tmp_path / ".env").write_text(f"WORKER_CLASS={word}\n")
    tell = "print(os.environ['WORKER_CLASS'], 'gevent.monkey' in sys.modules)\nsys.exit(0)\n"
    _, said = boot(tmp_path, RIGHT + tell, ENV_FILE=str(tmp_path / ".env"))
    assert said == f"{word} {word == 'gevent'}\n"


@pytest.mark.parametrize("host", ["::", "[::1]"])
def test_an_address_of_ipv6_is_served_with_or_without_brackets(serve, host: str) -> None:
    live = serve(HOST=host, wait=False)
    live.wait_for_log("Booting worker")
    connection = http.client.HTTPConnection("::1", live.port, timeout=30)
    with contextlib.closing(connection):
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200
