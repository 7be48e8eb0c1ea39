"""Concurrency: background jobs, native threads, cooperative sockets, the watchdog of the event loop.

Under the gevent worker the standard library is patched and these are greenlets; under gthread they
are threads. With ``gunicorn.conf.py`` this is the only room that may name gevent: everywhere else
concurrency is plain ``threading`` and ``queue``.
"""

from __future__ import annotations

from core.runtime.jobs import Job, TooManyJobs, running_jobs, spawn
from core.runtime.native import in_native_thread
from core.runtime.patch import is_patched
from core.runtime.process import PerProcess
from core.runtime.sockets import (
    detached_socket,
    is_disconnected,
    is_readable,
    on_hangup,
    on_writable,
    recv_now,
    shut_down,
)
from core.runtime.watchdog import Watchdog
from core.runtime.workers.detach import DETACH, Detachable
from core.runtime.workers.shutdown import Stage

__all__ = [
    "DETACH",
    "Detachable",
    "Job",
    "PerProcess",
    "Stage",
    "TooManyJobs",
    "Watchdog",
    "detached_socket",
    "in_native_thread",
    "is_disconnected",
    "is_patched",
    "is_readable",
    "on_hangup",
    "on_writable",
    "recv_now",
    "running_jobs",
    "shut_down",
    "spawn",
]
