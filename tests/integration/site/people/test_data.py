"""A member's data: the export contains all of it, and the deletion removes all of it."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from core.access import GUEST
from core.accounts import profiles
from core.models import Picture
from core.security.crypto import fingerprint
from core.streams import Run
from fortune.models import Reading, Shown
from fortune.services import account, readings, sharing
from tests.integration.site.helpers import PASSWORD, browser, member, reading


def sign_in(user: Any) -> Any:
    client = browser()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def delete_account(client: Any) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("fortune:account_delete"), {"sure": "on"})["Location"] == "/"


def begin_as_guest(client: Any, token: str = "charlie") -> Any:
    session = client.session
    session[GUEST] = token
    session.save()
    return reading(guest=fingerprint(token, purpose="guest"))


# -- To take along --


@pytest.mark.django_db
def test_the_export_leaves_nothing_out() -> None:
    alice = member("alice")
    profiles.edit(profile=alice.profile, nickname="앨리스", role="teacher", picture=b"pixels")
    first = reading(owner=alice, label="나")
    asked = reading(owner=alice, kind="question", parent=first, question="이사해도 될까요?")
    sharing.share(reading=first, shown=Shown.CHART, epoch=1, now=timezone.now())
    client = sign_in(alice)
    begun = begin_as_guest(client)
    data = json.loads(client.get(reverse("fortune:account_export")).content)
    assert base64.b64decode(data["profile"]["picture"].partition(",")[2]) == b"pixels"
    assert data["profile"]["role"] == "teacher"
    assert data["shared"][0]["reading"] == str(first.pk)
    assert "Firefox" in data["account"]["signed_in_on"][0]["browser"]
    kept = {row["id"]: row for row in data["readings"]}
    assert set(kept) == {str(first.pk), str(asked.pk), str(begun.pk)}
    assert kept[str(asked.pk)]["asked_after"] == str(first.pk)
    assert kept[str(asked.pk)]["question"] == "이사해도 될까요?"


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 1, account.BATCH * 2 + 1])
def test_readings_are_exported_one_by_one(number: int) -> None:
    """Ten thousand in one piece would block everyone else whom this worker serves."""
    alice = member("alice")
    for _ in range(number):
        reading(owner=alice)
    answer = browser(alice).get(reverse("fortune:history_export"))
    assert len(json.loads(answer.content)["readings"]) == number
    assert isinstance(account.export(user=alice, now=timezone.now())["readings"], Iterator)
    assert max(map(len, answer.content.splitlines())) < 100_000


# -- To be deleted --


@pytest.mark.django_db
def test_deleting_takes_along_what_was_begun_before_signing_in() -> None:
    alice = member("alice")
    client = sign_in(alice)
    begin_as_guest(client)
    delete_account(client)
    assert not Reading.objects.exists() and not Run.objects.exists()


@pytest.mark.django_db
def test_the_picture_goes_with_the_account() -> None:
    alice = member("alice")
    profiles.edit(profile=alice.profile, nickname="", role="general", picture=b"pixels")
    delete_account(sign_in(alice))
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_deleting_ends_the_sessions_of_other_devices() -> None:
    alice, bob = member("alice"), member("bob")
    sign_in(bob)
    here, there = sign_in(alice), sign_in(alice)
    keys = [client.session.session_key for client in (here, there)]
    assert Session.objects.filter(pk__in=keys).count() == 2
    delete_account(here)
    assert not type(alice).objects.filter(pk=alice.pk).exists()
    assert not Session.objects.filter(pk__in=keys).exists()
    assert any(row.get_decoded().get("_auth_user_id") == str(bob.pk) for row in Session.objects.all())


def meanwhile(monkeypatch: pytest.MonkeyPatch, begin: Callable[[], object]) -> list[threading.Thread]:
    """Run ``begin`` in another thread after a deletion has listed its rows and before it ends."""
    begun: list[threading.Thread] = []

    def run() -> None:
        try:
            with transaction.atomic():
                begin()
        except IntegrityError:
            pass  # whose it was to be is gone
        finally:
            connection.close()

    def stop(**kwargs: object) -> None:
        if not begun:
            begun.append(threading.Thread(target=run))
            begun[0].start()
            begun[0].join(1)  # it can't end before the deletion does

    monkeypatch.setattr("core.streams.stop", stop)
    return begun


@pytest.mark.django_db(transaction=True)
def test_a_reading_begun_while_the_account_is_deleted_leaves_no_text_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alice = member("alice")
    live = reading(owner=alice)
    Run.objects.filter(subject=live.pk).update(status="writing", finished_at=None)
    begun = meanwhile(monkeypatch, lambda: reading(owner=alice))
    account.delete(user=alice, now=timezone.now())
    begun[0].join(20)
    assert not Reading.objects.exists()
    assert not Run.objects.exists(), "a text whose reading is gone"


@pytest.mark.django_db(transaction=True)
def test_a_question_asked_while_its_reading_is_deleted_leaves_no_text_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alice = member("alice")
    parent = reading(owner=alice)
    Run.objects.filter(subject=parent.pk).update(status="writing", finished_at=None)

    def ask() -> None:
        reading(owner=alice, kind="question", parent=Reading.objects.get(pk=parent.pk), question="?")

    begun = meanwhile(monkeypatch, ask)
    readings.delete(reading=parent, now=timezone.now())
    begun[0].join(20)
    assert not Reading.objects.exists()
    assert not Run.objects.exists(), "an answer whose question is gone"


@pytest.mark.django_db
def test_deleting_a_reading_that_is_gone_already_is_no_error() -> None:
    alice = member("alice")
    made = reading(owner=alice)
    again = Reading.objects.get(pk=made.pk)
    readings.delete(reading=made, now=timezone.now())
    readings.delete(reading=again, now=timezone.now())
