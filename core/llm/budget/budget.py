"""The budget that the router asks: the shared day in Redis, and a small allowance of this process without it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from redis import Redis
from redis.exceptions import RedisError

from core.limits.days import korean_day
from core.ops import logs
from core.redis import Script

log = logs.get(__name__)

SCRIPT: Final = Script(Path(__file__).with_name("budget.lua"))
# How long Redis is not asked again after it failed.
WITHOUT_REDIS: Final = 5.0
# The share of a day's budget that one process may spend without Redis.
ALLOWANCE: Final = 0.05
ALARM_PERCENT: Final = 80


@dataclass(frozen=True, slots=True)
class Reservation:
    """The most that a request can cost, put aside on a day; ends in one ``settle``."""

    day: date
    micro: int
    is_shared: bool = True


@dataclass(frozen=True, slots=True)
class Spent:
    """The cost of the day so far, and the most that it may be."""

    micro: int
    limit: int

    @property
    def dollars(self) -> float:
        return self.micro / 1_000_000

    @property
    def limit_dollars(self) -> float:
        return self.limit / 1_000_000


@dataclass(slots=True)
class _Account:
    """This process's own account of a day, in which it notes what Redis has not been told yet.

    ``spent`` and ``released`` (reservations at Redis that have ended) are still to be told. ``reserved`` is set aside here
    alone, ``used`` is how much of this process's allowance is gone, whether Redis has been told or not.
    """

    spent: int = 0
    released: int = 0
    reserved: int = 0
    used: int = 0


def micro(dollars: float) -> int:
    return round(dollars * 1_000_000)


class Budget:
    """One per process. All money in millionths of a dollar."""

    def __init__(
        self,
        limit: int,
        client: Callable[[], Redis],
        *,
        spent_before: Callable[[date], int],
        watch: Callable[[Spent], None] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``spent_before(day)`` asks the database, for a day that Redis doesn't know; ``watch`` is told each figure."""
        self.limit = limit
        self._client = client
        self._spent_before = spent_before
        self._watch = watch
        self._now = now
        self._clock = clock
        self._without_redis_until = 0.0
        self._accounts: dict[date, _Account] = {}
        self._lock = threading.Lock()

    def reserve(self, micro: int) -> Reservation | None:
        """Put money aside for one request; None when the rest of the day's budget is less."""
        day = korean_day(self._now())
        try:
            return Reservation(day, micro) if self._step(day, wanted=micro) else None
        except RedisError:
            return self._reserve_alone(day, micro)

    def settle(self, reservation: Reservation, micro: int) -> None:
        """Give back what a request did not cost."""
        day = reservation.day
        with self._lock:
            account = self._day(day)
            account.spent += micro
            if reservation.is_shared:
                account.released += reservation.micro
            else:
                account.reserved -= reservation.micro
                account.used += micro
        try:
            self._step(day)
        except RedisError:
            return  # told with the next step that reaches Redis

    def spent_today(self) -> Spent:
        """Return what the day has cost. Raises RedisError."""
        script = self._run(korean_day(self._now()), _Account(), wanted=0)
        return Spent(script[1], self.limit)

    def _reserve_alone(self, day: date, micro: int) -> Reservation | None:
        with self._lock:
            account = self._day(day)
            if account.used + account.reserved + micro > self.limit * ALLOWANCE:
                return None
            account.reserved += micro
        return Reservation(day, micro, is_shared=False)

    def _step(self, day: date, *, wanted: int = 0) -> bool:
        """Tell Redis what it doesn't know yet, and reserve; False when that doesn't fit. Raises RedisError."""
        if self._clock() < self._without_redis_until:
            raise RedisError
        with self._lock:
            account = self._day(day)
            told = _Account(account.spent, account.released)
            account.spent = account.released = 0
        try:
            fits, spent, before, level = self._run(day, told, wanted=wanted)
        except RedisError:
            self._without_redis_until = self._clock() + WITHOUT_REDIS
            with self._lock:
                account.spent += told.spent
                account.released += told.released
            raise
        self._tell(Spent(spent, self.limit), before, level)
        return bool(fits)

    def _run(self, day: date, told: _Account, *, wanted: int) -> tuple[int, int, int, int]:
        key = f"llm:budget:{day.isoformat()}"
        args = [self.limit, told.spent, told.released, wanted]
        fits, spent, before, level = SCRIPT.run(self._client(), [key], [*args, -1])
        if fits < 0:
            known = self._spent_before(day)
            fits, spent, before, level = SCRIPT.run(self._client(), [key], [*args, known])
        return fits, spent, before, level

    def _tell(self, spent: Spent, before: int, level: int) -> None:
        if self._watch is not None:
            self._watch(spent)
        fields = {"spent_micro_usd": spent.micro, "budget_micro_usd": spent.limit}
        if before < ALARM_PERCENT <= level:
            log.error("daily budget nearly used up", percent=ALARM_PERCENT, **fields)
        if before < 100 <= level:
            log.error("daily budget used up", **fields)

    def _day(self, day: date) -> _Account:
        """Return this process's part of a day, without those of earlier days that have ended."""
        for old in [old for old, account in self._accounts.items() if old < day and not account.reserved]:
            if not (self._accounts[old].spent or self._accounts[old].released):
                del self._accounts[old]
        return self._accounts.setdefault(day, _Account())
