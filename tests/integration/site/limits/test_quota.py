"""The daily ledger and the hourly limit, on the real PostgreSQL and the real Redis."""

from __future__ import annotations

import threading
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.access import Who
from core.accounts import profiles
from core.limits import quota, ratelimits
from core.models import Charge, ChargeState, DayCount
from core.utils import ratelimit_key_for_master_only
from tests.integration.site.helpers import guest_who, member, member_who

# Transactions are real here: a charge that is refused takes all of its caller's back.
pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 5, 15, 3, 0, tzinfo=UTC)  # 12:00 in Korea


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    settings.RATELIMIT_ENABLE = True
    settings.RATE_HOUR = 100
    settings.RATE_DAY = 3
    settings.RATE_ADDRESS_FACTOR = 2


def charge(who: Who, *, now: datetime = NOON, subject: uuid.UUID | None = None) -> uuid.UUID:
    subject = subject or uuid.uuid4()
    quota.charge(who=who, subject=subject, now=now)
    return subject


def test_the_day_lets_exactly_the_limit_through() -> None:
    refused = quota.limited.labels("day")._value
    before = refused.get()
    for _ in range(3):
        charge(member_who())
    assert refused.get() == before
    with pytest.raises(quota.LimitReached) as reached:
        charge(member_who())
    assert (reached.value.scope, reached.value.limit) == ("day", 3)
    assert Charge.objects.count() == 3
    assert DayCount.objects.get().used == 3
    assert refused.get() == before + 1


def test_a_refused_charge_takes_its_callers_transaction_back() -> None:
    for _ in range(3):
        charge(member_who())
    with transaction.atomic():
        charge(guest_who())
        with suppress(quota.LimitReached):
            charge(member_who())
    assert Charge.objects.count() == DayCount.objects.get().used == 3


def test_the_day_turns_at_midnight_in_korea() -> None:
    last_second = datetime(2026, 5, 15, 14, 59, 59, tzinfo=UTC)
    for _ in range(3):
        charge(member_who(), now=last_second)
    with pytest.raises(quota.LimitReached) as reached:
        charge(member_who(), now=last_second)
    assert reached.value.retry_at == datetime(2026, 5, 15, 15, 0, tzinfo=UTC)
    assert reached.value.retry_after(now=last_second) == 1
    charge(member_who(), now=last_second + timedelta(seconds=1))


def test_one_person_does_not_use_up_anothers_day() -> None:
    for _ in range(3):
        charge(member_who(1))
    charge(member_who(2))


def test_a_subject_is_paid_for_once() -> None:
    subject = charge(member_who())
    charge(member_who(), subject=subject)
    assert DayCount.objects.get().used == 1


def test_a_refund_happens_once_and_gives_the_reading_back() -> None:
    subject = charge(member_who())
    assert quota.refund(subject=subject, now=NOON)
    assert not quota.refund(subject=subject, now=NOON)
    assert DayCount.objects.get().used == 0
    assert Charge.objects.get().state == ChargeState.REFUNDED


def test_a_refund_goes_to_the_day_that_paid() -> None:
    subject = charge(member_who(), now=NOON)
    charge(member_who(), now=NOON + timedelta(days=1))
    quota.refund(subject=subject, now=NOON + timedelta(days=1))
    assert dict(DayCount.objects.values_list("day", "used")) == {
        NOON.date(): 0,
        NOON.date() + timedelta(days=1): 1,
    }


def test_a_refunded_subject_is_paid_for_again() -> None:
    subject = charge(member_who())
    quota.refund(subject=subject, now=NOON)
    charge(member_who(), subject=subject)
    assert Charge.objects.get().state == ChargeState.CHARGED
    assert DayCount.objects.get().used == 1


def test_what_was_never_charged_is_not_refunded() -> None:
    assert not quota.refund(subject=uuid.uuid4(), now=NOON)


def test_a_transaction_that_fails_has_charged_nothing() -> None:
    def begin() -> None:
        with transaction.atomic():
            charge(member_who())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        begin()
    assert not Charge.objects.exists()
    assert not DayCount.objects.exists()


def test_unlimited_people_are_not_counted() -> None:
    who = Who(7, "", "user:7", True)
    for _ in range(5):
        charge(who)
    assert quota.remaining(who=who, now=NOON) == quota.Remaining(None, None, None)
    assert not Charge.objects.exists()


def test_a_guest_with_new_cookies_meets_the_limit_of_the_address() -> None:
    for _ in range(6):
        charge(guest_who())
    with pytest.raises(quota.LimitReached) as reached:
        charge(guest_who())
    assert reached.value.scope == "day"
    charge(guest_who(address="net:two"))


def test_a_guests_refund_frees_session_and_address() -> None:
    who = guest_who("t")
    subject = charge(who)
    quota.refund(subject=subject, now=NOON)
    assert set(DayCount.objects.values_list("used", flat=True)) == {0}


def test_switched_off_nothing_is_limited_or_written(settings: Any) -> None:
    settings.RATELIMIT_ENABLE = False
    for _ in range(5):
        charge(member_who())
    assert not Charge.objects.exists()


def test_a_limit_of_zero_lets_nobody_through(settings: Any) -> None:
    settings.RATE_DAY = 0
    with pytest.raises(quota.LimitReached):
        charge(member_who())


def test_a_full_hour_takes_the_day_back(settings: Any) -> None:
    settings.RATE_HOUR = 2
    now = timezone.now()
    charge(member_who(), now=now)
    charge(member_who(), now=now)
    with pytest.raises(quota.LimitReached) as reached:
        charge(member_who(), now=now)
    assert (reached.value.scope, reached.value.limit) == ("hour", 2)
    assert now < reached.value.retry_at <= now + timedelta(hours=1, seconds=1)
    assert DayCount.objects.get().used == 2


def test_a_guest_with_new_cookies_meets_the_addresss_hour(settings: Any) -> None:
    settings.RATE_HOUR, settings.RATE_DAY = 1, 100
    charge(guest_who())
    charge(guest_who())
    with pytest.raises(quota.LimitReached) as reached:
        charge(guest_who())
    assert reached.value.scope == "hour"


def test_without_redis_the_hour_is_open_and_the_day_still_holds(settings: Any, redis_away: None) -> None:
    settings.RATE_HOUR = 1
    for _ in range(3):
        charge(member_who())
    with pytest.raises(quota.LimitReached) as reached:
        charge(member_who())
    assert reached.value.scope == "day"
    left = quota.remaining(who=member_who(), now=NOON)
    assert (left.day, left.now) == (0, 0)


def test_what_is_left_tells_the_tighter_limit_and_when_more_come(settings: Any) -> None:
    settings.RATE_HOUR = 2
    now = timezone.now()
    who = member_who()
    assert quota.remaining(who=who, now=now).now == 2
    charge(who, now=now)
    left = quota.remaining(who=who, now=now)
    assert (left.hour, left.day, left.now) == (1, 2, 1)
    assert left.resets_at is not None and now < left.resets_at <= now + timedelta(hours=1, seconds=1)
    settings.RATE_HOUR = 100
    left = quota.remaining(who=who, now=NOON)
    assert left.resets_at == datetime(2026, 5, 15, 15, 0, tzinfo=UTC)


def test_asking_what_is_left_costs_nothing(settings: Any) -> None:
    settings.RATE_HOUR = 1
    for _ in range(3):
        quota.remaining(who=member_who(), now=timezone.now())
    charge(member_who(), now=timezone.now())


def test_a_guest_without_a_session_sees_their_own_limit_and_not_the_addresss() -> None:
    who = Who(None, "", "net:one", False, "net:one")
    assert quota.remaining(who=who, now=NOON).day == 3


def test_twenty_at_once_get_exactly_the_limit() -> None:
    results = _at_once(20, lambda: charge(member_who()))
    assert results.count("ok") == 3
    assert DayCount.objects.get().used == Charge.objects.count() == 3


def test_twenty_at_once_get_exactly_the_hours_limit(settings: Any) -> None:
    settings.RATE_HOUR, settings.RATE_DAY = 4, 100
    now = timezone.now()
    results = _at_once(20, lambda: charge(member_who(), now=now))
    assert results.count("ok") == 4
    assert DayCount.objects.get().used == 4


def test_ten_refunds_at_once_give_back_one() -> None:
    charge(member_who())
    subject = charge(member_who())
    results = _at_once(10, lambda: quota.refund(subject=subject, now=NOON))
    assert results.count("ok:True") == 1
    assert DayCount.objects.get().used == 1


def test_guests_of_one_address_charging_and_refunding_at_once_never_deadlock() -> None:
    who = guest_who("shared")
    paid = [charge(who) for _ in range(3)]

    def churn() -> None:
        for subject in paid:
            quota.refund(subject=subject, now=NOON)
            with suppress(quota.LimitReached):
                charge(who, subject=subject)

    assert _at_once(8, churn) == ["ok"] * 8
    charged = Charge.objects.filter(state=ChargeState.CHARGED).count()
    assert set(DayCount.objects.values_list("used", flat=True)) == {charged}


def test_a_counter_exists_once_per_person_and_day() -> None:
    DayCount.objects.create(key="k", day=NOON.date())
    with pytest.raises(IntegrityError), transaction.atomic():
        DayCount.objects.create(key="k", day=NOON.date())


def test_a_counter_never_falls_below_nothing() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_daycount (key, day, used) VALUES ('k', '2026-05-15', -1)")


def test_a_refund_always_has_its_time() -> None:
    subject = charge(member_who())
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.filter(pk=subject).update(state=ChargeState.REFUNDED)


def test_only_people_on_the_sites_own_keys_have_a_key_to_be_limited_by(rf: Any) -> None:
    def key_of(user: Any) -> str | None:
        request = rf.get("/")
        request.user, request.session = user, {}
        return ratelimit_key_for_master_only(ratelimits.GROUP, request)

    alice, bob, staff = member("alice"), member("bob"), member("staff", is_staff=True)
    profiles.set_own_key(profile=bob.profile, key="a key of his own", now=NOON)
    assert key_of(bob) == f"user:{bob.pk}", "a key that nobody has seen to work freed from every limit"
    profiles.note_own_key(user_id=bob.pk, works=True, now=NOON)
    bob.profile.refresh_from_db()
    assert key_of(alice) == f"user:{alice.pk}"
    assert key_of(bob) is None
    assert key_of(staff) is None
    stranger = key_of(AnonymousUser())
    assert stranger is not None and stranger.startswith("net:") and "127.0.0.1" not in stranger


def _at_once(count: int, act: Any) -> list[str]:
    """Run ``act`` in ``count`` threads that start together, each on its own connection."""
    gate = threading.Barrier(count)
    results: list[str] = []

    def run() -> None:
        gate.wait(timeout=20)
        try:
            value = act()
            results.append("ok" if value is None or isinstance(value, uuid.UUID) else f"ok:{value}")
        except quota.LimitReached:
            results.append("limit")
        except Exception as error:
            results.append(f"error: {error!r}")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not [result for result in results if result.startswith("error")], results
    return results
