"""Stop a run, wherever it is written: here, or by a command in Redis to the worker that writes it.

A stop leaves a mark in PostgreSQL, too, in case the command is lost in Redis. The same listener is told of subjects
that were deleted (core/streams/cluster/forget.py).
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Sequence
from datetime import datetime
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
from core.streams.production import claims
from core.streams.production.author import Author

logger = logging.getLogger(__name__)

# Seconds that one blocking read waits for a command: among many workers these reads are what is asked most.
BLOCK_FOR: Final = 30
RETRY_AFTER: Final = 0.5


class Stops:
    """Stops runs: sends commands and receives those for this worker; ``listen`` is its job.

    Commands have a job of their own. With the heartbeat, half of its interval on average, and all that it does for
    a dead worker, would come before flush and save; and all of it together is promised within a second.
    """

    def __init__(self, redis: Redis, hub: Hub, worker: str, author: Author) -> None:
        self._redis = redis
        self._reader = BlockingReader(redis)
        self._hub = hub
        self._worker = worker
        self._author = author

    def request(self, *, subject: UUID, now: datetime) -> None:
        """Stop the live run of ``subject``, wherever it is written; nothing happens when there is none."""
        run = claims.request_stop(subject, now=now, author=self._author)
        if run is None:
            return
        active = self._hub.active.get(subject)
        # Otherwise what is active here has lost its claim, and another worker writes.
        if active is not None and active.token == run.token:
            active.interrupt(Interrupt.STOP)
            return
        with contextlib.suppress(RedisError):  # its worker asks the database meanwhile
            self.send(run)

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
        """Take back commands for this run that its worker has not read: they came too late for what has ended."""
        with contextlib.suppress(RedisError):
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
                    self.forget_here([UUID(bytes=ids[at : at + 16]) for at in range(0, len(ids), 16)])
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

    def forget_here(self, subjects: Sequence[UUID]) -> None:
        """Stop what this worker writes of deleted subjects, send those who watch away, and drop what is in memory."""
        for subject in subjects:
            if (active := self._hub.active.get(subject)) is not None:
                active.interrupt(Interrupt.STOP)
            if (channel := self._hub.channel(subject)) is not None:
                self._hub.close(channel)  # its subscribers come again, and find nothing
        self._author.forget(set(subjects))

    def close(self) -> None:
        self._reader.close()


def _key(worker: str) -> str:
    return f"streams:stops:{worker}"


def _forget_key(worker: str) -> str:
    return f"streams:forget:{worker}"
