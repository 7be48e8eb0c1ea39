"""One cache for all threads of a process.

Django makes a cache object for every thread, which under gevent is every request, and django-redis a client for
each: 15 KB and half a millisecond, kept for as long as a stream lasts. Both may be shared: a client acquires a
connection from its pool for each command, and pools notice a fork by themselves. The table of caches is a module's
object: all that Django has for a cache is this function's name, and it asks by that in every thread.
"""

from __future__ import annotations

from typing import Any, Final

from django_redis import get_redis_connection
from django_redis.cache import RedisCache
from django_redis.exceptions import ConnectionInterrupted
from redis import Redis
from redis.exceptions import RedisError

# Raised by a cache that can't be reached, where django-redis does not turn it into a miss.
CACHE_ERRORS: Final = (ConnectionInterrupted, RedisError, OSError)

_caches: dict[str, RedisCache] = {}


def shared(location: str, params: dict[str, Any]) -> RedisCache:
    """Return the cache at ``location``, made at first use: the ``BACKEND`` of CACHES."""
    cache = _caches.get(location)
    return cache if cache is not None else _caches.setdefault(location, RedisCache(location, params))


def cache_client() -> Redis:
    """Return the cache's own client, for what Django's cache has no method for. Its server may be another than ours."""
    found: Redis = get_redis_connection("default")
    return found
