"""Lua scripts, each in a file of its own beside the module that runs it; its header says what KEYS and ARGV are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hiredis import pack_command
from redis import Redis
from redis.exceptions import NoScriptError

# The keys and the arguments of one call.
Call = tuple[Sequence[str | bytes], Sequence[str | int | bytes]]


class Script:
    """A script that Redis runs by its digest. Redis learns it at the first run, and again after a restart or a failover."""

    def __init__(self, file: Path) -> None:
        self._source = file.read_text("utf-8")
        self._digest = hashlib.sha1(self._source.encode()).hexdigest()  # noqa: S324 (Redis's own choice)

    def run(self, redis: Redis, keys: Sequence[str | bytes], args: Sequence[str | int | bytes]) -> Any:
        """Run it once and return its answer. Raises RedisError."""
        return self.run_all(redis, [(keys, args)])[0]

    def run_all(self, redis: Redis, calls: Sequence[Call]) -> list[Any]:
        """Run it once per call, all in one round trip, and return the answers. Raises RedisError."""
        try:
            return self._run(redis, calls)
        except NoScriptError:
            return self._run(redis, calls, load=True)

    def _run(self, redis: Redis, calls: Sequence[Call], *, load: bool = False) -> list[Any]:
        # On a connection itself: redis-py's pipeline costs more than the round trip when a flush carries
        # hundreds of runs.
        commands = [
            pack_command(("EVALSHA", self._digest, len(keys), *keys, *args))  # type: ignore[arg-type]  # any number
            for keys, args in calls
        ]
        pool = redis.connection_pool
        connection: Any = pool.get_connection()  # of whatever kind; its methods have no types
        try:
            if load:
                connection.send_command("SCRIPT", "LOAD", self._source)
                connection.read_response()
            connection.send_packed_command([b"".join(commands)])
            return [connection.read_response() for _ in calls]
        except BaseException:
            connection.disconnect()  # answers may still be on their way
            raise
        finally:
            pool.release(connection)
