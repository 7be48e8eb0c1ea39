"""The pooled PostgreSQL backend, for many short-lived wrappers.

Django makes one wrapper per thread, and under gevent a request is a thread. django-db-connection-pool
builds a class anew for each wrapper: three kilobytes that only the garbage collector can free. Here that
class is made once.
"""

from __future__ import annotations

from typing import Any

from dj_db_conn_pool.backends.postgresql import base
from dj_db_conn_pool.core.mixins import DatabasePoolWrapperMixin
from dj_db_conn_pool.core.mixins.creation import DatabaseCreationMixin
from django.db.backends.postgresql.creation import DatabaseCreation


class PooledCreation(DatabaseCreationMixin, DatabaseCreation):  # type: ignore[misc]
    """Makes and drops test databases; lets go of the pool before."""


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    creation_class = PooledCreation

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Past the pool's own __init__, which does nothing but build the class.
        super(DatabasePoolWrapperMixin, self).__init__(*args, **kwargs)
