"""One Redis client for the cache of a process.

django-redis makes a client for every thread, which under gevent is every request: 15 KB and half a
millisecond, kept for as long as a stream lasts. Clients may be shared, their connections are pooled anyway.
"""

from __future__ import annotations

from typing import Any

from django_redis.pool import ConnectionFactory

_clients: dict[str, Any] = {}


class SharedClient(ConnectionFactory):  # type: ignore[misc]
    """Named in CACHES. Pools, and so clients, notice a fork by themselves."""

    def connect(self, url: str) -> Any:
        client = _clients.get(url)
        if client is None:
            client = _clients.setdefault(url, super().connect(url))
        return client
