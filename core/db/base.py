"""The pooled PostgreSQL backend, for many short-lived wrappers and visits.

Django makes one wrapper per thread, and under gevent a request is a thread. django-db-connection-pool
builds a class anew for each wrapper: three kilobytes that only the garbage collector can free. Here that
class is made once, and the parts of a wrapper point back at it weakly: it goes with its request or job, and not
with a garbage collection, which stops the event loop the longer the more there is to find.

A connection is looked at before it leaves the pool. An idle one has nothing to say unless PostgreSQL has ended
it: only then is it asked, which costs a round trip.
"""

from __future__ import annotations

import weakref
from typing import Any

from dj_db_conn_pool.backends.postgresql import base
from dj_db_conn_pool.core.mixins import DatabasePoolWrapperMixin
from dj_db_conn_pool.core.mixins.creation import DatabaseCreationMixin
from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.utils import DatabaseErrorWrapper
from django.utils.functional import cached_property

from core.runtime import has_news


class PooledCreation(DatabaseCreationMixin, DatabaseCreation):  # type: ignore[misc]
    """Makes and drops test databases; lets go of the pool before."""


class Dialect(base.DatabaseWrapper.SQLAlchemyDialect):  # type: ignore[misc]
    """How SQLAlchemy's pool finds out whether a connection still serves."""

    def do_ping(self, dbapi_connection: Any) -> bool:
        return not has_news(dbapi_connection.fileno()) or bool(super().do_ping(dbapi_connection))


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    creation_class = PooledCreation
    SQLAlchemyDialect = Dialect

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Past the pool's own __init__, which does nothing but build the class.
        super(DatabasePoolWrapperMixin, self).__init__(*args, **kwargs)
        whole = weakref.proxy(self)
        for part in (
            self.client,
            self.creation,
            self.features,
            self.introspection,
            self.ops,
            self.validation,
        ):
            part.connection = whole

    @cached_property
    def wrap_database_errors(self) -> DatabaseErrorWrapper:
        return DatabaseErrorWrapper(weakref.proxy(self))
