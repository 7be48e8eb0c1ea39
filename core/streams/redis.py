"""The streams' own Redis client: one per process, short time-outs, no hidden retries."""

from __future__ import annotations

import os
import threading

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

_lock = threading.Lock()
_client: redis.Redis | None = None
_pid = 0


def client() -> redis.Redis:
    """The client of this process (made again after a fork). Replies are bytes.

    A command fails after one second rather than being tried again: whoever calls decides what a missing
    Redis means (core/streams/ticker.py shows the text all the same).
    """
    global _client, _pid
    if _client is None or _pid != os.getpid():
        with _lock:
            if _client is None or _pid != os.getpid():
                _pid = os.getpid()
                _client = redis.Redis.from_url(
                    settings.REDIS_URL,
                    socket_connect_timeout=1,
                    socket_timeout=1,
                    retry=Retry(NoBackoff(), 0),
                    max_connections=64,
                )
    return _client
