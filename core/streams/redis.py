"""The streams' own Redis client: one per process, short time-outs, no hidden retries."""

from __future__ import annotations

import os
import threading

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.connection import DefaultParser
from redis.retry import Retry

from core.runtime import has_news

_lock = threading.Lock()
_client: redis.Redis | None = None
_pid = 0


class Parser(DefaultParser):  # type: ignore[misc,valid-type]
    """redis-py's own, with a cheaper look at whether a connection was closed meanwhile: it looks before each command.

    Under gevent its ``poll`` goes through the event loop for that, which is a quarter of what a command costs.
    """

    def can_read(self, timeout: float = 0) -> bool:
        sock, reader = self._sock, self._reader
        if timeout == 0 and sock is not None and reader is not None:
            held = reader.has_data() or (hasattr(sock, "pending") and sock.pending())
            if not held and not has_news(sock.fileno()):
                return False
        return bool(super().can_read(timeout))


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
                    parser_class=Parser,
                )
    return _client
