"""The Lua scripts beside this module, each called for many subjects in one round trip."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hiredis import pack_command
from redis import Redis
from redis.exceptions import NoScriptError, RedisError

# The keys and the arguments of one call.
Call = tuple[Sequence[bytes], Sequence[Any]]


class LogUnavailable(Exception):
    """Redis did not do it: away, restarting, read-only or out of memory."""


class Script:
    """One ``.lua`` file; its header says what KEYS and ARGV are."""

    def __init__(self, redis: Redis, name: str) -> None:
        self._redis = redis
        self._source = Path(__file__).with_name(f"{name}.lua").read_text("utf-8")
        self._sha = ""

    def run(self, calls: Sequence[Call]) -> list[Any]:
        """Run the script once per call, all in one round trip. Raises ``LogUnavailable``."""
        try:
            return self._run(calls)
        except NoScriptError:
            self._sha = ""  # Redis was restarted
        except RedisError as error:
            raise LogUnavailable(str(error)) from error
        try:
            return self._run(calls)
        except RedisError as error:
            raise LogUnavailable(str(error)) from error

    def _run(self, calls: Sequence[Call]) -> list[Any]:
        # On a connection itself: redis-py's pipeline costs more than the round trip when a flush carries
        # hundreds of runs.
        pool = self._redis.connection_pool
        connection: Any = pool.get_connection()  # of whatever kind; its methods have no types
        try:
            if not self._sha:
                connection.send_command("SCRIPT", "LOAD", self._source)
                self._sha = connection.read_response()
            commands = [pack_command(("EVALSHA", self._sha, len(keys), *keys, *args)) for keys, args in calls]
            connection.send_packed_command([b"".join(commands)])
            return [connection.read_response() for _ in calls]
        except BaseException:
            connection.disconnect()  # answers may still be on their way
            raise
        finally:
            pool.release(connection)
