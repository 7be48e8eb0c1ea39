"""One server that holds logs: a failure domain of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeout

from core.redis import Call, Script, connect

logger = logging.getLogger(__name__)

PROBE: Final = "streams:probe"


class LogUnavailable(Exception):
    """Redis did not do it: away, restarting, read-only or out of memory."""


class LogServer:
    """The Redis at ``url``, which has some of the logs. ``name`` is that address without a password.

    ``takes_writes`` turns False with the first write that fails, and ``answers`` with the first time-out or lost
    connection. From then on calls fail at once, without a time-out each, until ``probe`` has reached it again.
    """

    def __init__(self, url: str, redis: Redis | None = None) -> None:
        self.name = urlsplit(url).netloc.rpartition("@")[2] + urlsplit(url).path
        self.redis = redis or connect(url, seconds=1)
        self.answers = True
        self.takes_writes = True

    def write(self, script: Script, calls: Sequence[Call]) -> list[Any]:
        """Run a script that writes, once per call. Raises ``LogUnavailable``."""
        if not self.takes_writes:
            raise LogUnavailable(f"{self.name} is away since an earlier failure")
        with self._failures():
            try:
                return script.run_all(self.redis, calls)
            except RedisError:
                self.takes_writes = False
                raise

    def read(self, script: Script, calls: Sequence[Call]) -> list[Any]:
        """Run a script that reads, once per call. Raises ``LogUnavailable``."""
        if not self.answers:
            raise LogUnavailable(f"{self.name} is away since an earlier failure")
        with self._failures():
            return script.run_all(self.redis, calls)

    def probe(self) -> bool:
        """Return whether the server takes writes (again)."""
        try:
            self.redis.set(PROBE, 1, px=1000)
        except RedisError:
            return False
        self.answers = self.takes_writes = True
        return True

    @contextmanager
    def _failures(self) -> Iterator[None]:
        was_fine = self.answers and self.takes_writes
        try:
            yield
        except RedisError as error:
            if isinstance(error, (RedisConnectionError, RedisTimeout)):
                self.answers = self.takes_writes = False
            if was_fine:
                logger.warning(
                    "log: server unreachable, going on without it, server=%s, error=%s", self.name, error
                )
            raise LogUnavailable(str(error)) from error
