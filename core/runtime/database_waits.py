"""Deadlines for waits on PostgreSQL.

psycogreen's waits have none: a dead network is noticed by the kernel after a quarter of an hour, a PostgreSQL
that hangs never. Meanwhile the connection is missing from the pool, and the job that waits (the heartbeat loop,
say, on which other workers rely) does nothing else.
"""

from __future__ import annotations

import time
from typing import Any


def bound_waits(seconds: float) -> None:
    """End every wait on a connection (connecting, a query) after ``seconds`` with an OperationalError.

    For processes whose psycopg2 is cooperative. psycopg2 closes the connection then; PostgreSQL ends the query
    by its own ``statement_timeout``, which must be the shorter one.
    """
    import psycopg2
    from gevent.socket import wait_read, wait_write
    from psycopg2 import extensions

    waits = {extensions.POLL_READ: wait_read, extensions.POLL_WRITE: wait_write}

    def wait(connection: Any) -> None:
        until = time.monotonic() + seconds
        while (state := connection.poll()) != extensions.POLL_OK:
            if state not in waits:
                raise psycopg2.OperationalError(f"psycopg2 can't be waited for: poll says {state}")
            late = psycopg2.OperationalError(f"PostgreSQL has not answered for {seconds:g} s")
            waits[state](connection.fileno(), timeout=max(0.001, until - time.monotonic()), timeout_exc=late)

    extensions.set_wait_callback(wait)
