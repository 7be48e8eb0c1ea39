"""gunicorn's configuration, and the place where the process is made cooperative.

Before the patch only the standard library is imported, which it changes in place, and what reads settings
with nothing else. ``WORKER_CLASS=gthread`` patches nothing and runs the same code on 3 × 32 threads: the
roll-back needs no other change.
"""

import gc
import os
import resource
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from config import boot, capacity, env

env.load()
_kind = env.choice("WORKER_CLASS", ("gevent", "gthread"), default="gevent")
if _kind == "gevent":
    from gevent import monkey

    # SIGHUP has this file read again, in a process that has since done its work.
    is_first = not monkey.is_module_patched("socket")
    monkey.patch_all()
    from psycogreen.gevent import patch_psycopg

    patch_psycopg()
    if is_first and (too_early := boot.came_too_early(monkey)):
        sys.exit(f"fortune: refusing to start: {'; '.join(too_early)}")

# Not before the patch: this imports more than the standard library.
from core.ops import logs  # noqa: E402

# An IPv6 address stands in brackets here, however it was given.
_host = env.text("HOST", default="127.0.0.1").strip("[]")
_port = env.integer("PORT", default=8000, minimum=1, maximum=65_535)
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
# gunicorn's own workers with a graceful shutdown and bounded waits (core/runtime/workers).
worker_class = (
    "core.runtime.workers.gevent_worker.GeventWorker"
    if _kind == "gevent"
    else "core.runtime.workers.thread_worker.ThreadWorker"
)
wsgi_app = "config.wsgi:application"

max_streams = env.integer("MAX_STREAMS", default=2000, minimum=1)
if _kind == "gevent":
    workers = env.integer("WEB_CONCURRENCY", default=capacity.cores(), minimum=1)
    worker_connections = capacity.connections(max_streams)
else:
    workers = env.integer("WEB_CONCURRENCY", default=3, minimum=1)
    threads = capacity.THREADS

# Each stream takes two descriptors: the browser's socket and the provider's.
_soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (_hard, _hard))

# Each worker writes its metrics to files here, and any of them answers /metrics for all.
_metrics = Path("var") / "metrics" / f"{_host}-{_port}".replace(":", "-")
try:
    _metrics.mkdir(parents=True, exist_ok=True)
    (_metrics / ".writable").touch()
except OSError as error:
    sys.exit(f"fortune: {_metrics.absolute()} can't be written to: {error.strerror}")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_metrics.absolute())

backlog = 2048
keepalive = 5
# Streams finish or are handed over within this time after SIGTERM (core/streams/cluster).
graceful_timeout = env.integer("GRACEFUL_TIMEOUT", default=30, minimum=5)
# The watchdog of last resort: a worker whose event loop has not moved for this long is killed. A worker on its
# way out can't say that it lives any more, so it must be longer than the grace.
timeout = graceful_timeout + 15
# Workers that a reload has replaced stay until their last run has ended, and say meanwhile that they live.
_longest_run = env.seconds("AI_TOTAL_TIMEOUT", default=180)
# max_requests is never used: it would cut streams. Recycle with SIGHUP.
control_socket_disable = True
# No header of a request says where the site is mounted; gunicorn would believe SCRIPT_NAME from this machine.
forwarder_headers = ""
accesslog = None
logger_class = "core.runtime.workers.server_log.ServerLog"
errorlog = "-"
# The master's lines look like the workers', which follow Django's LOGGING: the same.
loglevel = env.choice("LOG_LEVEL", ("debug", "info", "warning", "error"), default="info")
logconfig_dict = logs.config(
    json=env.choice("LOG_FORMAT", ("json", "text"), default="json") == "json", level=loglevel.upper()
)


def on_starting(server: Any) -> None:
    """Once in each master, refuse settings that can't be read and delete the metrics of an earlier master."""
    from core.runtime.workers.shutdown import Notices

    server.notices = Notices()
    if _kind == "gevent":
        from core.runtime.workers.accepting import Loads

        server.loads = Loads()
    # In a process of its own. A master without Django has its workers read the code anew after SIGHUP.
    if subprocess.run([sys.executable, "-m", "config.boot"], check=False).returncode:
        sys.exit(1)
    for file in _metrics.glob("*.db"):
        file.unlink()


def when_ready(server: Any) -> None:
    """Once in each master, after it has opened its sockets and set its signal handlers."""
    from core.runtime.workers.shutdown import note_stops

    note_stops(server)
    for listener in server.LISTENERS:  # a connection has the buffer of the socket that took it
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, capacity.SEND_BUFFER)


def on_reload(server: Any) -> None:
    """Before the new workers are started, note that those of now are replaced."""
    if server.notices.is_stopping:
        raise StopIteration  # as gunicorn's own answer to SIGTERM does, which waits behind this reload
    server.notices.replace(server.worker_age)


def post_fork(server: Any, worker: Any) -> None:
    # Imports make only what stays, and walking that again and again took a fifth of a worker's start. garbage.settle
    # switches collections on again.
    gc.disable()
    from core.runtime.workers.client_waits import ClientWaits

    worker.notices, worker.longest_run = server.notices, _longest_run
    if _kind == "gevent":
        worker.loads = server.loads
    most, most_per_address = capacity.CLIENT_WAITS[_kind]
    worker.waits = ClientWaits(most=most, most_per_address=most_per_address)


def post_worker_init(worker: Any) -> None:
    """Refuse to serve from a process that is not set up as it must be; then start the housekeeping."""
    from django.apps import apps
    from django.conf import settings

    from core import streams
    from core.limits import addresses
    from core.llm.registry import providers
    from core.runtime import database_waits, garbage, patch, spawn
    from core.security import rotation

    if _kind == "gevent":
        wrong = patch.problems()
        for problem in wrong:
            worker.log.error("refusing to boot: %s", problem)
        if wrong:
            sys.exit(3)  # gunicorn's WORKER_BOOT_ERROR: the master stops instead of trying for ever
        # PostgreSQL's own limit comes first; without one here it is the role's or the pooler's.
        database_waits.bound_waits((settings.STATEMENT_TIMEOUT or 30_000) / 1000 + 5)
    # Pydantic, of which the SDKs are made, would look for plugins in the metadata of every package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # The SDKs take seconds to import, so import them before the first reading, and the first visitor's own key.
    providers().own("no key, and nothing is asked")
    garbage.settle(is_idle=lambda: streams.stream_count() == 0)
    apps.get_app_config("core").watchdog().start()  # type: ignore[attr-defined]
    worker.address_of = addresses.neighbourhood
    worker.sees_visitors = not settings.TRUSTED_PROXY_COUNT
    worker.is_busy = lambda: streams.stream_count() > 0
    worker.carries = streams.stream_count
    streams.start_worker(stage=worker.stage)
    spawn("keys", rotation.announce)  # it asks the database, which may be away


def worker_exit(server: Any, worker: Any) -> None:
    """Let the runs that no browser holds open finish or be handed over before the process goes."""
    from core import streams

    streams.drain(seconds=graceful_timeout / 2)


def child_exit(server: Any, worker: Any) -> None:
    """Remove a dead worker's gauges, so that they are not added to the living ones', and its load."""
    from prometheus_client import multiprocess

    if _kind == "gevent":
        server.loads.forget(worker.age)
    try:
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
    except OSError as error:  # the master would end with it
        server.log.warning("the gauges of worker %s stay: %s", worker.pid, error)
