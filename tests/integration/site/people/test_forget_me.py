"""Forgetting a guest: asked first, then readings, texts, links and cookies are gone, and the page says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.access import GUEST, signed
from core.models import Charge, DayCount
from core.redis import client as redis
from core.security.crypto import fingerprint
from core.streams import Run
from core.streams.log.client import keys
from core.streams.node import node
from fortune.models import Reading, ShareLink, Shown
from fortune.services import sharing
from tests.integration.site.helpers import browser, member, reading

pytestmark = pytest.mark.django_db(transaction=True)

FORGET = "/fortune/forget/"
SAID = "맑은 물 같은 분이에요."


def guest(token: str = "charlie", **headers: str) -> tuple[Client, Any]:
    """Return a guest's browser and a reading of theirs, whose text is still in its log."""
    client = browser(**headers)
    client.cookies[GUEST] = signed(token)
    made = reading(guest=fingerprint(token, purpose="guest"), label="나", text=SAID)
    node().log.open(made.pk, token=1, epoch=1, seed=SAID.encode(), again=False)
    return client, made


@pytest.mark.parametrize("path", ["/fortune/history/", "/privacy/"])
def test_the_way_there_is_on_the_history_and_the_privacy_page(path: str) -> None:
    client, _made = guest()
    page = client.get(path).content.decode()
    assert f'href="{FORGET}"' in page and "이 기기에서 내 기록 지우기" in page


def test_it_is_asked_first_and_nothing_is_deleted_by_looking() -> None:
    client, made = guest()
    page = client.get(FORGET).content.decode()
    assert "풀이 1개" in page and "정말 모두 지울까요?" in page and "되살릴 수 없어요" in page
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0], "no script is needed"
    assert Reading.objects.filter(pk=made.pk).exists()


def test_a_guest_is_forgotten() -> None:
    client, made = guest()
    client.cookies["view"] = "theme:dark"
    asked = reading(guest=made.guest, kind="question", parent=made, question="?")
    link = sharing.share(reading=made, shown=Shown.READING, epoch=1, now=timezone.now())
    answer = client.post(FORGET)
    assert (answer.status_code, answer["Location"]) == (303, reverse("fortune:forgotten"))
    for model in (Reading, Run, ShareLink):
        assert not model.objects.exists()  # type: ignore[attr-defined]
    for row in (made, asked):
        assert not redis().exists(keys(row.pk)[1])
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    for name in (GUEST, "view"):
        assert answer.cookies[name].value == "" and answer.cookies[name]["max-age"] == 0
    assert browser().get(reverse("fortune:shared", args=[link.token])).status_code == 404
    told = client.get(answer["Location"])
    assert "모두 지웠어요" in told.content.decode()
    assert GUEST not in told.cookies, "and no new one is given"
    assert "아직 본 풀이가 없어요" in client.get("/fortune/history/").content.decode()


def test_only_this_guest_is_forgotten() -> None:
    client, _mine = guest()
    _other, theirs = guest("somebody else")
    hers = reading(owner=member("alice"))
    client.post(FORGET)
    assert set(Reading.objects.values_list("pk", flat=True)) == {theirs.pk, hers.pk}


def test_a_guest_from_before_there_was_a_cookie_is_forgotten() -> None:
    client = browser()
    session = client.session
    session[GUEST] = "old"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    made = reading(guest=fingerprint("old", purpose="guest"))
    answer = client.post(FORGET)
    assert not Reading.objects.filter(pk=made.pk).exists()
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert not client.session.keys()
    assert "storage" in answer["Clear-Site-Data"], "not only what signing out clears"


def test_a_visitor_without_anything_is_told_the_same() -> None:
    client = browser()
    assert "풀이 0개" in client.get(FORGET).content.decode()
    assert client.post(FORGET).status_code == 303


def test_a_member_is_sent_to_the_accounts_page_and_keeps_everything() -> None:
    alice = member("alice")
    reading(owner=alice)
    for answer in (browser(alice).get(FORGET), browser(alice).post(FORGET)):
        assert answer["Location"] == reverse("fortune:account")
    assert Reading.objects.count() == 1
    assert FORGET not in browser(alice).get("/fortune/history/").content.decode()


def test_it_takes_a_press_of_ones_own() -> None:
    _client, made = guest()
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies[GUEST] = signed("charlie")
    assert stranger.post(FORGET).status_code == 403
    assert Reading.objects.filter(pk=made.pk).exists()


def test_the_networks_limits_stay_and_the_guests_name_goes_from_them() -> None:
    client, made = guest()
    key, today = f"guest:{made.guest[:40]}", date(2026, 5, 15)
    Charge.objects.create(subject=made.pk, key=key, address="net:x", day=today, created_at=timezone.now())
    DayCount.objects.create(key=key, day=today, used=1)
    DayCount.objects.create(key="net:x", day=today, used=1)
    client.post(FORGET)
    assert list(DayCount.objects.values_list("key", flat=True)) == ["net:x"]
    assert list(Charge.objects.values_list("key", "address")) == [("guest:", "net:x")]


def test_the_page_speaks_english() -> None:
    client, _made = guest(**{"accept-language": "en"})
    page = client.get(FORGET).content.decode()
    assert "1 reading" in page and "지우" not in page.partition("<main")[2].partition("</main>")[0]
