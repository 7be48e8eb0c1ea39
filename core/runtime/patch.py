"""Was this process patched, and early enough?

``gunicorn.conf.py`` patches in its first statements. A module imported before that holds native
locks, sockets and thread-locals for ever, which shows up hours later as a hung worker; so the worker
refuses to boot instead, and names the module.
"""

from __future__ import annotations

import sys

# What gunicorn itself needs before it reads its configuration file.
_MAY_COME_FIRST = {
    "__config__",  # the configuration file itself
    "_distutils_hack",
    "gevent",
    "greenlet",
    "gunicorn",
    "packaging",
    "psutil",
    "zope",
}
_PATCHED = ("socket", "ssl", "threading", "queue", "select", "time", "subprocess")


def is_patched() -> bool:
    """Whether the standard library was made cooperative in this process."""
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and monkey.is_module_patched("socket")


def problems() -> list[str]:
    """Everything about this process that would make a greenlet block or leak, one sentence each."""
    monkey = sys.modules.get("gevent.monkey")
    if monkey is None:
        return ["gevent.monkey was never imported: nothing is patched"]
    found = [f"{name} is not patched" for name in _PATCHED if not monkey.is_module_patched(name)]
    found += [f"{name} was imported before the patch" for name in _imported_before_patch()]

    import psycopg2.extensions

    if psycopg2.extensions.get_wait_callback() is None:
        found.append("psycopg2 has no wait callback: psycogreen did not patch it")
    if not _connection_storage_is_cooperative():
        found.append("django.db.connections lives in a native thread-local: Django came before the patch")
    return found


def _imported_before_patch() -> list[str]:
    """Third-party and own packages that stand before the patch in import order."""
    early: dict[str, None] = {}
    for name in sys.modules:
        if name == "gevent.signal":  # patch_all imports it, and nothing of ours does
            break
        top = name.partition(".")[0]
        own_file = getattr(sys.modules[name], "__file__", None)
        if (
            top not in _MAY_COME_FIRST
            and top not in sys.stdlib_module_names
            and own_file
            and top != "__main__"
        ):
            early[top] = None
    return [name for name in early if not name.startswith(("__editable__", "_cython", "cython"))]


def _connection_storage_is_cooperative() -> bool:
    """Whether two greenlets see two values in the storage under ``django.db.connections``."""
    import gevent
    from django.db import connections

    storage = connections._connections  # type: ignore[attr-defined]
    storage.patch_probe = "main"
    try:
        return bool(gevent.spawn(lambda: not hasattr(storage, "patch_probe")).get(timeout=1))
    finally:
        del storage.patch_probe
