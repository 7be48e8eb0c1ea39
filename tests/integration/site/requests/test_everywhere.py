"""Rules for every address, also for those that are added later."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from core.accounts import own_keys, profiles
from core.ops import logs
from fortune.models import FavoriteDate, SavedPerson, Shown
from fortune.services import sharing
from tests.integration.site.helpers import browser, member, reading

# Browsers post it without a form, and it changes nobody's data.
REPORTS = "/csp-report"
DUMMIES: dict[str, Any] = {
    "reading_id": uuid.UUID(int=1),
    "person_id": 1,
    "favorite_id": 1,
    "token": "x" * 32,
    "version": 1,
    "uidb36": "1",
    "key": "k",
}
# For shared links whoever has one may look; and the addresses of the admin are Django's.
ADMIN, SHARED = "admin/", "s/"


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Return every route of the site with its namespace and pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if not route.startswith(ADMIN):
                yield from addresses(pattern, route)
        else:
            yield route, pattern


def path_of(route: str, values: dict[str, Any]) -> str | None:
    """Return the path of a route with converters; None for allauth's regular expressions."""
    path = "/" + route
    for name, value in values.items():
        for converter in ("uuid", "int", "str", "share_token", "slug"):
            path = path.replace(f"<{converter}:{name}>", str(value))
    return None if set(path) & set("<>^$(") else path


EVERY = sorted({path for route, _ in addresses() if (path := path_of(route, DUMMIES))})
OWNED = sorted(
    {
        route
        for route, pattern in addresses()
        if {"reading_id", "person_id", "favorite_id"} & set(pattern.pattern.converters)
    }
)


def test_the_site_was_found() -> None:
    assert len(EVERY) > 50 and "/fortune/api/streaming/" in EVERY and "/accounts/login/" in EVERY
    assert len(OWNED) > 15


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in EVERY if path != REPORTS])
def test_nothing_is_sent_without_the_token_of_a_form(path: str) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept": "text/html"})
    client.force_login(member("alice"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(path).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("route", OWNED)
def test_what_is_anothers_does_not_exist(route: str) -> None:
    """Alice owns it, Bob is another member, Charlie a stranger."""
    alice, bob = member("alice"), member("bob")
    values = DUMMIES | {
        "reading_id": reading(owner=alice).pk,
        "person_id": SavedPerson.objects.create(user=alice, name="x", birth={}).pk,
        "favorite_id": FavoriteDate.objects.create(user=alice, date=date(2026, 5, 15), label="x").pk,
    }
    path = path_of(route, values)
    assert path is not None
    for client in (browser(bob), browser()):
        for method in (client.get, client.post):
            answer = method(path)
            asks_to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
            assert answer.status_code in (404, 405) or asks_to_sign_in, (method, path)
    if route.endswith("/events"):
        return  # a stream refuses to begin within a test's transaction
    opened = {browser(alice).get(path).status_code, browser(alice).post(path).status_code}
    assert opened - {404, 405}, "and Alice's own exists"


@pytest.mark.django_db
def test_a_link_is_revoked_by_its_owner_alone() -> None:
    alice, bob = member("alice"), member("bob")
    link = sharing.share(reading=reading(owner=alice), shown=Shown.DAY, epoch=1, now=timezone.now())
    path = reverse("fortune:share_revoke", args=[reading(owner=bob).pk])
    browser(bob).post(path, {"token": link.token})
    link.refresh_from_db()
    assert link.revoked_at is None


# -- Nothing is held while somebody else takes their time --


def holds_a_connection() -> bool:
    return connection.connection is not None


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_gemini_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []

    def try_out(key: str) -> str:
        held.append(holds_a_connection())
        return "works"

    monkeypatch.setattr(own_keys, "try_out", try_out)
    alice = member("alice")
    profiles.set_own_key(profile=alice.profile, key="AIza-not-a-real-key-000000", now=timezone.now())
    browser(alice).post("/accounts/profile/key/test/")
    assert held == [False]


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_a_mail_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []
    monkeypatch.setattr(
        "django.core.mail.message.EmailMessage.send",
        lambda *_args, **_more: held.append(holds_a_connection()),
    )
    member("alice")
    for email in ("alice@example.com", "nobody@example.com"):
        browser().post(reverse("account_reset_password"), {"email": email})
    assert held == [False, False]


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_kakao_answers(rf: Any) -> None:
    from allauth.socialaccount.adapter import get_adapter

    member("alice")
    assert holds_a_connection()
    assert get_adapter(rf.get("/")).get_requests_session()
    assert not holds_a_connection()


# -- Logs --


@pytest.mark.parametrize(
    "line",
    [
        "born 19900515 in",
        "1990년 5월 15일",
        "Internal Server Error: /accounts/password/reset/key/9-din7rt-b0e0dc344d334691/",
        "Not Found: /accounts/confirm-email/MQ:1xWNEf:n52KX73T0zrYJXUpmTllWM5RbiYOX5p/",
        "Internal Server Error: /s/abcdefghijklmnopqrstuvwx/",
    ],
)
def test_neither_births_nor_links_that_are_keys_reach_a_line(line: str) -> None:
    shown = logs.scrub(None, "", {"event": line})["event"]
    assert logs.HIDDEN in shown
    for part in ("0515", "5월", "din7rt", "n52KX73", "abcdefgh"):
        assert part not in shown
