"""Reads that a replica may answer: lists of what a person has kept. Everything else asks the primary.

A replica follows its primary by some milliseconds or minutes, and a list that lacks what was just written, or still has
what was just deleted, is a lie. So ``read`` asks the primary for its position in the write-ahead log (one short statement that
touches no table), and reads from the replica only once that has replayed the log up to there: whoever has written, by
whichever worker and on whichever device, what was committed before the list was asked for is in it.

A replica that is behind for longer than a moment, away, or slow costs a list that moment, and then the primary answers. It is
left alone for a while afterwards, and one list after another tries it again.

This is the only module that knows the replica, but for its settings and ``manage.py doctor``. A step that is read is called with the
alias to give to ``using``; it returns values and no querysets, and may be called twice.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DatabaseError
from prometheus_client import Counter

from core.db.pool import PoolTimeout, release
from core.runtime import TooManyJobs, spawn

T = TypeVar("T")

log = logging.getLogger(__name__)

NAME: Final = "replica"
# A replica is a copy, byte by byte: this is the same there, and differs in any other database.
IDENTITY: Final = "(SELECT system_identifier FROM pg_control_system()) || ' ' || current_database()"
# The primary's position: of what is inserted, not flushed, because a commit that does not wait for the disk is visible at
# once. None where the primary is a standby itself, after a failover that has not come to its end.
POSITION: Final = (
    f"SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE pg_current_wal_insert_lsn() END::text, {IDENTITY}"
)
HAS_REPLAYED: Final = (
    f"SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn AND {IDENTITY} = %s"
)
# Seconds between looks at how far the replica is. Beside its primary it needs one to five milliseconds.
PAUSES: Final = (0.002, 0.005, 0.01, 0.02, 0.04)
# Seconds after which a read is given up: a server that hangs ends no statement by itself.
DEADLINE: Final = 3.0
# Seconds for which a replica is left alone, by what was wrong with it.
BEHIND_FOR: Final = 1.0
AWAY_FOR: Final = 5.0

reads = Counter(
    "fortune_replica_reads", "Lists by who answered them: the replica, or why it was not asked", ["answer"]
)


class Position(NamedTuple):
    """How far a primary is, and which one it is."""

    lsn: str
    identity: str


class Behind(Exception):
    """The replica has not replayed what the primary has."""


class Slow(Exception):
    """The replica has not answered within ``DEADLINE``, or has no connection free."""


class Router:
    """Keeps everything from the replica that does not name it: writes, migrations, relations of rows that came from it."""

    def db_for_read(self, model: object, **hints: object) -> str:
        return DEFAULT_DB_ALIAS

    def db_for_write(self, model: object, **hints: object) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: object, other: object, **hints: object) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db == DEFAULT_DB_ALIAS


class Replica:
    """The replica as one process knows it; core/apps.py owns it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._alone_until = 0.0  # 0: it answers, as far as is known

    def read(self, step: Callable[[str], T]) -> T:
        """Return ``step(alias)``, see ``read`` below."""
        if not is_configured() or connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return step(DEFAULT_DB_ALIAS)
        if not self._may_ask():
            reads.labels("left_alone").inc()
            return step(DEFAULT_DB_ALIAS)
        try:
            position = _position()
            release()  # nothing is held of the primary while the replica works
            found = _ask(position, step)
        except Behind as error:
            self._leave_alone("behind", error, BEHIND_FOR)
            return step(DEFAULT_DB_ALIAS)
        except (Slow, DatabaseError, TooManyJobs) as error:
            self._leave_alone("away", error, AWAY_FOR)
            return step(DEFAULT_DB_ALIAS)
        self._has_answered()
        return found

    def _may_ask(self) -> bool:
        """Return whether to try it now: always, or by one caller at a time once it has been left alone for long enough."""
        with self._lock:
            if not self._alone_until:
                return True
            now = self._clock()
            if now < self._alone_until:
                return False
            self._alone_until = now + AWAY_FOR
            return True

    def _leave_alone(self, answer: str, error: Exception, seconds: float) -> None:
        reads.labels(answer).inc()
        with self._lock:
            is_news, self._alone_until = not self._alone_until, self._clock() + seconds
        if is_news:
            said = f"{type(error).__name__}: {error}".splitlines()[0]
            log.warning("replica: left alone, reason=%s, error=%s", answer, said)

    def _has_answered(self) -> None:
        reads.labels("replica").inc()
        with self._lock:
            is_news, self._alone_until = bool(self._alone_until), 0.0
        if is_news:
            log.info("replica: answers again")


def read(step: Callable[[str], T]) -> T:
    """Return ``step(alias)``, from the replica if it has all that the primary had at this call, otherwise from the primary.

    Within a transaction the primary answers. Raises what the primary, or ``step`` itself, raises.
    """
    known: Replica = apps.get_app_config("core").replica  # type: ignore[attr-defined]
    return known.read(step)


def is_configured() -> bool:
    return NAME in connections.settings


def _position() -> Position:
    """Return the primary's position. Raises ``Behind`` where it has none, and the database's errors."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(POSITION)
        lsn, identity = cursor.fetchone()
    if lsn is None:
        raise Behind("the primary is a standby itself")
    return Position(lsn, identity)


def _ask(position: Position, step: Callable[[str], T]) -> T:
    """Return ``step(NAME)``, in a job: one that hangs keeps its connection, of a bounded pool, and not its caller."""
    found: list[T] = []
    errors: list[Exception] = []

    def attempt() -> None:
        try:
            _wait_for(position)
            found.append(step(NAME))
        except PoolTimeout as error:
            errors.append(Slow(str(error)))
        except Exception as error:  # noqa: BLE001 - raised below, where somebody waits for it
            errors.append(error)

    spawn("replica", attempt).join(DEADLINE)
    if found:
        return found[0]
    raise errors.pop() if errors else Slow(f"no answer for {DEADLINE:g} s")


def _wait_for(position: Position) -> None:
    """Return once the replica has replayed ``position``; raise ``Behind`` after all ``PAUSES``."""
    for pause in (0, *PAUSES):
        if pause:
            release()
            time.sleep(pause)
        with connections[NAME].cursor() as cursor:
            cursor.execute(HAS_REPLAYED, position)
            if cursor.fetchone()[0]:
                return
    raise Behind(f"{position.lsn} is not replayed")
