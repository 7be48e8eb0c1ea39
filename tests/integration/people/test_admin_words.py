"""The admin speaks Korean: no page of it has a Latin word that is not a name."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils import timezone

from core.limits import quota
from core.models import DailyVisits, FactorReset, SiteState, TextOpening
from core.streams import Run, Status
from fortune.models import FavoriteDate, SavedPerson, Shown, Verdict
from fortune.services import sharing
from tests.integration.people.helpers import browser, member, member_who, reading

pytestmark = pytest.mark.django_db

# Brands, and technical names that Korean operators write in Latin letters too.
NAMES = {
    *("Fortune", "Django", "Redis", "PostgreSQL", "Gemini", "DeepSeek", "Kakao", "Naver", "Google"),
    *("deepseek", "gemini", "classic", "kakao"),
    *("API", "App", "ID", "IP", "LDAP", "MFA", "OAuth", "Single", "Sign", "On", "Retry", "After", "ms"),
    *("Mac", "Control", "Command", "English"),
    # Django draws a yes or no as a picture, and has no translation of what it says of it.
    *("True", "False"),
}
# No words: addresses, identifiers, keys of the ledger, a stored password, names of OAuth's own fields.
DATA = re.compile(
    r"\S+@\S+|[0-9a-f]{8}-[0-9a-f-]+|\b[0-9a-f]{12,}\b|(?:user|guest|net):\S+|@/\./\+/-/_|Mozilla\S*"
    r"|md5|\w*\*{4,}|\"oauth_\w+\"|(?:access|refresh) token"
)
LATIN = re.compile(r"[A-Za-z][A-Za-z]+")
SPOKEN = {"alt", "aria-label", "placeholder", "title", "content"}


class Words(HTMLParser):
    """Collects what a page says: its text, and the attributes that are read out or shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style", "pre")
        given = dict(attrs)
        spoken = SPOKEN if tag != "meta" else set()
        self.said += [value for name, value in attrs if name in spoken and value]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.said.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style", "pre")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def foreign(page: str) -> set[str]:
    """Return the sentences of a page with a Latin word that is not a name."""
    found = set()
    for sentence in Words(page).said:
        words = LATIN.findall(DATA.sub(" ", sentence))
        if any(word not in NAMES for word in words):
            found.add(" ".join(sentence.split()))
    return found


@pytest.fixture
def root() -> User:
    found: User = member("root", is_staff=True, is_superuser=True)
    User.objects.filter(pk=found.pk).update(username="root@example.com")
    found.profile.nickname = "지우"
    found.profile.save()
    return found


@pytest.fixture
def rows(root: User) -> dict[Any, Any]:
    """Return a row of every registered model."""
    made = reading(owner=root, topic="wealth", kind="topic")
    Run.objects.filter(subject=made.pk).update(status=Status.INTERRUPTED, worker="", model="", error_code="")
    group = Group.objects.create(name="운영진")
    group.permissions.set(Permission.objects.all())
    quota.charge(who=member_who(root.pk), subject=uuid.uuid4(), now=timezone.now())
    application = SocialApp.objects.create(provider="kakao", name="카카오", client_id="1")
    account = SocialAccount.objects.create(user=root, provider="kakao", uid="1")
    SocialToken.objects.create(app=application, account=account, token="1")
    sharing.share(reading=made, shown=Shown.CHART, epoch=1, now=timezone.now())
    judged = {"kind": "topic", "prompt_version": "2", "updated_at": timezone.now()}
    Verdict.objects.create(reading=made, epoch=1, paragraph=1, is_right=True, **judged)
    SavedPerson.objects.create(user=root, name="지우", birth={"birth_date": "1990-05-15"})
    FavoriteDate.objects.create(user=root, date=date(2026, 5, 15), label="시험")
    DailyVisits.objects.create(day=timezone.localdate(), visitors=3)
    TextOpening.objects.create(staff=root.pk, subject=made.pk, opened_at=timezone.now())
    FactorReset.objects.create(account=root.pk, operator="지우", factors=2, reset_at=timezone.now())
    SiteState.objects.get_or_create(pk=1)
    UserSession.objects.create(user=root, ip="203.0.113.7", session_key="1", user_agent="Mozilla/5.0")
    found = {model: model._default_manager.first() for model in admin.site._registry}
    assert None not in found.values(), [model for model, row in found.items() if row is None]
    return found


def addresses(rows: dict[Any, Any]) -> Iterator[str]:
    for name in ("index", "operations", "password_change", "password_change_done"):
        yield reverse(f"admin:{name}")
    for label in sorted({model._meta.app_label for model in rows}):
        yield reverse("admin:app_list", args=[label])
    for model, row in rows.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield from (reverse(f"{name}_{page}") for page in ("changelist", "add"))
        yield from (reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "delete", "history"))
    yield reverse("admin:auth_user_password_change", args=[rows[User].pk])


def test_no_page_of_the_admin_has_a_word_that_is_not_korean(root: User, rows: dict[Any, Any]) -> None:
    client = browser(root)
    found: dict[str, set[str]] = {}
    opened = 0
    for address in addresses(rows):
        answer = client.get(address, follow=True)
        if answer.status_code == 403:  # nobody may add or delete such a row
            continue
        assert answer.status_code == 200, address
        opened += 1
        for sentence in foreign(answer.content.decode()):
            found.setdefault(sentence, set()).add(address)
    assert opened > 60
    assert not found, "\n".join(f"{sentence!r}: {min(where)}" for sentence, where in found.items())
