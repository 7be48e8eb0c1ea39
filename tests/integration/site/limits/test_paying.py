"""Charging for readings: the site's key counts against the day, an own key never does."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from core.access import GUEST
from core.accounts import profiles
from core.models import DayCount
from core.security.crypto import fingerprint
from core.streams import Run, Status
from fortune.author import GONE, ReadingAuthor
from tests.integration.site.helpers import browser, member, reading

pytestmark = pytest.mark.django_db

KEY = "AIzaSyD-not-a-real-key-0123456789abcdef"


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    settings.RATELIMIT_ENABLE, settings.RATE_HOUR, settings.RATE_DAY = True, 100, 2


def holder(name: str = "alice", *, works: bool = True) -> Any:
    user = member(name)
    profiles.set_own_key(profile=user.profile, key=KEY, now=timezone.now())
    profiles.note_own_key(user_id=user.pk, works=works, now=timezone.now())
    user.profile.refresh_from_db()
    return user


def press_again(client: Any, made: Any, times: int) -> list[int]:
    answers = []
    for _ in range(times):
        Run.objects.filter(subject=made.pk).update(status=Status.DONE, finished_at=timezone.now())
        path = f"/fortune/readings/{made.pk}/regenerate"
        answers.append(client.post(path, headers={"accept": "application/json"}).status_code)
    return answers


def test_a_holders_own_readings_are_written_on_the_key_and_not_counted() -> None:
    alice = holder()
    made = reading(owner=alice)
    assert press_again(browser(alice), made, 4) == [303] * 4
    assert set(Run.objects.filter(epoch__gt=1).values_list("own_key", flat=True)) == {True}
    assert not DayCount.objects.exclude(key__startswith="free:").exists()


def test_a_key_frees_nobody_from_the_limit_where_the_sites_is_used() -> None:
    """A guest's reading is written with the site's key, so it counts."""
    client = browser(holder())
    session = client.session
    session[GUEST] = "charlie"
    session.save()
    made = reading(guest=fingerprint("charlie", purpose="guest"))
    assert press_again(client, made, 4) == [303, 303, 429, 429]
    assert DayCount.objects.get().used == 2


def test_staff_are_not_counted_on_the_sites_key() -> None:
    staff = member("staff", is_staff=True)
    assert press_again(browser(staff), reading(owner=staff), 4) == [303] * 4
    assert not DayCount.objects.exclude(key__startswith="free:").exists()


def test_a_key_taken_away_before_the_first_word_is_not_replaced_by_the_sites() -> None:
    alice = holder()
    made = reading(owner=alice)
    run = Run.objects.get(subject=made.pk)
    assert ReadingAuthor().own_key(run) == KEY
    profiles.set_own_key(profile=alice.profile, key="", now=timezone.now())
    assert ReadingAuthor().own_key(run) == GONE


def test_a_key_is_not_tried_out_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test of a key asks Gemini from the server and may wait fifteen seconds."""
    tried: list[str] = []
    monkeypatch.setattr("core.accounts.own_keys.try_out", lambda key: tried.append(key) or "works")
    client = browser(holder())
    for _ in range(8):
        assert client.post("/accounts/profile/key/test/").status_code == 302
    assert len(tried) == 6
