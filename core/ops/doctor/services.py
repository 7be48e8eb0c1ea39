"""The services: PostgreSQL, its pool, replica and migrations, Redis, the cache."""

from __future__ import annotations

import secrets
import time
from ipaddress import ip_address
from typing import Final

from django.core.cache import cache
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from core import redis
from core.db import replica as lists
from core.db.pool import PoolTimeout
from core.ops.doctor.verdicts import Doubtful, Wrong

# Bytes of the log that a replica beside its primary replays within a moment.
FAR_BEHIND: Final = 16 * 1024 * 1024


def database() -> str:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('statement_timeout')")
        version, limit = cursor.fetchone()
    found = f"PostgreSQL {version}, {(time.perf_counter() - began) * 1000:.0f} ms"
    if limit == "0":
        raise Doubtful(
            f"{found}: no statement_timeout (a pooler refuses ours, or it is set to 0), so a lost query runs on:"
            " ALTER ROLE … SET statement_timeout = '10s' (docs/deploying.md)"
        )
    host = str(connection.settings_dict["HOST"] or "")
    if host and not host.startswith("/") and not _is_address(host):
        raise Doubtful(f"{found}: {host} is a name, and libpq looks names up while nothing else moves")
    return f"{found}, statement_timeout {limit}"


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost"
    return True


def write_ahead_log() -> str:
    """Say what decides how much PostgreSQL logs for a reading (docs/scale.md). Other settings are dearer, and not wrong."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('wal_compression'), current_setting('checkpoint_timeout'),"
            " current_setting('max_wal_size')"
        )
        compression, seconds, size = cursor.fetchone()
    said = f"wal_compression {compression}, a checkpoint every {seconds} or {size}"
    return (
        said
        if compression != "off"
        else f"{said}; lz4 or pglz would spare half of a page (docs/operations.md)"
    )


def pool() -> str:
    options = connection.settings_dict.get("POOL_OPTIONS", {})
    if connection.settings_dict["ENGINE"] != "core.db":
        raise Wrong("the database has no bounded pool: every request may open a connection")
    if options.get("MAX_OVERFLOW") != 0 or not options.get("TIMEOUT"):
        raise Wrong("the pool is not bounded, or waits for ever")
    if not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        raise Wrong("DISABLE_SERVER_SIDE_CURSORS is off: a pooler in transaction mode would break")
    return f"{options['POOL_SIZE']} connections a worker, waits {options['TIMEOUT']} s at most"


def replica() -> str:
    """Look at the replica of ``DATABASE_REPLICA_URL``. The site serves without it, so nothing about it is wrong."""
    if not lists.is_configured():
        return "none, history is read from the primary"
    with connection.cursor() as cursor:
        cursor.execute(lists.POSITION)
        position, identity = cursor.fetchone()
    try:
        with connections[lists.NAME].cursor() as cursor:
            cursor.execute(
                "SELECT pg_is_in_recovery() AND %s IS NOT NULL, pg_wal_lsn_diff(%s, pg_last_wal_replay_lsn()), "
                f"{lists.IDENTITY}",
                [position, position],
            )
            follows, behind, copy_of = cursor.fetchone()
    except (DatabaseError, PoolTimeout) as error:
        raise Doubtful(f"away, history is read from the primary: {error}".splitlines()[0]) from None
    if not follows or copy_of != identity:
        raise Doubtful("DATABASE_REPLICA_URL is no replica of DATABASE_URL: history is read from the primary")
    if behind > FAR_BEHIND:
        raise Doubtful(f"{behind} bytes behind: history is read from the primary")
    return f"{max(0, behind)} bytes behind"


def migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in waiting[:5])
        raise Wrong(f"{len(waiting)} not applied: {names}")
    return "all applied"


def redis_server() -> str:
    began = time.perf_counter()
    info = redis.client().info()
    found = f"{info.get('server_name', 'redis')} {info.get('valkey_version', info['redis_version'])}"
    found += f", {(time.perf_counter() - began) * 1000:.0f} ms"
    if info.get("maxmemory") and info.get("maxmemory_policy") != "noeviction":
        raise Doubtful(f"{found}: {info['maxmemory_policy']} may throw away what is being written")
    return found


def cache_answers() -> str:
    token = secrets.token_hex(8)
    cache.set(f"doctor:{token}", token, 5)
    if cache.get(f"doctor:{token}") != token:
        raise Wrong("what is put into the cache does not come out")
    return "sets and gets"
