"""Checks before the server starts: nothing was imported before the patch, and the settings can be read.

A lock, a socket or ``time.sleep`` that a module took from the standard library before the patch blocks the whole
worker for ever after, which shows up hours later as a hang. So the start is refused instead, with the name of the
module. A module that was imported early and holds nothing of the kind is fine: Debian's Python imports
its ``sitecustomize``, an editable install its finder.

gunicorn's master goes on holding this module when SIGHUP brings new code, so it imports nothing of ours but
``config.env``.
"""

from __future__ import annotations

import _thread
import functools
import gc
import importlib
import os
import sys
import threading
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

# The names that block or tell native threads apart, by the module they are taken from. Python's own queues, events and
# thread classes are missing: they look up their locks when they are made, and find the cooperative ones.
_BLOCKING = {
    "_thread": ("LockType", "RLock", "_local", "allocate_lock", "get_ident", "lock", "start_new_thread"),
    "threading": ("Lock", "_CRLock", "get_ident", "local"),
    "queue": ("SimpleQueue",),
    "time": ("sleep",),
    "select": ("epoll", "kqueue", "poll", "select"),
    "selectors": ("DefaultSelector", "EpollSelector", "KqueueSelector", "PollSelector"),
    "socket": (
        *("SocketType", "fromfd", "socket", "socketpair"),
        *("getaddrinfo", "getfqdn", "gethostbyaddr", "gethostbyname", "gethostbyname_ex", "getnameinfo"),
    ),
    "ssl": ("SSLContext", "SSLSocket"),
    "subprocess": ("Popen",),
    "os": ("fork", "forkpty", "waitpid"),
}


def came_too_early(monkey: ModuleType) -> list[str]:
    """Return what was there before ``monkey`` patched and will block, one sentence each.

    To be asked right after the patch: later, modules that came early hold what came late as well.
    """
    if not monkey.is_module_patched("socket"):
        return ["the standard library is not patched"]
    running = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
    found = [f"the thread {name} was started before the patch" for name in running]
    if not found and _thread._count():
        found.append("a thread was started before the patch")
    told = set()
    for owner, what in _held(_early_modules(monkey), monkey.saved):
        package = owner.partition(".")[0]
        if package not in told:
            told.add(package)
            found.append(f"{owner} was imported before the patch and holds {what}")
    return found


def _early_modules(monkey: ModuleType) -> dict[str, ModuleType]:
    """Return the third-party and own modules that stand before the patch in import order.

    The patch answers for the standard library, and its own package holds the originals on purpose.
    """
    package = monkey.__name__.partition(".")[0]
    early = {}
    for name, module in list(sys.modules.items()):
        if name == f"{package}.signal":  # the patch imports it, and nothing of ours does
            break
        top = name.partition(".")[0]
        if top != package and top not in sys.stdlib_module_names and getattr(module, "__file__", None):
            early[name] = module
    return early


def _held(early: dict[str, ModuleType], saved: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Walk all that these modules refer to; give the owning module and the name of each original it holds."""
    originals = {
        id(saved[module][name]): f"{module}.{name}"
        for module, names in _BLOCKING.items()
        for name in names
        if name in saved.get(module, {})
    }
    types = tuple(
        thing
        for module in saved.values()
        for thing in module.values()
        if id(thing) in originals and isinstance(thing, type)
    )
    # A function refers to the namespace of its module, and a decorated one is said to be of another module.
    seen = {id(getattr(module, "__dict__", None)) for module in list(sys.modules.values())}
    waiting: list[tuple[str, object]] = [(name, vars(module)) for name, module in early.items()]
    while waiting:
        owner, holder = waiting.pop()
        for thing in gc.get_referents(holder):
            kind = type(thing)
            if id(thing) in originals:
                yield owner, originals[id(thing)]
            elif id(thing) in seen:
                continue
            elif issubclass(kind, types):
                yield owner, f"a {kind.__module__}.{kind.__qualname__}"
            elif issubclass(kind, (type, FunctionType)):
                # Code of the standard library, and what others made later, is not theirs.
                if thing.__module__ in early:
                    waiting.append((thing.__module__, thing))
            # Python 3.11 puts a lock into each cached property, which its own thread passes at any time.
            elif not issubclass(kind, (ModuleType, functools.cached_property)):
                waiting.append((owner, thing))
            seen.add(id(thing))


def main() -> None:
    """Import the settings; one that can't be read ends this process with its sentence."""
    importlib.import_module(os.environ.get("DJANGO_SETTINGS_MODULE") or "config.settings.production")


if __name__ == "__main__":
    main()
