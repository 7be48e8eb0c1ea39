"""The log of a subject in Redis: its bytes, its epoch, who may write it, and how it ended.

Two keys per subject, ``meta`` (hash: token, epoch, end) and ``log`` (string), expire by themselves. The
keys carry one of ``SHARDS`` hash tags, and one script call serves all subjects of a shard: a tick costs one
round trip of at most ``SHARDS`` commands, however many runs it carries.

Writing is fenced: every call carries the claim's token, and a token smaller than the one last seen is
refused. Every failure of Redis surfaces as ``LogUnavailable``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from hiredis import pack_command
from redis.exceptions import NoScriptError, RedisError

from core.redis import client

SHARDS: Final = 16
# A run lasts minutes; an hour covers a takeover and a database that is away for a while.
TTL: Final = 3600
TTL_ENDED: Final = 900

FENCED: Final = -1
MISMATCH: Final = -2


class LogUnavailable(Exception):
    """Redis did not do it: away, restarting, read-only or out of memory."""


class Fenced(Exception):
    """Someone with a newer claim writes this subject."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a writer finds: the bytes, the end (empty while it is written), whether this epoch had a log at all."""

    data: bytes
    end: bytes
    existed: bool


@dataclass(frozen=True, slots=True)
class Tail:
    """What a reader gets: the log's epoch (0 when there is no log), its end if any, and its bytes."""

    epoch: int
    end: bytes
    data: bytes


class Append(NamedTuple):
    """One run's part of a tick: ``data`` goes to ``offset``, under ``token``."""

    subject: UUID
    token: int
    offset: int
    data: bytes


class _Script:
    """One of the ``.lua`` files beside this module."""

    def __init__(self, name: str) -> None:
        self.source = Path(__file__).with_name(f"{name}.lua").read_text()
        self.sha = ""

    def run(self, calls: Sequence[tuple[Sequence[bytes], Sequence[Any]]]) -> list[Any]:
        """Call once per (keys, args), all in one round trip."""
        try:
            return self._run(calls)
        except NoScriptError:
            self.sha = ""  # Redis was restarted
        except RedisError as error:
            raise LogUnavailable(str(error)) from error
        try:
            return self._run(calls)
        except RedisError as error:
            raise LogUnavailable(str(error)) from error

    def _run(self, calls: Sequence[tuple[Sequence[bytes], Sequence[Any]]]) -> list[Any]:
        # On a connection itself: redis-py's pipeline costs more than the round trip when a tick carries
        # hundreds of runs.
        pool = client().connection_pool
        connection: Any = pool.get_connection()  # of whatever kind; its methods have no types
        try:
            if not self.sha:
                connection.send_command("SCRIPT", "LOAD", self.source)
                self.sha = connection.read_response()
            commands = [pack_command(("EVALSHA", self.sha, len(keys), *keys, *args)) for keys, args in calls]
            connection.send_packed_command([b"".join(commands)])
            return [connection.read_response() for _ in calls]
        except BaseException:
            connection.disconnect()  # answers may still be on their way
            raise
        finally:
            pool.release(connection)


_open, _append, _restore, _close, _tail = map(_Script, ("open", "append", "restore", "close", "tail"))


@lru_cache(maxsize=4096)
def keys(subject: UUID) -> tuple[bytes, bytes]:
    """The subject's meta and log key."""
    stem = b"streams:{%d}:%s" % (subject.int % SHARDS, subject.hex.encode())
    return stem + b":meta", stem + b":log"


def open_log(subject: UUID, *, token: int, epoch: int, seed: bytes, again: bool) -> Opened:
    """Take the log over under ``token``.

    ``seed`` is the text saved so far: it is put in place when the log holds less. ``again`` forgets an
    earlier end, for a retry; a takeover keeps it, because that text only waits to be saved. Raises
    ``Fenced``.
    """
    answer = _open.run([(keys(subject), (token, epoch, TTL, seed, int(again)))])[0]
    if answer is None:
        raise Fenced
    return Opened(answer[0], answer[1], bool(answer[2]))


def reopen(subject: UUID) -> None:
    """Forget an earlier end: the run is about to be continued, and nobody should be told that it ended."""
    try:
        client().hdel(keys(subject)[0], "end")
    except RedisError as error:
        raise LogUnavailable(str(error)) from error


def append(batch: Sequence[Append]) -> list[int]:
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
    for shard, answers in zip(calls, _append.run(list(calls.values())), strict=True):
        for place, answer in zip(places[shard], answers, strict=True):
            results[place] = answer
    return results


def restore(subject: UUID, *, token: int, epoch: int, text: bytes) -> int:
    """Put the whole text in place; FENCED when a newer claim exists."""
    state: int = _restore.run([(keys(subject), (token, epoch, TTL, text))])[0]
    return state


def close(subject: UUID, *, token: int, epoch: int, text: bytes, end: bytes) -> None:
    """Mark the log as ended, for subscribers elsewhere. A newer claim wins silently.

    An end must never stand on a text that is not whole: Redis may have lost the log since, and a stale
    writer may have put its own, shorter one back. So the whole text goes along.
    """
    _close.run([(keys(subject), (token, end, TTL_ENDED, epoch, text))])


def tail(wanted: Sequence[tuple[UUID, int, int]]) -> list[Tail]:
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
    for places, answers in zip(by_shard, _tail.run(calls), strict=True):
        for place, (epoch, end, data) in zip(places, answers, strict=True):
            results[place] = Tail(int(epoch or 0), end, data)
    return results


def _by_shard(subjects: Sequence[UUID]) -> list[list[int]]:
    shards: dict[int, list[int]] = {}
    for place, subject in enumerate(subjects):
        shards.setdefault(subject.int % SHARDS, []).append(place)
    return list(shards.values())
