"""The stock admin: everything can be managed, nothing personal is shown, and queries don't grow with rows."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from prometheus_client import REGISTRY

from core.accounts import profiles
from core.admin import visits
from core.limits import quota
from core.models import Charge, DailyVisits, DayCount, SiteState
from core.site.switches import switches
from fortune.models import FavoriteDate, SavedPerson, Shown
from fortune.services import sharing
from tests.integration.site.helpers import browser, member, member_who, reading

pytestmark = pytest.mark.django_db

OURS = ["core", "fortune", "streams"]
# A random id can have a year's digits.
ANY_ID = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")


@pytest.fixture(autouse=True)
def one_provider(settings: Any) -> Any:
    from core.llm import registry

    settings.AI_PROVIDERS, settings.GEMINI_API_KEY = ["gemini"], "a-key"
    registry.reset()
    yield
    registry.reset()


@pytest.fixture
def staff() -> Any:
    return browser(member("staff", is_staff=True, is_superuser=True))


def fill(number: int) -> None:
    for index in range(8):
        owner = member(f"m{number}x{index}")
        reading(owner=owner, label="숨은 이름")
        SavedPerson.objects.create(user=owner, name="숨은 이름", birth={"birth_date": "1990-05-15"})
        FavoriteDate.objects.create(user=owner, date=date(2026, 5, 15), label="시험", memo="숨은 메모")
        quota.charge(who=member_who(owner.pk), subject=uuid.uuid4(), now=timezone.now())
        DailyVisits.objects.create(day=date(2026, 1, 1) + timedelta(days=number * 8 + index), visitors=3)


def change_lists() -> list[str]:
    return [
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for model in admin.site._registry
        if model._meta.app_label in OURS and model is not SiteState
    ]


@pytest.mark.parametrize("name", change_lists())
def test_queries_do_not_grow_with_rows(staff: Any, name: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert staff.get(reverse(name)).status_code == 200
        return len(queries)

    fill(1)
    count()
    few = count()
    fill(2)
    assert count() == few
    assert few <= 12


@pytest.mark.parametrize("name", change_lists())
def test_nothing_personal_is_shown(staff: Any, name: str) -> None:
    fill(1)
    page = ANY_ID.sub("", staff.get(reverse(name)).content.decode())
    assert "숨은" not in page and "1990" not in page


@pytest.mark.parametrize("name", [*change_lists(), "admin:index", "admin:operations"])
def test_members_and_strangers_are_kept_out(name: str) -> None:
    for client in (browser(), browser(member("alice"))):
        assert client.get(reverse(name)).status_code == 302


def test_a_readings_page_shows_its_text_and_cost_but_not_its_birth(staff: Any) -> None:
    made = reading(owner=member("alice"), label="숨은 이름", text="<b>맑은 물</b>")
    page = ANY_ID.sub("", staff.get(reverse("admin:fortune_reading_change", args=[made.pk])).content.decode())
    assert "&lt;b&gt;맑은 물&lt;/b&gt;" in page and "$0.0000" in page
    assert "숨은 이름" not in page and "1990" not in page


def test_a_key_is_taken_away_and_never_seen(staff: Any) -> None:
    alice = member("alice")
    profiles.set_own_key(profile=alice.profile, key="AIza-not-a-real-key-000000", now=timezone.now())
    page = staff.get(reverse("admin:core_profile_change", args=[alice.pk])).content.decode()
    assert "AIza" not in page and "gAAAA" not in page
    data = {"action": "take_own_key_away", "_selected_action": [alice.pk]}
    staff.post(reverse("admin:core_profile_changelist"), data)
    alice.profile.refresh_from_db()
    assert not alice.profile.has_own_key


def test_a_charge_is_given_back_once(staff: Any) -> None:
    subject = uuid.uuid4()
    quota.charge(who=member_who(5), subject=subject, now=timezone.now())
    data = {"action": "give_back", "_selected_action": [str(subject)]}
    for _ in range(2):
        staff.post(reverse("admin:core_charge_changelist"), data)
    assert DayCount.objects.get().used == 0
    assert Charge.objects.get().refunded_at is not None


def test_a_shared_link_is_revoked_and_never_seen(staff: Any) -> None:
    made = reading(owner=member("alice"))
    link = sharing.share(reading=made, shown=Shown.CHART, epoch=1, now=timezone.now())
    name = "admin:fortune_sharelink_changelist"
    assert link.token not in staff.get(reverse(name)).content.decode()
    change = reverse("admin:fortune_sharelink_change", args=[link.pk])
    assert link.token not in staff.get(change).content.decode()
    assert browser().get(f"/s/{link.token}/").status_code == 200
    staff.post(reverse(name), {"action": "revoke", "_selected_action": [link.pk]})
    assert browser().get(f"/s/{link.token}/").status_code == 404


def test_deleting_a_member_deletes_everything_of_theirs(staff: Any) -> None:
    from django.contrib.auth.models import User

    from core.streams import Run
    from fortune.models import Reading

    alice, bob, carol = member("alice"), member("bob"), member("carol")
    for user in (alice, bob, carol):
        reading(owner=user)
    page = reverse("admin:auth_user_delete", args=[alice.pk])
    assert staff.get(page).status_code == 200
    staff.post(page, {"post": "yes"})
    many = {"action": "delete_selected", "_selected_action": [bob.pk], "post": "yes"}
    staff.post(reverse("admin:auth_user_changelist"), many)
    assert set(User.objects.values_list("username", flat=True)) == {"staff", "carol"}
    assert Reading.objects.count() == Run.objects.count() == 1


def test_maintenance_is_one_switch_that_works_at_once(staff: Any) -> None:
    where = staff.get(reverse("admin:core_sitestate_changelist"))
    assert where["Location"] == reverse("admin:core_sitestate_change", args=[1])
    form = {"maintenance": "on", "banner": "오늘 새벽에 점검해요", "banner_en": ""}
    form |= {f"{name}_{part}": "" for name in ("maintenance_until", "banner_until") for part in (0, 1)}
    assert staff.post(where["Location"], form).status_code == 302
    assert switches().state().maintenance
    assert switches().state().banner(now=timezone.now()) == "오늘 새벽에 점검해요"
    assert browser().get("/").status_code == 503


def test_visitors_are_drawn_by_day(staff: Any) -> None:
    today = date(2026, 5, 15)
    DailyVisits.objects.create(day=today, visitors=10)
    DailyVisits.objects.create(day=today - timedelta(days=1), visitors=5)
    laid = visits.bars(today=today)
    assert len(laid) == 60
    assert [(bar.visitors, bar.height) for bar in laid[-2:]] == [(5, 60), (10, 120)]
    DailyVisits.objects.create(day=timezone.localdate(), visitors=7)
    page = staff.get(reverse("admin:core_dailyvisits_changelist")).content.decode()
    assert page.count("<rect") == 1


def test_the_operators_page_shows_providers_and_workers(staff: Any) -> None:
    page = staff.get(reverse("admin:operations")).content.decode()
    assert "gemini" in page and "닫힘(정상)" in page
    assert "운영" in staff.get(reverse("admin:index")).content.decode()


def test_an_open_breaker_is_closed_by_hand(staff: Any) -> None:
    from core.llm import registry
    from core.llm.types import ProviderError

    router = registry.providers().router
    (label,) = router.states()
    router.breaker.reset(label)
    for _ in range(10):
        permit = router.breaker.acquire(label)
        if permit is None:
            break
        router.breaker.failed(permit, ProviderError("server"))
    assert router.states()[label] == "open"
    assert "열림" in staff.get(reverse("admin:operations")).content.decode()
    staff.post(reverse("admin:reset_breaker"), {"label": label})
    assert router.states()[label] == "closed"


def test_a_scrape_tells_how_a_breaker_is_now_also_without_calls(settings: Any) -> None:
    from core.llm import registry
    from core.llm.breaker import Breaker
    from core.llm.types import ProviderError
    from core.redis import client

    def gauge() -> float | None:
        assert browser().get("/metrics").status_code == 200
        return REGISTRY.get_sample_value("fortune_llm_breaker_open", {"provider": "gemini"})

    settings.METRICS_OPEN = True
    (label,) = registry.providers().router.states()
    elsewhere = Breaker(client)  # another worker's
    elsewhere.reset(label)
    while permit := elsewhere.acquire(label):
        elsewhere.failed(permit, ProviderError("server"))
    assert gauge() == 1
    elsewhere.reset(label)
    assert gauge() == 0


def test_the_operators_page_stands_without_redis(staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from redis.exceptions import ConnectionError as Away

    def away() -> Any:
        raise Away

    monkeypatch.setattr("core.ops.operations.streams.members", away)
    assert "Redis에 닿지 않아요" in staff.get(reverse("admin:operations")).content.decode()
