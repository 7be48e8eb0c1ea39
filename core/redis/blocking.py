"""Reads that block for long, on a connection of their own that any job may end."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Any

from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from core.runtime import shut_down


class BlockingReader:
    """Pops elements of lists as they come; for one job, while others may ``interrupt`` and ``close``.

    Those shut the socket down and leave the rest to the reading job. To disconnect in its place does not do: redis-py
    connects again with the next command, and a reader that was just about to send one would block all the same.
    """

    def __init__(self, client: Redis) -> None:
        self._pool = client.connection_pool  # kept: Sentinel's connections refer to it weakly
        self._connection: Any = self._pool.connection_class(**self._pool.connection_kwargs)
        self.is_closed = False

    def pop(self, lists: Sequence[str], *, seconds: int) -> tuple[bytes, bytes] | None:
        """Return the first list that has an element, and the element; None when none has come for so long.

        Raises RedisError, also when it is closed or interrupted.
        """
        try:
            self._connection.connect()
            if self.is_closed:  # after connecting: until then there is no socket that could be shut down
                raise RedisConnectionError("closed")
            self._connection.send_command("BLPOP", *lists, seconds)
            found = self._connection.read_response(timeout=seconds + 1)
        except BaseException:
            self.disconnect()  # an answer may still be on its way
            raise
        return found and tuple(found)

    def interrupt(self) -> None:
        """Make the read that is under way fail, so that the next one uses a new connection. From any job."""
        sock = self._connection._sock
        if sock is not None:
            shut_down(sock, socket.SHUT_RDWR)

    def close(self) -> None:
        """Make every read fail, also one that is under way or just begins. From any job."""
        self.is_closed = True
        self.interrupt()

    def disconnect(self) -> None:
        """Close the connection. Only the job that reads may."""
        self._connection.disconnect()
