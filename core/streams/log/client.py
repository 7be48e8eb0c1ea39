"""The log of a subject in Redis: its bytes, its epoch, who may write it, and how it ended.

Two keys per subject, ``meta`` (hash: token, epoch, end) and ``log`` (string), expire by themselves. The keys carry
one of ``SHARDS`` hash tags, which is what their names have always been. A flush costs one round trip to each server, with
one script call for every ``AT_ONCE`` runs.

Writing is fenced: every call carries the claim's token, and a token smaller than the newest one seen is refused.
Every failure of Redis surfaces as ``LogUnavailable``, or as ``AWAY`` for one of many.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec
from redis.exceptions import RedisError

from core.redis import Call, Script
from core.streams.log.placement import Placement
from core.streams.log.server import LogServer, LogUnavailable

SHARDS: Final = 16
# Runs in one call, so that none holds the server up for longer than a fraction of a millisecond.
AT_ONCE: Final = 64
# A run lasts minutes; an hour covers a takeover and a database that is away for a while.
TTL: Final = 3600
# Once the text is saved its log only tells the end to browsers that other workers serve; what comes later, or stalls for
# longer, reads PostgreSQL.
TTL_SAVED: Final = 5
# Above every token of a claim, and exact in Lua's numbers.
HIGHEST: Final = 2**53 - 1

FENCED: Final = -1
MISMATCH: Final = -2
AWAY: Final = -3


OPEN, APPEND, RESTORE, CLOSE, TAIL, FORGET = (
    Script(Path(__file__).with_name(f"{name}.lua"))
    for name in ("open", "append", "restore", "close", "tail", "forget")
)


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


class Append(msgspec.Struct, frozen=True, gc=False):
    """One run's part of a flush: ``data`` goes to ``offset``, under ``token``."""

    subject: UUID
    token: int
    offset: int
    data: bytes


def keys(subject: UUID) -> tuple[bytes, bytes]:
    """Return the subject's meta and log key."""
    return _keys(subject.int)


# By the number: a UUID's own hash is made in Python, once a flush for every run.
@lru_cache(maxsize=4096)
def _keys(number: int) -> tuple[bytes, bytes]:
    stem = b"streams:{%d}:%032x" % (number % SHARDS, number)
    return stem + b":meta", stem + b":log"


class Log:
    """The logs of all subjects, each on one of ``servers``.

    ``formerly``: the servers before the last change, or after the next one. A log that is not on its server is looked
    for where it is by that list, so that a running reading goes on while workers with both lists run.
    """

    def __init__(self, servers: Sequence[LogServer], formerly: Sequence[LogServer] = ()) -> None:
        self._placement = Placement(servers)
        self._formerly = Placement(formerly)

    def open(self, subject: UUID, *, token: int, epoch: int, seed: bytes, again: bool) -> Opened:
        """Take the log over under ``token``.

        ``seed`` is the text saved so far: it is put in place when the log holds less. ``again`` forgets an
        earlier end, for a retry; a takeover keeps it, because that text only waits to be saved. Raises
        ``Fenced``.
        """
        moved = self._take_from_former_server(subject, token, epoch, again)
        if moved is not None and len(moved.data) > len(seed):
            seed = moved.data
        server = self._placement.of(subject)
        opened = _open(server, subject, token=token, epoch=epoch, seed=seed, again=again)
        return opened if moved is None else Opened(opened.data, opened.end or moved.end, existed=True)

    def _take_from_former_server(self, subject: UUID, token: int, epoch: int, again: bool) -> Opened | None:
        """Fence the log where the other list of servers has it, and return what it holds."""
        former = self._former_server(subject)
        if former is None:
            return None
        with suppress(LogUnavailable):
            if _tails(former, [(subject, epoch, 0)])[0].epoch == epoch:
                return _open(former, subject, token=token, epoch=epoch, seed=b"", again=again)
        return None

    def reopen(self, subject: UUID) -> None:
        """Forget an earlier end: the run is about to be continued, and nobody should be told that it ended."""
        try:
            for server in filter(None, (self._placement.of(subject), self._former_server(subject))):
                server.redis.hdel(keys(subject)[0], "end")
        except RedisError as error:
            raise LogUnavailable(str(error)) from error

    def append(self, batch: Sequence[Append]) -> list[int]:
        """Append each part, one round trip to each server. Answers in order: the new length, FENCED, MISMATCH or AWAY."""
        results = [AWAY] * len(batch)
        for server, indexes in self._by_server([part.subject for part in batch]):
            groups = _at_once(indexes)
            calls = []
            for group in groups:
                names: list[bytes] = []
                args: list[Any] = [TTL]
                for index in group:
                    part = batch[index]
                    names += _keys(part.subject.int)
                    args += (part.token, part.offset, part.data)
                calls.append((names, args))
            with suppress(LogUnavailable):
                for group, answers in zip(groups, server.write(APPEND, calls), strict=True):
                    for index, answer in zip(group, answers, strict=True):
                        results[index] = answer
        return results

    def restore(self, subject: UUID, *, token: int, epoch: int, text: bytes) -> int:
        """Put the whole text in place; FENCED when a newer claim exists."""
        call = keys(subject), (token, epoch, TTL, text)
        state: int = self._placement.of(subject).write(RESTORE, [call])[0]
        return state

    def close(
        self, subject: UUID, *, token: int, epoch: int, text: bytes, end: bytes, is_saved: bool
    ) -> None:
        """Mark the log as ended, for subscribers elsewhere. A newer claim wins silently.

        An end must never stand on a text that is not whole: Redis may have lost the log since, and a stale
        producer may have put its own, shorter one back. So the whole text goes along. A text that is not saved
        yet is nowhere else.
        """
        call = keys(subject), (token, end, TTL_SAVED if is_saved else TTL, epoch, text)
        self._placement.of(subject).write(CLOSE, [call])

    def forget(self, subjects: Sequence[UUID]) -> None:
        """Remove the texts of deleted subjects; whoever still writes one is refused.

        On a server that is away they expire by themselves.
        """
        found: dict[str, tuple[LogServer, list[Call]]] = {}
        for subject in subjects:
            for server in filter(None, (self._placement.of(subject), self._former_server(subject))):
                found.setdefault(server.name, (server, []))[1].append((keys(subject), (HIGHEST, TTL)))
        for server, calls in found.values():
            with suppress(LogUnavailable):
                server.write(FORGET, calls)

    def tail(self, wanted: Sequence[tuple[UUID, int, int]]) -> list[Tail]:
        """For each (subject, epoch, offset): what has been logged since, one round trip to each server.

        A log on a server that does not answer looks as if there were none.
        """
        results = [_NO_LOG] * len(wanted)
        subjects = [subject for subject, _, _ in wanted]
        for server, indexes in self._by_server(subjects):
            with suppress(LogUnavailable):
                for index, tail in zip(
                    indexes, _tails(server, [wanted[index] for index in indexes]), strict=True
                ):
                    results[index] = tail
        for index, tail in enumerate(results):
            former = None if tail.epoch else self._former_server(subjects[index])
            if former is not None:
                with suppress(LogUnavailable):
                    (results[index],) = _tails(former, [wanted[index]])
        return results

    def away(self) -> list[LogServer]:
        """Return the servers that have stopped to take writes or to answer."""
        known = {server.name: server for server in (*self._formerly.servers, *self._placement.servers)}
        return [server for server in known.values() if not (server.takes_writes and server.answers)]

    def _former_server(self, subject: UUID) -> LogServer | None:
        """Return where the other list of servers has the subject, if that is another one."""
        if not self._formerly.servers:
            return None
        former = self._formerly.of(subject)
        return former if former.name != self._placement.of(subject).name else None

    def _by_server(self, subjects: Sequence[UUID]) -> list[tuple[LogServer, list[int]]]:
        """Return each server with the indexes in ``subjects`` of those that are its."""
        if len(self._placement.servers) == 1:
            return [(self._placement.servers[0], list(range(len(subjects))))]
        found: dict[str, tuple[LogServer, list[int]]] = {}
        for index, subject in enumerate(subjects):
            server = self._placement.of(subject)
            found.setdefault(server.name, (server, []))[1].append(index)
        return list(found.values())


_NO_LOG: Final = Tail(0, b"", b"")


def _open(server: LogServer, subject: UUID, *, token: int, epoch: int, seed: bytes, again: bool) -> Opened:
    answer = server.write(OPEN, [(keys(subject), (token, epoch, TTL, seed, int(again)))])[0]
    if answer is None:
        raise Fenced
    return Opened(answer[0], answer[1], bool(answer[2]))


def _tails(server: LogServer, wanted: Sequence[tuple[UUID, int, int]]) -> list[Tail]:
    results = [_NO_LOG] * len(wanted)
    groups = _at_once(range(len(wanted)))
    calls = []
    for indexes in groups:
        names: list[bytes] = []
        args: list[Any] = []
        for index in indexes:
            subject, epoch, offset = wanted[index]
            names += keys(subject)
            args += (epoch, offset)
        calls.append((names, args))
    for indexes, answers in zip(groups, server.read(TAIL, calls), strict=True):
        for index, (epoch, end, data) in zip(indexes, answers, strict=True):
            results[index] = Tail(int(epoch or 0), end, data)
    return results


def _at_once(indexes: Sequence[int]) -> list[Sequence[int]]:
    """Cut indexes into groups of ``AT_ONCE``."""
    return [indexes[start : start + AT_ONCE] for start in range(0, len(indexes), AT_ONCE)]
