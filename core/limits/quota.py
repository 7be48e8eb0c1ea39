"""The daily limit: an exact ledger in PostgreSQL.

A charge is one row per subject, written in the transaction in which the reading begins, and a counter per
person and Korean day that rises by ``INSERT … ON CONFLICT … WHERE used < limit``. Both are single statements,
so any number of workers together admit exactly the limit, and a crash before the commit leaves nothing
behind. A refund is a compare-and-set of that row, so it happens once, whoever asks and however often.

Everything the ledger does is inside the caller's transaction if there is one. A refused charge takes all of that
transaction back, without a savepoint: nobody wants the reading that could not be paid for, and setting and releasing one
were two of the nine round trips of a visitor's POST.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from prometheus_client import Counter

from core.access import Who
from core.limits import ratelimits
from core.limits.days import korean_day, next_midnight
from core.models import Charge, ChargeState, DayCount

# Staff, and holders of a key of their own, may begin so many times as much in a day.
UNLIMITED_TIMES: Final = 50
Scope = Literal["minute", "hour", "day"]

limited = Counter("fortune_limited", "Readings refused because a limit was reached", ["scope"])


class LimitReached(Exception):
    """The person has used up the hour or the day. ``retry_at`` is when more become available."""

    def __init__(self, *, scope: Scope, limit: int, retry_at: datetime) -> None:
        super().__init__(f"{limit} a {scope}")
        self.scope = scope
        self.limit = limit
        self.retry_at = retry_at

    def retry_after(self, *, now: datetime) -> int:
        """Return the whole seconds to wait, at least 1, for the ``Retry-After`` header."""
        return max(1, round((self.retry_at - now).total_seconds()))


@dataclass(frozen=True, slots=True)
class Remaining:
    """The readings that remain. None: not limited. ``resets_at`` is when the tighter limit is reset."""

    hour: int | None
    day: int | None
    resets_at: datetime | None

    @property
    def now(self) -> int | None:
        """The number that can be begun at this moment."""
        known = [count for count in (self.hour, self.day) if count is not None]
        return min(known, default=None)


def charge(*, who: Who, subject: UUID, now: datetime) -> None:
    """Charge one reading to the asker's hour and day. Raises LimitReached, with which the caller's transaction ends.

    A subject that is already charged costs nothing more; one that was refunded is charged again.
    """
    if not settings.RATELIMIT_ENABLE:
        return
    try:
        if who.unlimited:
            _bound(who, now)
        else:
            _charge(who, subject, now)
    except LimitReached as reached:
        limited.labels(reached.scope).inc()
        raise


def _charge(who: Who, subject: UUID, now: datetime) -> None:
    day = korean_day(now)
    with transaction.atomic(savepoint=False):
        if not _enter(who=who, subject=subject, day=day, now=now):
            return
        if (limit := _full(_limits(who), day=day)) is not None:
            raise LimitReached(scope="day", limit=limit, retry_at=next_midnight(now))
        # Last, because Redis can't roll back: in a full hour, the exception takes the day's charge back.
        if full := ratelimits.take(who=who, now=now):
            raise LimitReached(scope="hour", limit=full.limit, retry_at=full.resets_at)


def _bound(who: Who, now: datetime) -> None:
    """Bound what people may begin who are not limited: in a minute and, which holds without Redis too, on a day."""
    burst = ratelimits.take_burst(who=who, now=now)
    if burst and burst.over:
        raise LimitReached(scope="minute", limit=burst.limit, retry_at=burst.resets_at)
    limit = settings.RATE_DAY * UNLIMITED_TIMES
    if _full([(f"free:{who.key}", limit)], day=korean_day(now)) is not None:
        raise LimitReached(scope="day", limit=limit, retry_at=next_midnight(now))


def refund(*, subject: UUID, now: datetime | None = None) -> bool:
    """Refund the reading to its day. False: it was not charged, or is refunded already.

    Nobody is refunded more in a day than they may begin: what fails again and again costs money, too.
    """
    with transaction.atomic():
        paid = Charge.objects.filter(pk=subject).first()
        if paid is None or _refunds(paid) >= max(1, settings.RATE_DAY):
            return False
        won = Charge.objects.filter(pk=subject, state=ChargeState.CHARGED).update(
            state=ChargeState.REFUNDED, refunded_at=now or timezone.now()
        )
        if not won:
            return False
        # One statement each, in the order of `_limits`: a concurrent charge can't deadlock with it.
        for key in filter(None, (paid.key, paid.address)):
            DayCount.objects.filter(key=key, day=paid.day, used__gt=0).update(used=F("used") - 1)
        return True


def _refunds(paid: Charge) -> int:
    """Return how many readings of this person, or from this address, were refunded on the day of the charge."""
    same = Q(key=paid.key) | Q(address=paid.address) if paid.address else Q(key=paid.key)
    return Charge.objects.filter(same, day=paid.day, state=ChargeState.REFUNDED).count()


def remaining(*, who: Who, now: datetime) -> Remaining:
    """Return how many readings the asker has left and when that is reset. One query."""
    if not settings.RATELIMIT_ENABLE or who.unlimited:
        return Remaining(None, None, None)
    limits = _limits(who)
    used = dict(
        DayCount.objects.filter(key__in=[key for key, _ in limits], day=korean_day(now)).values_list(
            "key", "used"
        )
    )
    day = max(0, min([settings.RATE_DAY] + [limit - used.get(key, 0) for key, limit in limits]))
    window = ratelimits.peek(who=who, now=now)
    if window is None:
        return Remaining(None, day, next_midnight(now))
    hour = max(0, window.limit - window.used)
    return Remaining(hour, day, next_midnight(now) if day <= hour else window.resets_at)


def _limits(who: Who) -> list[tuple[str, int]]:
    """Return the asker's counters with their limits, always in this order: two charges can't deadlock."""
    if who.user_id is not None:
        return [(who.key, settings.RATE_DAY)]
    address = settings.RATE_DAY * settings.RATE_ADDRESS_FACTOR
    networks = [(who.address, address)]
    networks += [(wider, address * times) for wider, times in ratelimits.wider_networks(who)]
    return [(who.key, settings.RATE_DAY), *networks] if who.guest else networks


def _enter(*, who: Who, subject: UUID, day: date, now: datetime) -> bool:
    """Insert the charge; False when the subject is charged already."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO core_charge (subject, key, address, day, state, created_at, refunded_at)
            VALUES (%s, %s, %s, %s, 'charged', %s, NULL)
            ON CONFLICT (subject) DO UPDATE
            SET key = excluded.key, address = excluded.address, day = excluded.day, state = 'charged',
                created_at = excluded.created_at, refunded_at = NULL
            WHERE core_charge.state = 'refunded'
            """,
            [subject, who.key, "" if who.user_id or not who.guest else who.address, day, now],
        )
        return bool(cursor.rowcount == 1)


def _full(counters: Sequence[tuple[str, int]], *, day: date) -> int | None:
    """Increment a day's counters that are below their limits, in one statement; return the limit of the first that is not.

    The statement takes its rows in order, as two charges must so as not to wait for each other.
    """
    open_ones = [(key, limit) for key, limit in counters if limit > 0]
    counted: set[str] = set()
    if open_ones:
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO core_daycount (key, day, used)
                VALUES {", ".join(["(%s, %s, 1)"] * len(open_ones))}
                ON CONFLICT (key, day) DO UPDATE SET used = core_daycount.used + 1
                WHERE core_daycount.used < CASE core_daycount.key {"WHEN %s THEN %s " * len(open_ones)} END
                RETURNING key
                """,  # noqa: S608 - placeholders alone
                [
                    *(value for key, _ in open_ones for value in (key, day)),
                    *(value for row in open_ones for value in row),
                ],
            )
            counted = {key for (key,) in cursor.fetchall()}
    return next((limit for key, limit in counters if key not in counted), None)
