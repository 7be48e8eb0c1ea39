"""Finding the primary of Redis through Sentinel. The failover itself is in tests/server/faults/test_failover.py."""

from __future__ import annotations

import pytest
from redis.connection import Connection, SSLConnection
from redis.sentinel import SentinelManagedConnection, SentinelManagedSSLConnection

from core.redis.connections import PrimaryPool


@pytest.fixture(autouse=True)
def sentinels(settings) -> None:
    settings.REDIS_SENTINELS = [("one", 26379), ("two", 26380)]
    settings.REDIS_SENTINEL_PASSWORD = "theirs"


@pytest.mark.parametrize(
    ("scheme", "to_servers", "to_sentinels"),
    [
        ("redis", SentinelManagedConnection, Connection),
        ("rediss", SentinelManagedSSLConnection, SSLConnection),
    ],
)
def test_an_address_names_the_primary_and_how_to_speak_to_all(scheme, to_servers, to_sentinels) -> None:
    pool = PrimaryPool.from_url(f"{scheme}://me:own@myPrimary/3", socket_timeout=2)
    assert pool.connection_class is to_servers
    assert pool.service_name == "myPrimary"
    told = pool.connection_kwargs
    assert (told["username"], told["password"], told["db"], told["socket_timeout"]) == ("me", "own", 3, 2)
    for sentinel, port in zip(pool.sentinel_manager.sentinels, (26379, 26380), strict=True):
        theirs = sentinel.connection_pool
        assert theirs.connection_class is to_sentinels
        assert theirs.connection_kwargs["port"] == port
        assert theirs.connection_kwargs["password"] == "theirs"
        assert sentinel.get_retry()._retries == 0
