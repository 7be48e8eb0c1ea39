"""Ways round the count of what is paid: each was open once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils import timezone

from core import access
from core.access import GUEST, Who
from core.accounts import profiles
from core.limits import quota, ratelimits
from core.llm import registry
from core.llm.types import ProviderError
from core.models import Charge, ChargeState, DayCount, Profile
from core.streams import Run, Status
from fortune.author import ReadingAuthor
from tests.fakes.raw import HEAD, RESET, raw_provider
from tests.integration.site.helpers import browser, guest_who, member, member_who, reading

pytestmark = pytest.mark.django_db(transaction=True)  # a refused charge rolls its transaction back


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    settings.RATELIMIT_ENABLE = True
    settings.RATE_HOUR, settings.RATE_DAY, settings.RATE_ADDRESS_FACTOR = 5, 10, 4


@pytest.fixture
def still() -> Iterator[None]:
    """Let no window of an hour, a minute or a day end while readings are counted."""
    with time_machine.travel(datetime(2026, 5, 15, 3, 0, tzinfo=UTC), tick=False):
        yield


def begun(makers: list[Who]) -> int:
    """Return how many of these visitors may begin a reading."""
    count = 0
    for who in makers:
        try:
            quota.charge(who=who, subject=uuid.uuid4(), now=timezone.now())
        except quota.LimitReached:
            continue
        count += 1
    return count


def guest_at(rf: Any, address: str) -> Who:
    request = rf.get("/", REMOTE_ADDR=address)
    request.user, request.session = AnonymousUser(), {GUEST: uuid.uuid4().hex}
    return access.who(request)


NETWORK = f"2001:db8:{uuid.uuid4().int % 65536:x}"


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (lambda number: "203.0.113.7", 20),
        (lambda number: f"{NETWORK}:1:{number:x}::1", 20),  # one /64: another address for each
        (lambda number: f"{NETWORK}:2{number:02x}::1", 20),  # one /56: another /64 for each
        (lambda number: f"{NETWORK}:{number * 256 + 3:x}::1", 40),  # one /48: another /56 for each
    ],
    ids=["IPv4", "a /64", "a /56", "a /48"],
)
@pytest.mark.parametrize("away", [False, True], ids=["", "without Redis"])
def test_guests_of_one_network_are_bounded_together(
    rf: Any, request: Any, still: None, address: Callable[[int], str], most: int, away: bool, settings: Any
) -> None:
    if away:
        request.getfixturevalue("redis_away")
        settings.RATE_DAY = settings.RATE_HOUR
    else:
        settings.RATE_DAY = 1000
    assert begun([guest_at(rf, address(number)) for number in range(60)]) == most


def run_of(made: Any, status: Status, *, text: str = "", code: str = "", cost: int = 0, **fields: Any) -> Run:
    """Change a reading's run, as if it had ended so."""
    run = Run.objects.get(subject=made.pk)
    run.status, run.text, run.error_code, run.cost_micro = status, text, code, cost
    run.provider = fields.pop("provider", "deepseek")
    for name, value in fields.items():
        setattr(run, name, value)
    run.save()
    return run


@pytest.mark.parametrize(
    ("status", "code", "cost", "is_refunded"),
    [
        (Status.STOPPED, "", 0, True),  # before the model was asked
        (Status.STOPPED, "", 900, False),  # after
        (Status.FAILED, "timeout_first_token", 900, True),
        (Status.FAILED, "connect", 0, True),
        (Status.FAILED, "blocked", 900, False),
    ],
)
def test_what_the_visitor_has_had_asked_is_not_refunded(
    status: Status, code: str, cost: int, is_refunded: bool
) -> None:
    alice = member("alice")
    run = run_of(reading(owner=alice), status, code=code, cost=cost)
    quota.charge(who=member_who(alice.pk), subject=run.pk, now=timezone.now())
    ReadingAuthor().finished(run)
    assert Charge.objects.get().state == (ChargeState.REFUNDED if is_refunded else ChargeState.CHARGED)


def test_refunds_are_bounded_without_redis_too(settings: Any, redis_away: None) -> None:
    """Forty presses, each of which fails: charged, refunded, and charged again."""
    pressed = 0
    for _ in range(40):
        subject = uuid.uuid4()
        try:
            quota.charge(who=member_who(), subject=subject, now=timezone.now())
        except quota.LimitReached:
            break
        pressed += 1
        quota.refund(subject=subject)
    assert pressed == 2 * settings.RATE_DAY


def test_new_cookies_do_not_make_refunds_new(settings: Any, redis_away: None) -> None:
    pressed = 0
    for _ in range(100):
        subject = uuid.uuid4()
        try:
            quota.charge(who=guest_who(), subject=subject, now=timezone.now())
        except quota.LimitReached:
            break
        pressed += 1
        quota.refund(subject=subject)
    assert pressed == settings.RATE_DAY * settings.RATE_ADDRESS_FACTOR + settings.RATE_DAY


def press(client: Any, made: Any, what: str = "retry") -> int:
    path = f"/fortune/readings/{made.pk}/{what}"
    return int(client.post(path, headers={"accept": "application/json"}).status_code)


@pytest.mark.parametrize(
    ("status", "code", "retries"),
    [
        (Status.INTERRUPTED, "blocked", 0),
        (Status.INTERRUPTED, "connect", 3),
        (Status.FAILED, "blocked", 0),
    ],
)
def test_a_text_that_a_filter_ended_or_that_was_continued_often_is_not_asked_for_again(
    status: Status, code: str, retries: int
) -> None:
    alice = member("alice")
    made = reading(owner=alice)
    text = "" if status == Status.FAILED else "올해는"
    run = run_of(made, status, text=text, code=code, retries=retries)
    client = browser(alice)
    assert press(client, made) == 409
    run.refresh_from_db()
    assert (run.status, run.retries) == (status, retries)
    page = client.get(f"/fortune/readings/{made.pk}/").content.decode()
    assert "data-retry hidden" in page


def test_staff_and_holders_of_keys_have_bursts_bounded(still: None) -> None:
    for who in (Who(7, "", "user:7", True, staff=True), Who(8, "", "user:8", True)):
        assert begun([who] * 60) == ratelimits.BURST
    assert not Charge.objects.exists()


def test_without_redis_they_have_a_day(settings: Any, redis_away: None) -> None:
    settings.RATE_DAY = 1
    assert begun([Who(7, "", "user:7", True, staff=True)] * 60) == quota.UNLIMITED_TIMES
    assert DayCount.objects.get().key == "free:user:7"


REFUSED = b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"
ANSWERED = HEAD + b'data: {"candidates":[{"content":{"parts":[{"text":"yes"}]},"finishReason":"STOP"}]}\n\n'


def test_a_key_frees_from_the_limits_while_it_is_seen_to_work(settings: Any) -> None:
    alice = member("alice")
    profiles.set_own_key(profile=alice.profile, key="x" * 20, now=timezone.now())
    client = browser(alice)
    with raw_provider() as gemini:
        settings.GEMINI_BASE_URL = gemini.url
        registry.reset()
        for answer, works in (([RESET], False), ([ANSWERED], True), ([RESET], True), ([REFUSED], False)):
            gemini.will_answer(answer)
            client.post("/accounts/profile/key/test/")
            assert gemini.requests
            assert Profile.objects.get(user=alice).own_key_works is works
    registry.reset()


def test_a_key_that_was_not_seen_to_work_frees_from_nothing(rf: Any) -> None:
    alice = member("alice")
    profiles.set_own_key(profile=alice.profile, key="x" * 20, now=timezone.now())
    for works in (False, True):
        profiles.note_own_key(user_id=alice.pk, works=works, now=timezone.now())
        request = rf.get("/")
        request.session, request.user = {}, User.objects.get(pk=alice.pk)
        assert access.who(request).unlimited is works


@pytest.mark.parametrize(
    ("provider", "text", "code", "before", "works"),
    [
        ("gemini", "올해는", "", False, True),
        ("classic", "규칙", "", False, False),
        ("", "", "auth", True, False),
        ("", "", "connect", True, True),
    ],
)
def test_a_reading_on_a_key_tells_whether_it_works(
    provider: str, text: str, code: str, before: bool, works: bool
) -> None:
    alice = member("alice")
    profiles.set_own_key(profile=alice.profile, key="x" * 20, now=timezone.now())
    profiles.note_own_key(user_id=alice.pk, works=before, now=timezone.now())
    status = Status.DONE if text else Status.FAILED
    run = run_of(reading(owner=alice), status, text=text, code=code, provider=provider, own_key=True)
    ReadingAuthor().finished(run)
    assert Profile.objects.get(user=alice).own_key_works is works


def test_a_new_key_is_another_one() -> None:
    alice = member("alice")
    profiles.set_own_key(profile=alice.profile, key="x" * 20, now=timezone.now())
    profiles.note_own_key(user_id=alice.pk, works=True, now=timezone.now())
    profiles.set_own_key(profile=alice.profile, key="y" * 20, now=timezone.now())
    assert not Profile.objects.get(user=alice).own_key_works


def test_the_operators_page_shows_the_days_money_and_a_provider_that_wants_to_be_left_alone(
    settings: Any,
) -> None:
    settings.AI_PROVIDERS, settings.DEEPSEEK_API_KEY = ["deepseek", "classic"], "k"
    settings.AI_DAILY_BUDGET, settings.DEEPSEEK_MODEL = 2.5, f"m-{uuid.uuid4().hex[:8]}"
    registry.reset()
    client = browser(member("root", is_staff=True, is_superuser=True))
    breaker, name = registry.providers().router.breaker, f"deepseek:{settings.DEEPSEEK_MODEL}"
    permit = breaker.acquire(name)
    assert permit is not None
    breaker.failed(permit, ProviderError("rate_limited", retry_after=3600.0))
    page = client.get(reverse("admin:operations")).content.decode()
    assert "/ 2.50" in page
    assert "열림(쉬는 중)" in page
    client.post(reverse("admin:reset_breaker"), {"label": name})
    assert "열림(쉬는 중)" not in client.get(reverse("admin:operations")).content.decode()
    assert breaker.acquire(name) is not None
    registry.reset()
