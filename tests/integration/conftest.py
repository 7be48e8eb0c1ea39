"""What runs behind a request here is at rest before its test ends, and before the database is dropped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import pytest_django

from core.runtime import jobs


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    yield
    from core.streams.node import install

    if (left := install(None)) is not None:
        left.drain(seconds=0)
        left.close()
    for job in jobs():
        assert job.name != "heartbeat" or job.join(30), "the heartbeat does not end"
    with django_db_blocker.unblock():
        _lock_out_latecomers()


def _lock_out_latecomers() -> None:
    """Nobody but who drops the test database may use it: the follower, say, never ends and may just be asking."""
    from dj_db_conn_pool.core import pool_container
    from django.db import connection

    connection.close()
    pool_container.dispose()
    name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"ALTER DATABASE {connection.ops.quote_name(name)} ALLOW_CONNECTIONS false")
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name]
        )
