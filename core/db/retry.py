"""Outlast the database's short outages."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import Error as DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.db.pool import release

T = TypeVar("T")


def patiently(step: Callable[[], T]) -> T:
    """Try a database step again for a while: a run must not be lost to a short outage."""
    for pause in (0.2, 0.5, 1, 2, 4, 8, 8, 0):
        try:
            return step()
        except (DatabaseError, PoolTimeout):
            release()
            if not pause:
                raise
            time.sleep(pause)
    raise AssertionError("unreachable")
