"""The second factor: the admin waits for it, its secrets are encrypted, and an operator can help who has lost it."""

from __future__ import annotations

import getpass
import re
import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from core.accounts.second_factor import CELL
from core.models import FactorReset, SiteState
from core.security import crypto
from core.site.switches import switches
from tests.integration.site.helpers import PASSWORD, browser, member
from tests.integration.site.security.test_keys import new_key, rotate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    settings.ADMIN_SECOND_FACTOR = True


def signed_in(name: str = "alice", **fields: Any) -> tuple[Any, Client]:
    """Return a person, and their browser after a sign-in with the password."""
    user = member(name, **fields)
    client = browser()
    answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return user, client


def code(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def switch_on(client: Client) -> str:
    """Switch the authenticator app on, as a person does; return its secret."""
    assert "/accounts/reauthenticate/" in client.get("/accounts/2fa/totp/activate/")["Location"]
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.get("/accounts/2fa/totp/activate/")
    assert answer.status_code == 200, answer["Location"]
    page = answer.content.decode()
    (secret,) = re.findall(r'<code class="secret">([A-Z2-7]+)</code>', page)
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_staff_without_a_second_factor_are_led_to_one() -> None:
    _, client = signed_in(is_staff=True, is_superuser=True)
    answer = client.get("/admin/")
    assert answer["Location"] == "/accounts/2fa/"
    page = client.get("/accounts/2fa/").content.decode()
    assert "먼저 2단계 인증을 켜 주세요" in page
    switch_on(client)
    # Showing it once for the admin comes next.
    assert client.get("/admin/")["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"


def test_the_admin_opens_once_the_factor_is_shown_and_asks_again_in_time(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, client = signed_in(is_staff=True, is_superuser=True)
    secret = switch_on(client)
    shown = client.post(
        "/accounts/2fa/reauthenticate/?next=/admin/", {"code": code(secret, 1), "next": "/admin/"}
    )
    assert shown["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    now = time.time()
    monkeypatch.setattr("core.admin.second_factor.time.time", lambda: now + settings.ADMIN_IDLE + 5)
    assert "/2fa/reauthenticate/" in client.get("/admin/")["Location"]
    # A session in use stays open, until the whole time is over.
    for minutes in range(20, int(settings.ADMIN_SESSION // 60), 20):
        monkeypatch.setattr("core.admin.second_factor.time.time", lambda m=minutes: now + m * 60)
        assert client.get("/admin/").status_code == 200, minutes
    monkeypatch.setattr("core.admin.second_factor.time.time", lambda: now + settings.ADMIN_SESSION + 5)
    assert "/2fa/reauthenticate/" in client.get("/admin/")["Location"]


GRAVE = [
    ("get", "/admin/auth/user/{pk}/change/", {}),
    ("post", "/admin/auth/user/{pk}/change/", {"is_superuser": "on", "is_staff": "on"}),
    ("post", "/admin/auth/user/{pk}/password/", {"password1": PASSWORD, "password2": PASSWORD}),
    ("post", "/admin/auth/user/{pk}/delete/", {"post": "yes"}),
    ("post", "/admin/auth/user/", {"action": "delete_selected", "_selected_action": "{pk}", "post": "yes"}),
    ("post", "/admin/auth/user/add/", {"username": "mallory"}),
    ("post", "/admin/auth/group/add/", {"name": "all"}),
    ("post", "/admin/account/emailaddress/add/", {"user": "{pk}", "email": "mallory@example.com"}),
    ("post", "/admin/core/profile/", {"action": "take_own_key_away", "_selected_action": "{pk}"}),
    ("post", "/admin/fortune/reading/", {"action": "delete_readings", "_selected_action": "{pk}"}),
]


def test_what_changes_rights_or_deletes_asks_for_a_factor_shown_just_now(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, client = signed_in(is_staff=True, is_superuser=True)
    secret = switch_on(client)
    bob = member("bob")
    client.post("/accounts/2fa/reauthenticate/", {"code": code(secret, 1), "next": "/admin/"})
    change = f"/admin/auth/user/{bob.pk}/change/"
    assert client.get(change).status_code == 200
    later = time.time() + settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 5
    monkeypatch.setattr("core.admin.second_factor.time.time", lambda: later)
    before = get_user_model().objects.order_by("pk").values("pk", "is_superuser", "password")
    state = list(before)
    for method, path, form in GRAVE:
        filled = {name: value.format(pk=bob.pk) for name, value in form.items()}
        answer = getattr(client, method)(path.format(pk=bob.pk), filled)
        assert answer.status_code == 302 and "/2fa/reauthenticate/" in answer["Location"], path
    both = {"action": ["delete_selected", ""], "index": "0", "_selected_action": str(bob.pk), "post": "yes"}
    assert "/2fa/reauthenticate/" in client.post("/admin/auth/user/", both)["Location"]
    assert list(before.all()) == state
    assert not EmailAddress.objects.filter(email="mallory@example.com").exists()
    assert "저장하지 않았어요" in client.get("/accounts/2fa/reauthenticate/").content.decode()
    # All else goes on: lists, somebody's text, the switch for maintenance.
    for path in (
        "/admin/",
        "/admin/auth/user/",
        "/admin/core/sitestate/1/change/",
        "/admin/fortune/reading/",
    ):
        assert client.get(path, follow=True).status_code == 200, path
        assert "/2fa/" not in client.get(path).headers.get("Location", ""), path


def test_a_grave_form_is_led_back_to_once_the_factor_is_shown(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, client = signed_in(is_staff=True, is_superuser=True)
    secret = switch_on(client)
    bob = member("bob")
    client.post("/accounts/2fa/reauthenticate/", {"code": code(secret, 1), "next": "/admin/"})
    page = f"/admin/auth/user/{bob.pk}/delete/"
    later = time.time() + settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 5
    with monkeypatch.context() as patched:
        patched.setattr("core.admin.second_factor.time.time", lambda: later)
        assert client.get(page)["Location"] == f"/accounts/2fa/reauthenticate/?{urlencode({'next': page})}"
    assert client.post(page, {"post": "yes"}).status_code == 302
    assert not get_user_model().objects.filter(pk=bob.pk).exists()


def test_a_form_of_the_admin_is_not_sent_past_the_gate() -> None:
    _, client = signed_in(is_staff=True, is_superuser=True)
    switch_on(client)
    answer = client.post("/admin/core/sitestate/1/change/", {"banner": "hacked"})
    assert answer["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"


def test_signing_in_asks_for_the_factor_and_takes_a_code_once() -> None:
    user, client = signed_in()
    secret = switch_on(client)
    client.post("/accounts/logout/")
    step = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert step["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/accounts/email/").status_code == 302  # not signed in yet
    page = client.get("/accounts/2fa/authenticate/").content.decode()
    assert "2단계 인증" in page and "mfa_webauthn_authenticate" in page
    once = code(secret, 1)
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": once}).status_code == 302
    assert client.get("/accounts/email/").status_code == 200
    second = browser()
    second.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    second.post("/accounts/2fa/authenticate/", {"code": once})
    assert second.get("/accounts/email/").status_code == 302  # used already


def test_a_code_is_refused_for_as_long_as_it_is_valid() -> None:
    user, client = signed_in()
    once = code(switch_on(client), 1)
    for expected in (200, 302):  # open, then used
        other = browser()
        other.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        other.post("/accounts/2fa/authenticate/", {"code": once})
        assert other.get("/accounts/email/").status_code == expected
        # allauth's own mark goes after one period; the code is valid for three.
        cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={once}")


def test_the_admin_has_no_page_for_factors() -> None:
    assert not admin.site.is_registered(Authenticator)


def test_staff_can_finish_signing_in_during_maintenance() -> None:
    user, client = signed_in(is_staff=True)
    secret = switch_on(client)
    SiteState.objects.update_or_create(pk=1, defaults={"maintenance": True})
    switches().forget()
    other = browser()
    other.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert other.get("/accounts/2fa/authenticate/").status_code == 200
    other.post("/accounts/2fa/authenticate/", {"code": code(secret, 1)})
    assert other.get("/accounts/email/").status_code == 200


def test_a_recovery_code_opens_once() -> None:
    user, client = signed_in()
    switch_on(client)
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"<li><code>(\d{8})</code></li>", page)
    assert len(codes) == 10
    for expected in (200, 302):  # open, then used
        other = browser()
        other.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        other.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert other.get("/accounts/email/").status_code == expected


def test_the_factors_secrets_are_encrypted_and_follow_a_change_of_keys(settings: Any) -> None:
    user, client = signed_in()
    secret = switch_on(client)
    rows = {row.type: row.data for row in Authenticator.objects.filter(user=user)}
    assert secret not in str(rows)
    assert crypto.is_bound(rows["totp"]["secret"]) and crypto.is_bound(rows["recovery_codes"]["seed"])
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]
    assert "mfa_authenticator: 2" in rotate()
    data = Authenticator.objects.get(user=user, type="totp").data
    assert data["secret"].startswith(crypto.keyring().first.prefix)
    assert crypto.decrypt(data["secret"], CELL) == secret
    assert "mfa_authenticator: 0" in rotate()


def test_who_has_lost_everything_is_helped_by_an_operator() -> None:
    user, client = signed_in(is_staff=True)
    switch_on(client)
    call_command("reset_second_factor", user.email)
    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/accounts/email/").status_code == 302  # whoever held the session is out
    with pytest.raises(CommandError, match="0 accounts"):
        call_command("reset_second_factor", "nobody@example.com")


def test_a_removal_leaves_a_row_that_says_whose_and_by_whom_for_a_year() -> None:
    user, client = signed_in()
    switch_on(client)
    call_command("reset_second_factor", user.email, by="dana@example.com")
    (row,) = FactorReset.objects.values("account", "operator", "factors")
    assert row == {
        "account": user.pk,
        "operator": "dana@example.com",
        "factors": 2,
    }  # the app, its recovery codes
    call_command("reset_second_factor", user.email)
    assert FactorReset.objects.first().operator == getpass.getuser()  # type: ignore[union-attr]
    FactorReset.objects.filter(operator="dana@example.com").update(
        reset_at=timezone.now() - timedelta(days=366)
    )
    call_command("sweep")
    assert [left.factors for left in FactorReset.objects.all()] == [0]


def test_no_factor_is_removed_where_that_can_not_be_noted() -> None:
    user, client = signed_in()
    switch_on(client)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_factorreset RENAME TO gone")
    with pytest.raises(DatabaseError), transaction.atomic():
        call_command("reset_second_factor", user.email)
    assert Authenticator.objects.filter(user=user).count() == 2


def test_the_admin_shows_resets_and_lets_nobody_remove_one(settings: Any) -> None:
    settings.ADMIN_SECOND_FACTOR = False
    user = member("bob")
    call_command("reset_second_factor", user.email, by="dana@example.com")
    row = FactorReset.objects.get()
    staff = browser(member("staff", is_staff=True, is_superuser=True))
    assert "dana@example.com" in staff.get("/admin/core/factorreset/").content.decode()
    assert staff.post(f"/admin/core/factorreset/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert FactorReset.objects.filter(pk=row.pk).exists()


def test_members_and_the_admins_own_form_are_as_before(settings: Any) -> None:
    member("carol", is_staff=True, is_superuser=True)
    client = browser()
    assert client.get("/admin/login/").status_code == 200
    answer = client.post("/admin/login/?next=/admin/", {"username": "carol", "password": PASSWORD})
    assert answer["Location"] == "/admin/"
    assert client.get("/admin/")["Location"] == "/accounts/2fa/"
    settings.ADMIN_SECOND_FACTOR = False
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_of_it_is_ours(language: str) -> None:
    _, client = signed_in()
    client.cookies["django_language"] = language
    switch_on(client)
    for path in (
        "",
        "totp/deactivate/",
        "recovery-codes/",
        "recovery-codes/generate/",
        "webauthn/",
        "webauthn/add/",
        "reauthenticate/",
    ):
        page = client.get(f"/accounts/2fa/{path}")
        assert page.status_code == 200, path
        body = page.content.decode()
        assert 'class="wrap narrow stack account"' in body, path
        assert "Two-Factor" not in body, path  # allauth's own words
