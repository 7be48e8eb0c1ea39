"""doctor and sweep."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from core.accounts import profiles
from core.limits import quota
from core.limits.days import korean_day
from core.llm import registry
from core.models import Charge, DailyVisits, DayCount, Visit
from core.ops import doctor
from core.site import visits
from core.streams import Run
from fortune.models import Kind, Reading, Shown
from fortune.services import sharing
from tests.fakes.fake import FakeProvider
from tests.integration.site.helpers import PASSWORD, browser, member, member_who, reading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(settings: Any) -> Any:
    settings.AI_PROVIDERS, settings.GEMINI_API_KEY = ["gemini"], "a-key"
    settings.WORKER_CLASS = "gthread"  # the look at the patch has a test of its own below
    registry.reset()
    yield
    registry.reset()


def findings(*, reach: bool = False) -> dict[str, doctor.Finding]:
    return {finding.item: finding for finding in doctor.examine(reach=reach)}


def test_a_process_that_is_set_up_has_nothing_wrong(settings: Any) -> None:
    settings.SECRET_KEY = "k" * 50
    assert [found for found in findings().values() if found.verdict == "wrong"] == []


def test_each_item_is_looked_at_although_another_is_wrong(settings: Any, redis_away: None) -> None:
    found = findings()
    assert found["cache"].verdict == "wrong"
    assert found["database"].verdict == "ok"
    assert set(found) == {name for name, _ in doctor.ITEMS}


@pytest.mark.parametrize(("compression", "advised"), [("off", True), ("pglz", False)])
def test_the_operator_is_told_how_much_postgresql_logs(compression: str, advised: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL wal_compression = {compression}")
    found = findings()["write-ahead log"]
    assert found.verdict == "ok", "a dearer setting is nothing that fails a deployment"
    assert f"wal_compression {compression}, a checkpoint every " in found.says
    assert ("would spare" in found.says) is advised


def test_the_patch_is_looked_at_in_a_process_like_a_worker(settings: Any) -> None:
    settings.WORKER_CLASS = "gevent"
    assert "cooperative" in doctor.process.patch()


def test_a_key_that_does_not_open_what_is_stored_is_wrong(settings: Any) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    alice = member("alice")
    profiles.set_own_key(profile=alice.profile, key="a key", now=timezone.now())
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    found = findings()["encryption"]
    assert found.verdict == "wrong" and "core_profile.own_key" in found.says
    assert "a key" not in found.says


def test_pictures_that_an_earlier_release_left_behind_are_told(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert findings()["pictures"].verdict == "ok"
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "one.webp").write_bytes(b"pixels")
    found = findings()["pictures"]
    assert found.verdict == "doubtful" and "delete" in found.says


@pytest.mark.parametrize(
    ("item", "name", "value"),
    [
        ("budget", "AI_DAILY_BUDGET", 5.0),
        ("security contact", "SECURITY_CONTACT", "mailto:security@example.com"),
    ],
)
def test_what_is_promised_only_once_it_is_set_is_told_until_then(
    settings: Any, item: str, name: str, value: object
) -> None:
    settings.DEVELOPMENT = False
    setattr(settings, name, type(value)())
    found = findings()[item]
    assert found.verdict == "doubtful" and name in found.says
    setattr(settings, name, value)
    assert findings()[item].verdict == "ok"


def test_an_unbounded_pool_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    monkeypatch.setitem(connection.settings_dict["POOL_OPTIONS"], "MAX_OVERFLOW", 10)
    assert findings()["pool"].verdict == "wrong"


def test_no_provider_at_all_is_wrong(settings: Any) -> None:
    settings.GEMINI_API_KEY = ""
    registry.reset()
    assert findings()["providers"].verdict == "wrong"


@pytest.mark.parametrize(("script", "verdict"), [("count=1", "ok"), ("status=401", "wrong")])
def test_providers_are_asked_only_on_wish(settings: Any, script: str, verdict: str) -> None:
    with FakeProvider(script) as fake:
        settings.GEMINI_BASE_URL = fake.url
        registry.reset()
        assert "providers answer" not in findings()
        assert fake.stats()["attempts"] == 0
        found = findings(reach=True)["providers answer"]
        assert found.verdict == verdict
        assert "a-key" not in found.says


def test_the_command_fails_when_something_is_wrong(redis_away: None) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stdout=out)
    assert "WRONG  cache" in out.getvalue()


def test_sweeping_ends_in_a_sentence_when_the_database_fails() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_charge RENAME TO gone")
    with pytest.raises(CommandError, match=r"^the database: .*core_charge.*run this again"):
        call_command("sweep", stdout=io.StringIO())


def test_sweeping_keeps_what_is_young() -> None:
    now = timezone.now()
    for days in (0, 100):
        visits.count(["someone"], korean_day(now - timedelta(days=days)))
        quota.charge(who=member_who(), subject=uuid.uuid4(), now=now - timedelta(days=days))
    call_command("sweep", stdout=io.StringIO())
    assert (Visit.objects.count(), Charge.objects.count(), DayCount.objects.count()) == (1, 1, 1)
    assert DailyVisits.objects.count() == 2


def test_sweeping_forgets_where_people_signed_in_once_the_session_is_over() -> None:
    alice = member("alice")
    for _ in range(2):
        browser().post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    over = UserSession.objects.order_by("pk")[0]
    Session.objects.filter(pk=over.session_key).update(expire_date=timezone.now() - timedelta(days=1))
    call_command("sweep", stdout=io.StringIO())
    assert UserSession.objects.count() == Session.objects.count() == 1
    assert not UserSession.objects.filter(pk=over.pk).exists()


def test_sweeping_forgets_guests_readings_that_rest_for_long() -> None:
    now = timezone.now()
    long_ago = now - timedelta(days=100)
    hers = reading(owner=member("alice"), created_at=long_ago)
    forgotten = reading(guest="g" * 64, created_at=long_ago)
    young = reading(guest="g" * 64)
    shared = reading(guest="g" * 64, created_at=long_ago)
    sharing.share(reading=shared, shown=Shown.DAY, epoch=1, now=now)
    not_any_more = reading(guest="g" * 64, created_at=long_ago)
    sharing.share(reading=not_any_more, shown=Shown.DAY, epoch=1, now=long_ago)
    talked_about = reading(guest="g" * 64, created_at=long_ago)
    asked = reading(guest="g" * 64, kind=Kind.QUESTION, parent=talked_about)
    reading(guest="g" * 64, kind=Kind.QUESTION, parent=forgotten, created_at=long_ago)
    out = io.StringIO()
    call_command("sweep", stdout=out)
    kept = {hers.pk, young.pk, shared.pk, talked_about.pk, asked.pk}
    assert set(Reading.objects.values_list("pk", flat=True)) == kept
    assert set(Run.objects.values_list("subject", flat=True)) == kept
    assert "guests' readings: 2" in out.getvalue()
