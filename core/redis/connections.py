"""The Redis client: one per process, short time-outs, no hidden retries.

With ``REDIS_SENTINELS`` the host in ``REDIS_URL`` is the name under which Sentinel knows the primary, here and
for the cache (``PrimaryPool``, named in settings).
"""

from __future__ import annotations

from typing import Any, Self
from urllib.parse import urlsplit

import redis
from django.apps import apps
from django.conf import settings
from redis.backoff import NoBackoff
from redis.connection import ConnectionPool, DefaultParser
from redis.retry import Retry
from redis.sentinel import (
    Sentinel,
    SentinelConnectionPool,
    SentinelManagedConnection,
    SentinelManagedSSLConnection,
)

from core.runtime import is_readable


class Parser(DefaultParser):  # type: ignore[misc,valid-type]
    """redis-py's parser, with a cheaper check, before each command, that the connection was not closed.

    Under gevent redis-py's own ``poll`` goes through the event loop, which is a quarter of a command's cost.
    """

    def can_read(self, timeout: float = 0) -> bool:
        sock, reader = self._sock, self._reader
        if timeout == 0 and sock is not None and reader is not None:
            held = reader.has_data() or (hasattr(sock, "pending") and sock.pending())
            if not held and not is_readable(sock.fileno()):
                return False
        return bool(super().can_read(timeout))


class PrimaryPool(SentinelConnectionPool):
    """Connections to the server that Sentinel names as the primary when each is made.

    Replicas are never read: they may not have yet what was just written.
    """

    @classmethod
    def from_url(cls, url: str, **options: Any) -> Self:
        """Build a pool that asks each sentinel once and briefly: a dead one must not delay the next."""
        secure = urlsplit(url).scheme == "rediss"
        sentinel = Sentinel(  # type: ignore[no-untyped-call]
            settings.REDIS_SENTINELS,
            sentinel_kwargs={
                "password": settings.REDIS_SENTINEL_PASSWORD or None,
                "ssl": secure,
                "socket_connect_timeout": 1,
                "socket_timeout": 1,
                "retry": _no_retry(),
            },
        )
        return super().from_url(
            url,
            connection_class=SentinelManagedSSLConnection if secure else SentinelManagedConnection,
            service_name=service_name(url),
            sentinel_manager=sentinel,
            **options,
        )


def service_name(url: str) -> str:
    """Return the host of a URL as it is written: Sentinel's names are case-sensitive."""
    return urlsplit(url).netloc.rpartition("@")[2].partition(":")[0]


def client() -> redis.Redis:
    """Return the client of this process (core/apps.py). Replies are bytes.

    A command fails after one second and is not retried: the caller decides what a missing Redis means
    (core/streams/production/batcher.py shows the text all the same).
    """
    found: redis.Redis = apps.get_app_config("core").redis()  # type: ignore[attr-defined]
    return found


def connect(url: str | None = None, *, seconds: float) -> redis.Redis:
    """Return a client of the server at ``url`` (``REDIS_URL``) that waits ``seconds`` for a connection, and for each reply."""
    pool = PrimaryPool if settings.REDIS_SENTINELS else ConnectionPool
    return redis.Redis.from_pool(
        pool.from_url(
            url or settings.REDIS_URL,
            socket_connect_timeout=seconds,
            socket_timeout=seconds,
            retry=_no_retry(),
            max_connections=64,
            parser_class=Parser,
        )
    )


def primary_of(client: redis.Redis) -> tuple[str, int] | None:
    """Return the address that Sentinel last named for ``client``; None without Sentinel."""
    pool = client.connection_pool
    return pool.master_address if isinstance(pool, PrimaryPool) else None


def follow_primary(client: redis.Redis) -> None:
    """Ask Sentinel where the primary of ``client`` is; nothing happens without Sentinel. Raises ``RedisError``.

    A new primary gets the next command. Connections do not tell by themselves: Sentinel makes a former primary that still
    lives a replica some ten seconds after its successor was promoted, and until then it answers and takes writes that
    nobody will see again.
    """
    pool = client.connection_pool
    if isinstance(pool, PrimaryPool):
        pool.get_master_address()  # type: ignore[no-untyped-call]


def _no_retry() -> Retry:
    return Retry(NoBackoff(), 0)
