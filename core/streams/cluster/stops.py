"""Commands between workers, through Redis: stop a run, forget subjects that were deleted.

A stop leaves a mark in PostgreSQL, too, in case it is lost in Redis.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from django.db import Error as DatabaseError
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.redis import BlockingReader
from core.streams.hub.active import Interrupt
from core.streams.hub.hub import Hub
from core.streams.models import Run, Status

logger = logging.getLogger(__name__)

# Seconds that one blocking read waits for a command: among many workers these reads are what is asked most.
BLOCK_FOR: Final = 30
RETRY_AFTER: Final = 0.5


class Stops:
    """Sends commands and receives those for this worker; ``listen`` is its job.

    Commands have a job of their own. With the heartbeat, half of its interval on average, and all that it does for
    a dead worker, would come before flush and save; and all of it together is promised within a second.
    ``forget`` is called with subjects that were deleted.
    """

    def __init__(
        self,
        redis: Redis,
        hub: Hub,
        worker: str,
        forget: Callable[[Sequence[UUID]], None],
    ) -> None:
        self._redis = redis
        self._reader = BlockingReader(redis)
        self._hub = hub
        self._worker = worker
        self._forget = forget

    def send(self, run: Run) -> None:
        """Tell the worker of a run to stop it. Raises ``RedisError``.

        The command names the run and not its subject: it may be read when the next version is being written.
        """
        pipeline = self._redis.pipeline(transaction=False)
        pipeline.rpush(_key(run.worker), str(run.id))
        pipeline.expire(_key(run.worker), 300)
        pipeline.execute()

    def send_forget(self, subjects: Sequence[UUID], workers: Sequence[str]) -> None:
        """Tell these workers to forget subjects that were deleted. Raises ``RedisError``."""
        command = b"".join(subject.bytes for subject in subjects)
        pipeline = self._redis.pipeline(transaction=False)
        for worker in workers:
            pipeline.rpush(_forget_key(worker), command)
            pipeline.expire(_forget_key(worker), 300)
        pipeline.execute()

    def withdraw(self, run: Run) -> None:
        """Take back commands for this run that its worker has not read. Raises ``RedisError``."""
        self._redis.lrem(_key(run.worker), 0, str(run.id))

    def listen(self) -> None:
        """Obey commands as they come, until ``close``."""
        lists = [_key(self._worker), _forget_key(self._worker)]
        while not self._reader.is_closed:
            try:
                command = self._reader.pop(lists, seconds=BLOCK_FOR)
                if command and command[0].decode() == lists[0]:
                    self.stop(UUID(command[1].decode()))
                elif command:
                    ids = command[1]
                    self._forget([UUID(bytes=ids[at : at + 16]) for at in range(0, len(ids), 16)])
            except RedisError:
                if not self._reader.is_closed:
                    time.sleep(RETRY_AFTER)  # PostgreSQL is asked meanwhile
            except Exception:
                logger.exception("stop listener: failed")
        self._reader.disconnect()

    def reconnect(self) -> None:
        """Read on a new connection: this one may have broken in silence, or lead to a server that is no longer the primary."""
        self._reader.interrupt()

    def check_database(self) -> None:
        """Stop what PostgreSQL says should be stopped: Redis is away, or a command was lost there."""
        if not self._hub.active:
            return
        mine = Run.objects.filter(worker=self._worker, status=Status.WRITING, stop_requested=True)
        try:
            for run_id in mine.values_list("id", flat=True):
                self.stop(run_id)
        except (DatabaseError, PoolTimeout):
            logger.warning("stop listener: database unavailable")

    def stop(self, run_id: UUID) -> None:
        """Stop a run that is active here; nothing happens when it is not."""
        for active in list(self._hub.active.values()):
            if active.run_id == run_id:
                active.interrupt(Interrupt.STOP)

    def close(self) -> None:
        self._reader.close()


def _key(worker: str) -> str:
    return f"streams:stops:{worker}"


def _forget_key(worker: str) -> str:
    return f"streams:forget:{worker}"
