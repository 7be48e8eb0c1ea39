"""The log of a subject in Redis: its bytes, its epoch, who may write it, and how it ended.

Two keys per subject, ``meta`` (hash: token, epoch, end) and ``log`` (string), expire by themselves. The keys carry
one of ``SHARDS`` hash tags, and one script call serves all subjects of a shard: a flush costs one round trip of at
most ``SHARDS`` commands, however many runs it carries.

Writing is fenced: every call carries the claim's token, and a token smaller than the newest one seen is refused.
Every failure of Redis surfaces as ``LogUnavailable``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from redis import Redis
from redis.exceptions import RedisError

from core.redis import Call, Script

logger = logging.getLogger(__name__)

SHARDS: Final = 16
# A run lasts minutes; an hour covers a takeover and a database that is away for a while.
TTL: Final = 3600
TTL_ENDED: Final = 900

FENCED: Final = -1
MISMATCH: Final = -2


OPEN, APPEND, RESTORE, CLOSE, TAIL = (
    Script(Path(__file__).with_name(f"{name}.lua")) for name in ("open", "append", "restore", "close", "tail")
)


class LogUnavailable(Exception):
    """Redis did not do it: away, restarting, read-only or out of memory."""


class Fenced(Exception):
    """A newer claim writes this subject."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The log as a producer finds it: the bytes, the end ("" while it is written), and whether this epoch had a log at all."""

    data: bytes
    end: bytes
    existed: bool


@dataclass(frozen=True, slots=True)
class Tail:
    """The part of a log after an offset: the log's epoch (0 when there is no log), its end if any, the bytes."""

    epoch: int
    end: bytes
    data: bytes


class Append(NamedTuple):
    """One run's part of a flush: ``data`` goes to ``offset``, under ``token``."""

    subject: UUID
    token: int
    offset: int
    data: bytes


@lru_cache(maxsize=4096)
def keys(subject: UUID) -> tuple[bytes, bytes]:
    """Return the subject's meta and log key."""
    stem = b"streams:{%d}:%s" % (subject.int % SHARDS, subject.hex.encode())
    return stem + b":meta", stem + b":log"


class Log:
    """The logs of all subjects.

    ``is_reachable`` turns False with the first write that fails. From then on appends fail at once, without a
    time-out each, until the heartbeat has reached Redis again and sets it back.
    """

    def __init__(self, redis: Redis) -> None:
        self.is_reachable = True
        self._redis = redis

    def open(self, subject: UUID, *, token: int, epoch: int, seed: bytes, again: bool) -> Opened:
        """Take the log over under ``token``.

        ``seed`` is the text saved so far: it is put in place when the log holds less. ``again`` forgets an
        earlier end, for a retry; a takeover keeps it, because that text only waits to be saved. Raises
        ``Fenced``.
        """
        with self._writes():
            answer = self._run(OPEN, [(keys(subject), (token, epoch, TTL, seed, int(again)))])[0]
        if answer is None:
            raise Fenced
        return Opened(answer[0], answer[1], bool(answer[2]))

    def reopen(self, subject: UUID) -> None:
        """Forget an earlier end: the run is about to be continued, and nobody should be told that it ended."""
        try:
            self._redis.hdel(keys(subject)[0], "end")
        except RedisError as error:
            raise LogUnavailable(str(error)) from error

    def append(self, batch: Sequence[Append]) -> list[int]:
        """Append each part, one round trip for all. Answers in order: the new length, FENCED or MISMATCH."""
        results = [MISMATCH] * len(batch)
        calls: dict[int, tuple[list[bytes], list[Any]]] = {}
        places: dict[int, list[int]] = {}
        for place, (subject, token, offset, data) in enumerate(batch):
            shard = subject.int % SHARDS
            if shard not in calls:
                calls[shard], places[shard] = ([], [TTL]), []
            names, args = calls[shard]
            names += keys(subject)
            args += (token, offset, data)
            places[shard].append(place)
        with self._writes(only_if_reachable=True):
            answers_by_shard = self._run(APPEND, list(calls.values()))
        for shard, answers in zip(calls, answers_by_shard, strict=True):
            for place, answer in zip(places[shard], answers, strict=True):
                results[place] = answer
        return results

    def restore(self, subject: UUID, *, token: int, epoch: int, text: bytes) -> int:
        """Put the whole text in place; FENCED when a newer claim exists."""
        with self._writes(only_if_reachable=True):
            state: int = self._run(RESTORE, [(keys(subject), (token, epoch, TTL, text))])[0]
        return state

    def close(self, subject: UUID, *, token: int, epoch: int, text: bytes, end: bytes) -> None:
        """Mark the log as ended, for subscribers elsewhere. A newer claim wins silently.

        An end must never stand on a text that is not whole: Redis may have lost the log since, and a stale
        producer may have put its own, shorter one back. So the whole text goes along.
        """
        with self._writes():
            self._run(CLOSE, [(keys(subject), (token, end, TTL_ENDED, epoch, text))])

    def tail(self, wanted: Sequence[tuple[UUID, int, int]]) -> list[Tail]:
        """For each (subject, epoch, offset): what has been logged since, one round trip for all."""
        results: list[Tail] = [Tail(0, b"", b"")] * len(wanted)
        by_shard = _by_shard([subject for subject, _, _ in wanted])
        calls = []
        for places in by_shard:
            names: list[bytes] = []
            args: list[Any] = []
            for place in places:
                subject, epoch, offset = wanted[place]
                names += keys(subject)
                args += (epoch, offset)
            calls.append((names, args))
        for places, answers in zip(by_shard, self._run(TAIL, calls), strict=True):
            for place, (epoch, end, data) in zip(places, answers, strict=True):
                results[place] = Tail(int(epoch or 0), end, data)
        return results

    def _run(self, script: Script, calls: Sequence[Call]) -> list[Any]:
        try:
            return script.run_all(self._redis, calls)
        except RedisError as error:
            raise LogUnavailable(str(error)) from error

    @contextmanager
    def _writes(self, *, only_if_reachable: bool = False) -> Iterator[None]:
        """Note a failure. ``only_if_reachable``: fail at once while an earlier one stands."""
        if only_if_reachable and not self.is_reachable:
            raise LogUnavailable("not reachable since an earlier failure")
        try:
            yield
        except LogUnavailable as error:
            if self.is_reachable:
                logger.warning("log: Redis unreachable, going on without it, error=%s", error)
            self.is_reachable = False
            raise


def _by_shard(subjects: Sequence[UUID]) -> list[list[int]]:
    shards: dict[int, list[int]] = {}
    for place, subject in enumerate(subjects):
        shards.setdefault(subject.int % SHARDS, []).append(place)
    return list(shards.values())
