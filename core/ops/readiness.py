"""Check within a deadline what a worker needs to serve: a few short statements, and one key of the cache.

The answer names conditions only: no host, no version, no count of anything.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from django.apps import apps
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import DatabaseError, ProgrammingError
from django.db.models import Model

from core.db import pool
from core.db.pool import PoolTimeout
from core.redis.cache import CACHE_ERRORS
from core.runtime import TooManyJobs, spawn
from core.security import crypto
from core.security.fields import encrypted_columns
from core.streams import Run, is_draining, load

# Platforms' probes give up after five seconds or more.
DEADLINE: Final = 3.0
# Seconds for which an answer of PostgreSQL is kept: a flood of probes makes no flood of connections.
KEPT_FOR: Final = 1.0
# A standby is read-only as well, and so is an account that may not write.
CONDITION: Final = """
    SELECT current_setting('transaction_read_only')::boolean OR NOT has_table_privilege(%s, 'INSERT'),
        current_setting('statement_timeout')
"""


class DatabaseProbe:
    """PostgreSQL's condition as one process knows it; core/apps.py owns it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[bool, str] = (False, "")
        self._asked_at = float("-inf")

    def condition(self) -> tuple[bool, str]:
        """Return whether it refuses writes, and its limit for a statement, as they were at most a second ago.

        Raises the database's errors.
        """
        with self._lock:
            if time.monotonic() - self._asked_at > KEPT_FOR:
                read_only, timeout = pool.fetch_outside_pool(CONDITION, [Run._meta.db_table])
                self._known, self._asked_at = (read_only, timeout), time.monotonic()
            return self._known


@dataclass(slots=True)
class Readiness:
    """One word for each condition. ``statement_timeout``, ``load`` and keys that open a part are told, and no failure."""

    database: str = "slow"
    statement_timeout: str = "unknown"
    keys: str = "unknown"
    cache: str = "slow"
    static: str = "ok"
    worker: str = "ok"
    load: float = field(default_factory=load)

    @property
    def is_ready(self) -> bool:
        needed = {self.database, self.cache, self.static, self.worker}
        return needed == {"ok"} and self.keys != "wrong"


def examine(*, deadline: float = DEADLINE) -> Readiness:
    """Look at everything, and call ``slow`` what has not answered after ``deadline`` seconds."""
    found = Readiness()
    if not getattr(staticfiles_storage, "hashed_files", True):
        found.static = "no manifest"
    if is_draining():
        found.worker = "draining"
    until = time.monotonic() + deadline
    looks: tuple[Callable[[Readiness], None], ...] = (_look_at_database, _look_at_cache)
    try:
        jobs = [spawn("readiness", look, found) for look in looks]
    except TooManyJobs:
        return found
    for job in jobs:
        job.join(max(0.0, until - time.monotonic()))
    return found


def _look_at_database(found: Readiness) -> None:
    try:
        probe: DatabaseProbe = apps.get_app_config("core").probe  # type: ignore[attr-defined]
        read_only, timeout = probe.condition()
        found.statement_timeout = "none" if timeout == "0" else "ok"
        found.keys = _keys()
        found.database = "read-only" if read_only else "ok"
    except ProgrammingError:
        found.database = "not migrated"
    except (DatabaseError, PoolTimeout):
        found.database = "away"


def _keys() -> str:
    """Try the first and the last row, by their ids, of each table that has encrypted columns."""
    opened = [
        _opens(model, [field.name for field in fields], order)
        for model, fields in encrypted_columns()
        for order in ("-pk", "pk")
    ]
    tried = [answer for answer in opened if answer is not None]
    if all(tried):
        return "ok"
    return "partly" if any(tried) else "wrong"


def _opens(model: type[Model], names: list[str], order: str) -> bool | None:
    """Return whether the keys open the first row in this order; None where it holds nothing encrypted."""
    try:
        row = model._base_manager.order_by(order).values_list(*names).first()
    except crypto.Undecryptable:
        return False
    return True if row and any(row) else None


def _look_at_cache(found: Readiness) -> None:
    token = secrets.token_hex(8)
    try:
        cache.set(f"readyz:{token}", token, 5)
        found.cache = "ok" if cache.get(f"readyz:{token}") == token else "away"
    except CACHE_ERRORS:
        found.cache = "away"
