"""The pooled PostgreSQL backend, for many short-lived wrappers.

Django makes one wrapper per thread, and under gevent a request is a thread. django-db-connection-pool
builds a new class for each wrapper: three kilobytes that only the garbage collector can free. Here that class is
made once, and the parts of a wrapper refer to it weakly: it is freed with its request or job, and not by a
garbage collection, which stops the event loop for longer the more it finds.

A connection is looked at before it leaves the pool. An idle one has nothing to say unless PostgreSQL has ended
it: only then is it asked, which costs a round trip.

Time limits for statements go with the connection's start-up packet, because a pooler in transaction mode keeps
nothing that is set later. One that refuses start-up options gets connections without them: the site serves, and
``/readyz`` and ``manage.py doctor`` say when nothing else bounds a statement.
"""

from __future__ import annotations

import logging
import weakref
from types import TracebackType
from typing import Any, Final, Self

from dj_db_conn_pool.backends.postgresql import base
from dj_db_conn_pool.core.mixins import DatabasePoolWrapperMixin
from dj_db_conn_pool.core.mixins.creation import DatabaseCreationMixin
from django.conf import settings
from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.utils import DatabaseErrorWrapper
from django.utils.functional import cached_property
from prometheus_client import Histogram

from core.db import errors
from core.runtime import is_readable

log = logging.getLogger(__name__)

# How long a migration may wait for a lock: all queries on the table wait behind it meanwhile.
LOCK_TIMEOUT: Final = "5s"
# How long one of its statements may take; the site's own limit is for requests.
MIGRATION_TIMEOUT: Final = "15min"

pool_wait = Histogram(
    "fortune_database_pool_wait_seconds",
    "Seconds until the pool gave a connection, or gave up",
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)


class PooledCreation(DatabaseCreationMixin, DatabaseCreation):  # type: ignore[misc]
    """Creates and drops test databases; closes the pool first."""


class Dialect(base.DatabaseWrapper.SQLAlchemyDialect):  # type: ignore[misc]
    """SQLAlchemy's dialect, with a ping that seldom needs a round trip."""

    def do_ping(self, dbapi_connection: Any) -> bool:
        return not is_readable(dbapi_connection.fileno()) or bool(super().do_ping(dbapi_connection))


class SchemaEditor(DatabaseSchemaEditor):
    """Changes tables while the site serves: a migration that gets no lock in time fails, and can be run again.

    The limits hold for the migration's transaction, so they pass any pooler. A migration that is not atomic
    (``CREATE INDEX CONCURRENTLY``) blocks nobody, and keeps the limits of its connection.
    """

    def __enter__(self) -> Self:
        super().__enter__()
        if self.atomic_migration:
            self.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            self.execute(f"SET LOCAL statement_timeout = '{MIGRATION_TIMEOUT}'")
        return self


class ErrorWrapper(DatabaseErrorWrapper):
    """Django's translation of errors, without what they tell of rows; a connection that can't write is used up."""

    wrapper: DatabaseWrapper

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if isinstance(error, self.wrapper.Database.Error):
            errors.leave_only_sentence(error)
            self.wrapper.is_used_up |= errors.is_read_only(error)
        super().__exit__(kind, error, traceback)


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    creation_class = PooledCreation
    SchemaEditorClass = SchemaEditor
    SQLAlchemyDialect = Dialect
    # The connection is closed instead of given back: after a failover the next one reaches the new primary.
    is_used_up = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Skips the pool's own __init__, which only builds the class (docs/decisions/011-private-apis.md).
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

    def _get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        are_ours = conn_params.get("options") == settings.STARTUP_OPTIONS
        try:
            return super()._get_new_connection(conn_params)
        except self.Database.OperationalError as error:
            if not are_ours or "unsupported startup parameter" not in str(error):
                raise
        # The pool makes every connection from this one dictionary, others (``pool.fetch_outside_pool``) start from the settings,
        # which all connections of this process share. Those that are being made beside this one were refused as well.
        conn_params.pop("options", None)
        if self.settings_dict["OPTIONS"].pop("options", None):
            log.warning("database: pooler refuses start-up options, connecting without statement_timeout")
        return super()._get_new_connection(conn_params)

    def get_new_connection(self, conn_params: Any) -> Any:
        with pool_wait.time():
            return super().get_new_connection(conn_params)

    def _close(self) -> None:
        if self.is_used_up and self.connection is not None:
            self.connection.invalidate()
        self.is_used_up = False
        super()._close()

    @cached_property
    def wrap_database_errors(self) -> ErrorWrapper:
        return ErrorWrapper(weakref.proxy(self))
