"""Every page of the admin, with a row of each registered model."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

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
from tests.integration.site.helpers import member_who, reading

# Part of everything that a member has written here, or had written.
PRIVATE = "남모를"


def row_of_each_model(owner: User) -> dict[Any, Any]:
    """Make a row of every registered model, nearly all of it this person's, and return them by their models."""
    made = reading(
        owner=owner,
        topic="wealth",
        kind="topic",
        text=f"{PRIVATE} 글",
        label=f"{PRIVATE} 이름",
        other_label=f"{PRIVATE} 짝",
        question=f"{PRIVATE} 질문",
    )
    Run.objects.filter(subject=made.pk).update(status=Status.INTERRUPTED, worker="", model="", error_code="")
    group = Group.objects.create(name="운영진")
    group.permissions.set(Permission.objects.all())
    quota.charge(who=member_who(owner.pk), subject=uuid.uuid4(), now=timezone.now())
    application = SocialApp.objects.create(provider="kakao", name="카카오", client_id="1")
    account = SocialAccount.objects.create(user=owner, provider="kakao", uid="1")
    SocialToken.objects.create(app=application, account=account, token="1")
    sharing.share(reading=made, shown=Shown.CHART, epoch=1, now=timezone.now())
    judged = {"kind": "topic", "prompt_version": "2", "updated_at": timezone.now()}
    Verdict.objects.create(reading=made, epoch=1, paragraph=1, is_right=True, **judged)
    SavedPerson.objects.create(user=owner, name=f"{PRIVATE} 사람", birth={"birth_date": "1990-05-15"})
    FavoriteDate.objects.create(
        user=owner, date=date(2026, 5, 15), label=f"{PRIVATE} 약속", memo=f"{PRIVATE} 메모"
    )
    DailyVisits.objects.create(day=timezone.localdate(), visitors=3)
    TextOpening.objects.create(staff=owner.pk, subject=made.pk, opened_at=timezone.now())
    FactorReset.objects.create(account=owner.pk, operator="지우", factors=2, reset_at=timezone.now())
    SiteState.objects.get_or_create(pk=1)
    UserSession.objects.create(user=owner, ip="203.0.113.7", session_key="1", user_agent="Mozilla/5.0")
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
