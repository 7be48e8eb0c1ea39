"""In production every cookie's name begins with ``__Host-``; those of the release before are known, and sent again."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from core.access import GUEST, signed
from core.security.crypto import fingerprint
from core.site.middleware.cookies import PREFIX
from fortune.models import Reading
from fortune.scenes import LANDS, MOTIFS
from tests.integration.site.helpers import PASSWORD, browser, member, reading

pytestmark = pytest.mark.django_db

BIRTH = {"gender": "female", "calendar": "solar", "birth_date": "1990-05-15", "birth_place": "seoul"}
SESSION, CSRF = configured.SESSION_COOKIE_NAME, configured.CSRF_COOKIE_NAME


@pytest.fixture(autouse=True)
def production(settings: Any) -> None:
    settings.HOST_COOKIES = settings.SESSION_COOKIE_SECURE = True


def guest(name: str, token: str = "charlie") -> tuple[Client, Reading]:
    """Return a browser that knows a guest by a cookie of this name, and a reading of theirs."""
    client = browser()
    client.cookies[name] = signed(token)
    return client, reading(guest=fingerprint(token, purpose="guest"))


def sees(client: Client, row: Reading) -> bool:
    return client.get(row.get_absolute_url()).status_code == 200


def older(client: Client) -> Client:
    """Return a browser with the same cookies under the names of the release before."""
    before = browser()
    for name, cookie in client.cookies.items():
        before.cookies[name.removeprefix(PREFIX)] = cookie.value
    return before


def signed_in(name: str = "alice") -> Client:
    client = browser()
    user = member(name)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def test_every_cookie_is_this_hosts_alone() -> None:
    client = signed_in()
    client.get("/fortune/")
    stranger = browser()
    stranger.get("/fortune/")
    stranger.post("/fortune/", BIRTH)
    stranger.post(reverse("fortune:view_settings"), {"theme": "dark"})
    stranger.post(reverse("set_language"), {"language": "en"})
    names = set(client.cookies) | set(stranger.cookies)
    language = configured.LANGUAGE_COOKIE_NAME
    assert names >= {PREFIX + name for name in (SESSION, CSRF, GUEST, "view", language)}
    for cookie in [*client.cookies.values(), *stranger.cookies.values()]:
        assert cookie.key.startswith(PREFIX), cookie.key
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", ""), cookie.key


def test_a_guest_of_the_release_before_keeps_their_readings() -> None:
    client, mine = guest(GUEST)
    answer = client.get(mine.get_absolute_url())
    assert answer.status_code == 200
    again = answer.cookies[PREFIX + GUEST]
    assert (again.value, again["httponly"], again["samesite"]) == (client.cookies[GUEST].value, True, "Lax")
    assert GUEST not in answer.cookies, "the release before still finds its own after a rollback"
    del client.cookies[GUEST]
    assert sees(client, mine)
    assert PREFIX + GUEST not in client.get(mine.get_absolute_url()).cookies, "once is enough"


def test_a_member_of_the_release_before_stays_signed_in() -> None:
    client = older(signed_in())
    account = reverse("fortune:account")
    answer = client.get(account)
    assert answer.status_code == 200
    assert answer.cookies[PREFIX + SESSION].value == client.cookies[SESSION].value
    assert answer.cookies[PREFIX + SESSION]["httponly"]
    del client.cookies[SESSION]
    assert client.get(account).status_code == 200


def test_a_form_that_was_open_during_the_update_is_taken() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept": "text/html"})
    strict.cookies[CSRF] = "t" * 32
    form = {**BIRTH, "csrfmiddlewaretoken": "t" * 32}
    assert strict.post("/fortune/", form).status_code == 303
    # A sibling host may set a plain one: it says nothing beside the browser's own.
    strict.cookies[PREFIX + CSRF] = "u" * 32
    assert strict.post("/fortune/", form).status_code == 403


def test_a_plain_cookie_says_nothing_beside_a_prefixed_one() -> None:
    client, mine = guest(PREFIX + GUEST)
    client.cookies[GUEST] = signed("mallory")
    hers = reading(guest=fingerprint("mallory", purpose="guest"))
    assert sees(client, mine) and not sees(client, hers)


def test_signing_out_and_forgetting_delete_both_names() -> None:
    client = older(signed_in())
    client.get("/fortune/")
    answer = client.post(reverse("account_logout"))
    assert answer.cookies[SESSION].value == answer.cookies[PREFIX + SESSION].value == ""
    client, mine = guest(GUEST)
    client.get("/fortune/")
    answer = client.post(reverse("fortune:forget"))
    assert answer.cookies[GUEST].value == answer.cookies[PREFIX + GUEST].value == ""
    assert answer.cookies[PREFIX + GUEST]["secure"], "a browser takes no other word about such a name"
    assert not Reading.objects.filter(pk=mine.pk).exists()


def test_a_guest_of_the_release_before_signs_in_and_takes_their_cookie_along() -> None:
    client, mine = guest(GUEST)
    user = member("bob")
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.get("/fortune/")
    left = {name for name, cookie in client.cookies.items() if cookie.value}
    assert not left & {GUEST, PREFIX + GUEST}, left
    assert sees(client, mine)


def test_what_caches_share_carries_nobodys_cookie() -> None:
    client, _mine = guest(GUEST)
    name = f"{MOTIFS[0]}-{LANDS[0]}"
    answer = client.get(reverse("fortune:scene", args=[name, "light"]))
    assert "public" in answer["Cache-Control"] and not answer.cookies


def test_turned_off_again_nobody_is_lost(settings: Any) -> None:
    settings.HOST_COOKIES = False
    client, mine = guest(PREFIX + GUEST)
    answer = client.get(mine.get_absolute_url())
    assert answer.status_code == 200
    assert answer.cookies[GUEST].value == client.cookies[GUEST].value != ""
    assert answer.cookies[PREFIX + GUEST].value == ""
    assert sees(older(client), mine)
