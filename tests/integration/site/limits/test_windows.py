"""The limits at their bounds: the last one that is let through, the moment at which more come, and who shares with whom.

Time stands still here: a window ends when the test says so.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import RequestFactory
from django_redis import get_redis_connection

from core.access import Who
from core.limits import quota, ratelimits
from core.limits.quota import LimitReached, Remaining
from core.limits.ratelimits import Window
from core.models import Charge, ChargeState, DayCount
from tests.integration.site.helpers import guest_who, member_who

pytestmark = pytest.mark.django_db(transaction=True)  # a refused charge rolls its transaction back

NOW = datetime(2026, 5, 15, 3, 0, tzinfo=UTC)  # 12:00 in Korea
MIDNIGHT = datetime(2026, 5, 15, 15, 0, tzinfo=UTC)
FREE = Who(7, "", "user:7", True)


@pytest.fixture(autouse=True)
def still(settings: Any) -> Iterator[None]:
    settings.RATELIMIT_ENABLE = True
    settings.RATE_HOUR, settings.RATE_DAY, settings.RATE_ADDRESS_FACTOR = 5, 3, 2
    with time_machine.travel(NOW, tick=False):
        yield


def charge(who: Who, *, now: datetime = NOW, subject: uuid.UUID | None = None) -> uuid.UUID:
    subject = subject or uuid.uuid4()
    quota.charge(who=who, subject=subject, now=now)
    return subject


def refused(who: Who, *, now: datetime = NOW) -> tuple[str, int, datetime]:
    with pytest.raises(LimitReached) as reached:
        charge(who, now=now)
    return reached.value.scope, reached.value.limit, reached.value.retry_at


def counted(who: Who, times: int = 1) -> Window:
    for _ in range(times):
        assert ratelimits.take(who=who, now=NOW) is None
    window = ratelimits.peek(who=who, now=NOW)
    assert window is not None
    return window


def use(window: Window | None) -> tuple[int, int] | None:
    return window and (window.used, window.limit)


# -- Windows --


def test_looking_counts_nothing_and_counting_one() -> None:
    who = member_who()
    assert use(ratelimits.peek(who=who, now=NOW)) == (0, 5)
    assert [use(counted(who)) for _ in range(2)] == [(1, 5), (2, 5)]
    assert [use(ratelimits.peek(who=who, now=NOW)) for _ in range(2)] == [(2, 5)] * 2


def test_looking_leaves_nothing_in_redis() -> None:
    for number in range(3):
        quota.remaining(who=guest(f"g{number}"), now=NOW)
    assert not get_redis_connection().keys("*")


def test_a_window_ends_when_it_is_said_to() -> None:
    window = counted(member_who(), 5)
    assert timedelta(0) < window.resets_at - NOW <= timedelta(hours=1)
    last = window.resets_at - timedelta(seconds=1)
    found = ratelimits.peek(who=member_who(), now=last)
    assert found == window, "the window has moved"
    full = ratelimits.take(who=member_who(), now=last)
    assert full == window
    assert use(ratelimits.peek(who=member_who(), now=window.resets_at)) == (0, 5)
    assert ratelimits.take(who=member_who(), now=window.resets_at) is None


def test_a_full_window_takes_nothing_from_the_others() -> None:
    counted(guest("one"), 5)
    refusing = ratelimits.take(who=guest("one"), now=NOW)
    assert use(refusing) == (5, 5)
    for number in range(5):
        counted(guest(f"g{number}"))
    assert use(ratelimits.take(who=guest("two"), now=NOW)) == (10, 10)
    assert use(ratelimits.peek(who=guest("two", address="net:b"), now=NOW)) == (0, 5), "a refusal was counted"


def guest(token: str, *, address: str = "net:a", networks: tuple[str, ...] = ()) -> Who:
    return Who(None, token, f"guest:{token}", False, address, networks)


def test_of_all_windows_of_a_guest_the_one_with_the_least_left_counts() -> None:
    assert use(counted(guest("one"), 4)) == (4, 5)
    assert use(ratelimits.peek(who=guest("two"), now=NOW)) == (0, 5)  # of the address six are left
    assert use(counted(guest("two"), 5)) == (5, 5)
    assert use(ratelimits.peek(who=guest("three"), now=NOW)) == (9, 10)
    assert use(ratelimits.peek(who=guest("three", address="net:b"), now=NOW)) == (0, 5)


def test_a_wider_network_is_worth_one_address_and_the_widest_two() -> None:
    around = ("net:56", "net:48")
    assert ratelimits.wider_networks(guest("one", networks=around)) == [("net:56", 1), ("net:48", 2)]
    assert ratelimits.wider_networks(guest("one")) == []
    for number in range(9):
        counted(guest(f"g{number}", address=f"net:{number}", networks=around))
    assert use(ratelimits.peek(who=guest("x", address="net:x", networks=around), now=NOW)) == (9, 10)
    for number in range(10):
        counted(guest(f"h{number}", address=f"net:h{number}", networks=("net:another", "net:48")))
    newcomer = guest("y", address="net:y", networks=("net:third", "net:48"))
    assert use(ratelimits.peek(who=newcomer, now=NOW)) == (19, 20)


def test_members_share_no_network() -> None:
    for number in range(12):
        counted(Who(number, "", f"user:{number}", False, "net:a"))
    assert use(ratelimits.peek(who=Who(99, "", "user:99", False, "net:a"), now=NOW)) == (0, 5)


def test_those_who_are_not_limited_have_a_burst_of_twenty_in_a_minute() -> None:
    assert ratelimits.peek(who=FREE, now=NOW) is None
    assert ratelimits.take(who=FREE, now=NOW) is None
    for _ in range(20):
        charge(FREE)
    scope, limit, retry_at = refused(FREE)
    assert (scope, limit) == ("minute", 20)
    assert timedelta(seconds=1) <= retry_at - NOW <= timedelta(minutes=1)
    charge(Who(8, "", "user:8", True))
    assert DayCount.objects.get(key="free:user:7").used == 20
    assert not Charge.objects.exists()


def test_where_limits_are_off_there_are_no_windows(settings: Any) -> None:
    settings.RATELIMIT_ENABLE = False
    assert ratelimits.take_burst(who=FREE, now=NOW) is None
    assert ratelimits.take(who=member_who(), now=NOW) is None
    assert ratelimits.peek(who=member_who(), now=NOW) is None
    assert quota.remaining(who=member_who(), now=NOW) == Remaining(None, None, None)


@pytest.fixture(params=[True, False], ids=["swallowed", "raised"])
def away(request: Any, settings: Any, redis_away: None) -> None:
    """Redis is away, and the cache says so or, as in production, does not."""
    cache = settings.CACHES["default"]
    options = {**cache["OPTIONS"], "IGNORE_EXCEPTIONS": request.param}
    settings.CACHES = {"default": {**cache, "OPTIONS": options}}


def test_without_redis_the_hour_is_open_and_the_day_is_not(away: None, settings: Any) -> None:
    settings.RATE_HOUR = 2
    assert ratelimits.take_burst(who=FREE, now=NOW) is None
    assert ratelimits.take(who=member_who(), now=NOW) is None
    for left in (2, 1, 0):
        charge(member_who())
        assert quota.remaining(who=member_who(), now=NOW) == Remaining(None, left, MIDNIGHT)
    assert refused(member_who()) == ("day", 3, MIDNIGHT)


def asking(address: str = "192.0.2.1", user: int = 1) -> Any:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.user = type("User", (), {"pk": user, "is_authenticated": True})()
    return request


def test_a_key_is_tried_six_times_a_minute() -> None:
    assert [ratelimits.tries_too_often(asking()) for _ in range(8)] == [False] * 6 + [True] * 2
    assert ratelimits.tries_too_often(asking(user=2)) is False


def test_a_network_sends_ten_reports_a_minute() -> None:
    addresses = [f"2001:db8:1:2::{number:x}" for number in range(12)]
    told = [ratelimits.reports_too_often(asking(address)) for address in addresses]
    assert told == [False] * 10 + [True] * 2
    assert ratelimits.reports_too_often(asking("2001:db8:1:3::1")) is False


def test_without_redis_keys_are_tried_and_reports_are_not_taken(away: None) -> None:
    assert ratelimits.tries_too_often(asking()) is False
    assert ratelimits.reports_too_often(asking()) is True


def test_where_limits_are_off_every_key_is_tried_and_every_report_taken(settings: Any) -> None:
    settings.RATELIMIT_ENABLE = False
    assert not any(ratelimits.tries_too_often(asking()) for _ in range(12))
    assert not any(ratelimits.reports_too_often(asking()) for _ in range(12))


# -- Charges --


def test_a_full_hour_refuses_before_the_day_is_touched(settings: Any) -> None:
    settings.RATE_DAY = 9
    window = counted(member_who(), 5)
    assert refused(member_who()) == ("hour", 5, window.resets_at)
    assert not DayCount.objects.exists()
    assert use(ratelimits.peek(who=member_who(), now=NOW)) == (5, 5), "a refusal was counted"


def test_a_full_day_refuses_before_the_hour_is_touched() -> None:
    for _ in range(3):
        charge(member_who())
    assert refused(member_who()) == ("day", 3, MIDNIGHT)
    assert use(ratelimits.peek(who=member_who(), now=NOW)) == (3, 5)
    assert DayCount.objects.get().used == 3


def test_what_is_charged_already_is_not_counted_in_the_hour() -> None:
    subject = charge(member_who())
    charge(member_who(), subject=subject)
    assert use(ratelimits.peek(who=member_who(), now=NOW)) == (1, 5)


def test_a_guests_day_is_bounded_by_each_network_around(settings: Any) -> None:
    settings.RATE_HOUR = 1000
    around = ("net:56", "net:48")
    for number in range(6):
        charge(guest(f"g{number}", address=f"net:{number}", networks=around))
    assert refused(guest("x", address="net:x", networks=around)) == ("day", 6, MIDNIGHT)
    for number in range(6):
        charge(guest(f"h{number}", address=f"net:h{number}", networks=("net:another", "net:48")))
    assert refused(guest("y", address="net:y", networks=("net:third", "net:48"))) == ("day", 12, MIDNIGHT)
    assert DayCount.objects.get(key="net:48").used == 12


def test_a_guest_without_a_token_is_charged_to_the_networks_alone() -> None:
    charge(Who(None, "", "net:a", False, "net:a"))
    assert list(DayCount.objects.values_list("key", "used")) == [("net:a", 1)]
    assert Charge.objects.get().address == ""


@pytest.mark.parametrize(
    ("who", "address"), [(guest("one"), "net:a"), (Who(1, "t", "user:1", False, "net:a"), "")]
)
def test_a_charge_remembers_the_address_of_a_guest_only(who: Who, address: str) -> None:
    subject = charge(who)
    charged = Charge.objects.get()
    assert (charged.subject, charged.key, charged.address) == (subject, who.key, address)
    assert (charged.day, charged.state, charged.created_at) == (NOW.date(), ChargeState.CHARGED, NOW)
    assert charged.refunded_at is None


def test_those_who_are_not_limited_have_fifty_days_in_one_without_redis(
    settings: Any, redis_away: None
) -> None:
    settings.RATE_DAY = 1
    for _ in range(50):
        charge(FREE)
    assert refused(FREE) == ("day", 50, MIDNIGHT)


# -- Refunds --


def test_a_refund_has_its_time() -> None:
    first, second = charge(member_who()), charge(member_who())
    assert quota.refund(subject=first, now=MIDNIGHT) is True
    assert quota.refund(subject=second) is True
    assert [Charge.objects.get(pk=pk).refunded_at for pk in (first, second)] == [MIDNIGHT, NOW]


def refunds(who: Who, times: int, *, now: datetime = NOW) -> list[bool]:
    return [quota.refund(subject=charge(who, now=now), now=now) for _ in range(times)]


def test_as_many_are_refunded_in_a_day_as_may_be_begun_in_one(settings: Any) -> None:
    settings.RATE_HOUR = 1000
    assert refunds(member_who(), 5) == [True] * 3 + [False] * 2
    assert DayCount.objects.get().used == 2
    assert refunds(member_who(2), 1) == [True], "refunded to somebody else"
    assert refunds(member_who(), 1, now=NOW + timedelta(days=1)) == [True]
    kept = charge(guest("one"))
    assert refunds(guest("two"), 4) == [True] * 3 + [False]
    assert quota.refund(subject=kept) is False, "another guest of the address has had them"
    assert refunds(guest("three", address="net:b"), 1) == [True]


def test_where_nothing_may_be_begun_one_is_refunded_still(settings: Any) -> None:
    subjects = [charge(member_who()) for _ in range(2)]
    settings.RATE_DAY = 0
    assert [quota.refund(subject=subject) for subject in subjects] == [True, False]


def test_a_counter_that_was_cleared_is_not_lowered() -> None:
    subject = charge(member_who())
    DayCount.objects.update(used=0)
    assert quota.refund(subject=subject) is True
    assert DayCount.objects.get().used == 0


# -- What remains --


def test_what_remains_is_never_less_than_nothing(settings: Any) -> None:
    for _ in range(3):
        charge(member_who())
    window = counted(member_who(), 2)
    settings.RATE_DAY, settings.RATE_HOUR = 1, 2  # the limits were lowered meanwhile
    assert quota.remaining(who=member_who(), now=NOW) == Remaining(0, 0, MIDNIGHT)
    settings.RATE_DAY = 9
    assert quota.remaining(who=member_who(), now=NOW) == Remaining(0, 6, window.resets_at)


@pytest.mark.parametrize(("rate_day", "resets"), [(4, "day"), (5, "day"), (6, "hour")])
def test_the_tighter_limit_says_when_more_come(settings: Any, rate_day: int, resets: str) -> None:
    settings.RATE_DAY = rate_day
    window = ratelimits.peek(who=member_who(), now=NOW)
    assert window is not None
    at = MIDNIGHT if resets == "day" else window.resets_at
    assert quota.remaining(who=member_who(), now=NOW) == Remaining(5, rate_day, at)


def test_what_remains_to_a_guest_is_what_the_networks_leave(settings: Any) -> None:
    settings.RATE_HOUR = 3
    for _ in range(2):
        charge(guest("one"))
    assert quota.remaining(who=guest("one"), now=NOW) == Remaining(1, 1, MIDNIGHT)
    assert quota.remaining(who=guest("two"), now=NOW) == Remaining(3, 3, MIDNIGHT)
    for number in range(3):
        charge(guest_who(f"more{number}", "net:a"))
    assert quota.remaining(who=guest("two"), now=NOW) == Remaining(1, 1, MIDNIGHT)
    assert quota.remaining(who=Who(None, "", "net:a", False, "net:a"), now=NOW).day == 1
