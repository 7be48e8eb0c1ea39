"""The check that this process is patched, as far as a booted worker can tell.

``gunicorn.conf.py`` patches in its first statements and refuses to start when something came before
(config/boot.py). Here a worker looks again at what only shows once Django and the driver are there.
"""

from __future__ import annotations

import sys

_PATCHED = ("socket", "ssl", "threading", "queue", "select", "time", "subprocess")


def is_patched() -> bool:
    """Return whether the standard library was made cooperative in this process."""
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and monkey.is_module_patched("socket")


def problems() -> list[str]:
    """Return everything about a booted worker that would make a greenlet block or leak, one sentence each."""
    monkey = sys.modules.get("gevent.monkey")
    if monkey is None:
        return ["gevent.monkey was never imported: nothing is patched"]
    found = [f"{name} is not patched" for name in _PATCHED if not monkey.is_module_patched(name)]

    import psycopg2.extensions

    if psycopg2.extensions.get_wait_callback() is None:
        found.append("psycopg2 has no wait callback: psycogreen did not patch it")
    if not _connection_storage_is_cooperative():
        found.append("django.db.connections lives in a native thread-local: Django came before the patch")
    return found


def _connection_storage_is_cooperative() -> bool:
    """Return whether two greenlets see two values in the storage under ``django.db.connections``."""
    import gevent
    from django.db import connections

    storage = connections._connections  # type: ignore[attr-defined]
    storage.patch_probe = "main"
    try:
        return bool(gevent.spawn(lambda: not hasattr(storage, "patch_probe")).get(timeout=1))
    finally:
        del storage.patch_probe
