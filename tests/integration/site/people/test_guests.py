"""A guest is known by a signed cookie, without a row of the session table, and by their session once they have signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.access import GUEST, signed
from core.security.crypto import fingerprint
from fortune.models import Reading
from tests.integration.site.helpers import PASSWORD, browser, member, reading

pytestmark = pytest.mark.django_db

BIRTH = {"gender": "female", "calendar": "solar", "birth_date": "1990-05-15", "birth_place": "seoul"}


def guest(token: str = "charlie") -> tuple[Client, Reading]:
    """Return a guest's browser and a reading of theirs."""
    client = browser()
    client.cookies[GUEST] = signed(token)
    return client, reading(guest=fingerprint(token, purpose="guest"))


def sees(client: Client, row: Reading) -> bool:
    status = client.get(row.get_absolute_url()).status_code
    assert status in {200, 404}
    return status == 200


def sign_in(client: Client, user: Any) -> None:
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def test_a_guest_begins_and_opens_a_reading_without_a_session() -> None:
    client = browser()
    answer = client.post("/fortune/", BIRTH)
    cookie = answer.cookies[GUEST]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] == settings.SESSION_COOKIE_AGE
    assert client.get(answer["Location"]).status_code == 200
    assert settings.SESSION_COOKIE_NAME not in client.cookies and not Session.objects.exists()


def test_a_second_reading_is_the_same_guests() -> None:
    client = browser()
    client.post("/fortune/", BIRTH)
    again = client.post("/fortune/", {**BIRTH, "birth_date": "1991-06-16"})
    assert GUEST not in again.cookies, "who is known is given no other token"
    assert Reading.objects.values("guest").distinct().count() == 1


def test_looking_at_the_form_makes_nobody_known() -> None:
    assert GUEST not in browser().get("/fortune/").cookies


@pytest.mark.parametrize(
    "cookie",
    ["", "charlie", "charlie:1tZZZZ:forged", signed("bob")],
    ids=["none", "unsigned", "forged", "another's"],
)
def test_nobody_else_opens_it(cookie: str) -> None:
    _client, mine = guest()
    stranger = browser()
    if cookie:
        stranger.cookies[GUEST] = cookie
    assert not sees(stranger, mine)
    assert not sees(browser(member("bob")), mine)


def test_a_cookie_that_is_too_old_is_no_cookie() -> None:
    client, mine = guest()
    later = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE + 60)
    with time_machine.travel(later, tick=False):
        assert not sees(client, mine)


def test_the_form_of_a_known_guest_is_kept_by_nobody() -> None:
    client, _mine = guest()
    assert "no-store" in client.get("/fortune/")["Cache-Control"]
    assert "no-store" not in browser().get("/fortune/").get("Cache-Control", "")


def test_signing_in_takes_the_readings_along_and_the_cookie_away() -> None:
    alice, (client, mine) = member("alice"), guest()
    sign_in(client, alice)
    assert sees(client, mine), "also before it is claimed"
    assert client.cookies[GUEST].value == "" and client.session[GUEST] == "charlie"
    client.get(reverse("fortune:history"))
    mine.refresh_from_db()
    assert (mine.owner, mine.guest) == (alice, "")
    assert GUEST not in client.session and sees(client, mine)


def test_whoever_comes_after_a_member_has_signed_out_sees_nothing_of_theirs() -> None:
    alice, (client, mine) = member("alice"), guest()
    sign_in(client, alice)
    client.post(reverse("account_logout"))
    assert not client.cookies[GUEST].value and not sees(client, mine)


def test_a_guest_who_was_known_by_a_session_before_is_known_still() -> None:
    client = browser()
    session = client.session
    session[GUEST] = "dave"
    session.save()
    mine = reading(guest=fingerprint("dave", purpose="guest"))
    assert sees(client, mine)
    client.post("/fortune/", BIRTH)
    assert Reading.objects.filter(guest=mine.guest).count() == 2


def test_a_token_that_waits_to_be_claimed_is_not_replaced_by_another() -> None:
    alice, (client, mine) = member("alice"), guest("second")
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[GUEST] = "first"
    session.save()
    first = reading(guest=fingerprint("first", purpose="guest"))
    for _ in range(2):
        client.get(reverse("fortune:history"))
    for row in (first, mine):
        row.refresh_from_db()
        assert row.owner == alice
