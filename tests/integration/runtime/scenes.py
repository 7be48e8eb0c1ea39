"""Scenes in a patched process, as a worker is: ``python -m tests.integration.runtime.scenes``, and a name a line.

Each runs in a fork of its own (``tests.forked``), as gunicorn's workers are forks of what has been imported.
"""

# ruff: noqa: E402, I001 - the patch comes before every other import
from gevent import monkey

monkey.patch_all()
from psycogreen.gevent import patch_psycopg

patch_psycopg()

import contextvars
import gc
import hashlib
import logging
import socket
import threading
import time

import django

django.setup()

from core.runtime import Watchdog, in_native_thread, spawn
from tests.forked import answer


class Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def a_frame_that_hogs_the_loop(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


class Relay:
    """A relay to a server that can fall silent: then it passes nothing on and closes nothing."""

    def __init__(self, host: str, port: int) -> None:
        self.there = (host, port)
        self.passes = threading.Event()
        self.passes.set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        spawn("relay", self._accept)

    def _accept(self) -> None:
        while True:
            near, _ = self.listener.accept()
            far = socket.create_connection(self.there)
            spawn("relay", self._pass, near, far)
            spawn("relay", self._pass, far, near)

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        while data := source.recv(65536):
            self.passes.wait()
            sink.sendall(data)


def silence() -> object:
    """PostgreSQL stops answering, on a connection in use and on new ones."""
    from django.conf import settings
    from django.db import Error, connection

    from core.runtime.database_waits import bound_waits

    bound_waits(3)
    own = settings.DATABASES["default"]
    relay = Relay(own["HOST"], int(own["PORT"] or 5432))
    connection.settings_dict = {**own, "HOST": "127.0.0.1", "PORT": relay.listener.getsockname()[1]}
    said: list[str] = []

    def ask() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                said.append(str(cursor.fetchone()[0]))
        except Error as error:
            said.append(type(error).__name__)

    ask()
    relay.passes.clear()
    ask()
    connection.close()
    ask()
    relay.passes.set()
    connection.close()
    ask()
    return said


def blocked() -> object:
    """A job blocks the loop for 400 ms."""
    records = Records()
    logging.getLogger("core.runtime.watchdog").addHandler(records)
    watchdog = Watchdog()
    watchdog.start()
    time.sleep(0.5)
    spawn("hog", a_frame_that_hogs_the_loop, 0.4).join(5)
    # One report is told at a time, and on a busy machine the first may be of something else.
    end = time.monotonic() + 40
    while not any("a_frame_that_hogs_the_loop" in message for message in records.messages):
        assert time.monotonic() < end, records.messages
        time.sleep(0.1)
    return {"messages": records.messages, "blocked": watchdog.blocked}


def hashing() -> object:
    """Four passwords are hashed while a job measures how late the loop is."""
    Watchdog().start()
    worst = 0.0
    stop = threading.Event()

    def beat() -> None:
        nonlocal worst
        while not stop.is_set():
            before = time.monotonic()
            time.sleep(0.01)
            worst = max(worst, time.monotonic() - before - 0.01)

    beating = spawn("beat", beat)
    begun = time.monotonic()
    from django.contrib.auth.hashers import make_password

    jobs = [spawn("sign-in", make_password, f"secret {n}", None, "pbkdf2_sha256") for n in range(4)]
    for job in jobs:
        job.join(60)
    took = time.monotonic() - begun
    stop.set()
    beating.join(5)
    return {
        "worst": worst,
        "took": took,
        "errors": [repr(j.error) for j in jobs if j.error],
    }


def connections() -> object:
    """Two hundred jobs use the ORM and end, with the garbage collector off."""
    from django.db import connection
    from dj_db_conn_pool.core import pool_container

    gc.disable()

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    jobs = [spawn("ask", ask) for _ in range(200)]
    ended = all(job.join(30) for job in jobs)
    return {
        "ended": ended,
        "held": pool_container.get("default").checkedout(),
        "errors": [repr(j.error) for j in jobs if j.error],
    }


def context() -> object:
    """A job sees its caller's context variables; what it sets is not seen outside."""
    who: contextvars.ContextVar[str] = contextvars.ContextVar("who", default="nobody")
    seen: list[str] = []

    def look(name: str) -> None:
        seen.append(who.get())
        who.set(name)

    who.set("caller")
    for name in ("a", "b"):
        spawn("look", look, name).join(5)
    return {"seen": seen, "after": who.get()}


def natively() -> object:
    """A native function is waited for cooperatively, and returns its value or raises its error."""
    value = in_native_thread(hashlib.sha256, b"x").hexdigest()
    try:
        in_native_thread(int, "x")
    except ValueError as error:
        raised = type(error).__name__
    return {"value": value, "raised": raised}


SCENES = {scene.__name__: scene for scene in (blocked, hashing, connections, context, natively, silence)}

answer(lambda name: SCENES[name]())
