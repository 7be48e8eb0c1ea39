"""Texts and the names of dates at rest: encrypted for their rows, readable from the release before and for it."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from core.security import crypto
from core.streams import Run, Status
from core.streams.hub.outcome import Outcome
from core.streams.production import claims
from fortune import author
from fortune.models import FavoriteDate
from fortune.queries import history
from fortune.services import favorites
from tests.integration.site.helpers import browser, member, reading
from tests.integration.site.security.test_keys import encryption, new_key, put, rotate, stored

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 15)
TABLES = 6


class Author:
    """Is told of ends, and does nothing."""

    def finished(self, run: Run) -> None:
        pass


def run_of(row: Any) -> Run:
    return Run.objects.get(subject=row.pk)


def kept(user: Any, label: str = "상견례") -> FavoriteDate:
    return favorites.add_date(user_id=user.pk, day=DAY, label=label, memo="", colour="yellow")


def written() -> Run:
    return Run.objects.create(
        subject=reading(owner=member("alice")).pk,
        epoch=2,
        fence=1,
        status=Status.WRITING,
        created_at=datetime.now(UTC),
    )


# -- Encrypted --


@pytest.mark.parametrize("step", ["finish", "checkpoint", "start_over"])
def test_every_step_that_saves_a_text_encrypts_it(step: str) -> None:
    run = written()
    if step == "finish":
        now = datetime.now(UTC)
        assert claims.finish(run, outcome=Outcome(Status.DONE), text="맑은 물", now=now, author=Author())  # type: ignore[arg-type]
        assert run.text == "맑은 물"
    elif step == "checkpoint":
        claims.checkpoint(run, text="맑은 물")
    else:
        assert claims.start_over(run, text="맑은 물")
    assert crypto.is_bound(stored(run, "text"))
    assert Run.objects.get(pk=run.pk).text == "맑은 물"


def test_a_text_copied_into_another_run_does_not_open() -> None:
    alice = member("alice")
    mine, other = run_of(reading(owner=alice, text="나")), run_of(reading(owner=alice, text="너"))
    put(other, "text", stored(mine, "text"))
    with pytest.raises(crypto.Undecryptable):
        Run.objects.get(pk=other.pk)


def test_a_text_can_not_be_stored_plain_by_mistake() -> None:
    run_of(reading(owner=member("alice")))
    with pytest.raises(TypeError), transaction.atomic():
        Run.objects.update(text="맑은 물")


def test_a_long_text_is_stored_in_less_than_its_length() -> None:
    text = "가을의 금은 서리처럼 맑고, 봄의 나무는 물을 기다려요. " * 80 + "끝"
    run = reading(owner=member("alice"), text=text).run
    kept = stored(run, "text")
    assert crypto.is_bound(kept)
    assert len(kept) < len(text.encode()) / 2
    assert Run.objects.get(id=run.id).text == text


def test_the_name_of_a_date_is_encrypted_and_shown() -> None:
    alice = member("alice")
    assert crypto.is_bound(stored(kept(alice), "label"))
    assert "상견례" in browser(alice).get(reverse("fortune:favorites")).content.decode()


def test_a_date_is_saved_once_under_a_name() -> None:
    alice, bob = member("alice"), member("bob")
    kept(alice)
    with pytest.raises(favorites.AlreadySaved):
        kept(alice, " 상견례 ")
    kept(alice, "시험")
    kept(bob)
    assert FavoriteDate.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_date_that_is_saved_twice_at_once_is_saved_once() -> None:
    alice = member("alice")
    refused = []

    def save() -> None:
        try:
            kept(alice)
        except favorites.AlreadySaved as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=save) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (FavoriteDate.objects.count(), len(refused)) == (1, 3)


# -- What reads them --


@pytest.mark.parametrize("words", ["봄바람", "SPRING", "spring"])
def test_a_search_finds_what_an_encrypted_text_says(words: str) -> None:
    alice = member("alice")
    mine = reading(owner=alice, text="봄바람 같은, a Spring wind")
    reading(owner=alice, text="큰 산 같은 분")
    found = browser(alice).get(reverse("fortune:history"), {"q": words}).content.decode()
    assert str(mine.pk) in found and "큰 산" not in found
    assert "봄바람 같은, a Spring wind" in found, "and its beginning is shown"


def test_a_search_finds_what_any_version_says_and_the_newest_is_shown() -> None:
    alice = member("alice")
    mine = reading(owner=alice, text="봄바람")
    Run.objects.create(
        subject=mine.pk,
        epoch=2,
        text="가을비",
        status=Status.DONE,
        created_at=mine.created_at,
        finished_at=mine.created_at,
    )
    found = browser(alice).get(reverse("fortune:history"), {"q": "봄바람"}).content.decode()
    assert str(mine.pk) in found and "가을비" in found


def test_a_search_of_many_texts_is_done_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "BATCH", 2)
    rows = [reading(owner=member("alice"), text="글 0")]
    rows += [reading(owner=rows[0].owner, text=f"글 {n}") for n in range(1, 5)]
    assert dict(history._texts([row.pk for row in rows], "default")) == {
        row.pk: f"글 {n}" for n, row in enumerate(rows)
    }


def test_a_question_is_asked_with_the_conversation_before_it() -> None:
    alice = member("alice")
    parent = reading(owner=alice)
    reading(owner=alice, kind="question", parent=parent, question="이사해도 될까요?", text="좋아요.")
    asked = reading(owner=alice, kind="question", parent=parent, question="언제요?", text="")
    assert author._turns_before(asked) == (("이사해도 될까요?", "좋아요."),)


# -- The release before --


def before(user: Any) -> tuple[Run, FavoriteDate]:
    """Store a text and a date as the release before does."""
    run, day = run_of(reading(owner=user, text="x")), kept(user, "x")
    put(run, "text", "그때 쓴 글")
    put(day, "label", "그때 담은 날")
    return run, day


def test_what_the_release_before_has_stored_is_read_and_encrypted_by_a_rotation() -> None:
    run, day = before(member("alice"))
    assert Run.objects.get(pk=run.pk).text == "그때 쓴 글"
    assert FavoriteDate.objects.get(pk=day.pk).label == "그때 담은 날"
    told = rotate()
    assert "streams_run: 1\n" in told and "fortune_favoritedate: 1\n" in told
    assert crypto.is_bound(stored(run, "text")) and crypto.is_bound(stored(day, "label"))
    assert Run.objects.get(pk=run.pk).text == "그때 쓴 글"
    assert FavoriteDate.objects.get(pk=day.pk).label == "그때 담은 날"
    assert rotate().count(": 0\n") == TABLES, "a second run finds nothing to do"


def test_texts_follow_a_change_of_keys(settings: Any) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [old := new_key()]
    alice = member("alice")
    run, day = run_of(reading(owner=alice, text="맑은 물")), kept(alice)
    settings.FIELD_ENCRYPTION_KEYS = [new_key(), old]
    rotate()
    settings.FIELD_ENCRYPTION_KEYS = settings.FIELD_ENCRYPTION_KEYS[:1]
    assert Run.objects.get(pk=run.pk).text == "맑은 물"
    assert FavoriteDate.objects.get(pk=day.pk).label == "상견례"
    assert encryption().verdict == "ok"


@pytest.mark.parametrize("form", ["bound", "fernet"])
def test_the_release_before_can_read_what_is_written_for_it(settings: Any, form: str) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]
    alice = member("alice")
    run, day = run_of(reading(owner=alice, text="맑은 물")), kept(alice)
    settings.FIELD_ENCRYPTION_FORMAT = form
    assert encryption().verdict == "doubtful"
    written = run_of(reading(owner=alice, text="새 글"))
    assert stored(written, "text") == "새 글"
    assert Run.objects.get(pk=run.pk).text == "맑은 물", "both forms are read"
    rotate()
    assert (stored(run, "text"), stored(day, "label")) == ("맑은 물", "상견례")
    assert Run.objects.get(pk=run.pk).text == "맑은 물"
    assert rotate().count(": 0\n") == TABLES
    settings.FIELD_ENCRYPTION_FORMAT = "sealed"
    assert encryption().verdict == "doubtful", "and says that a rotation is due"


def test_a_rotation_noted_by_the_release_before_is_due_again(settings: Any) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]
    settings.FIELD_ENCRYPTION_FORMAT = "bound"
    rotate()
    settings.FIELD_ENCRYPTION_FORMAT = "sealed"
    found = encryption()
    assert found.verdict == "doubtful" and "rotate_keys" in found.says


def test_a_plain_text_in_the_form_of_a_ciphertext_is_read_as_it_was_written(settings: Any) -> None:
    alice = member("alice")
    odd = crypto.encrypt("x", crypto.Cell("a", "b", "c"))
    settings.FIELD_ENCRYPTION_FORMAT = "bound"
    run = run_of(reading(owner=alice, text=odd))
    assert Run.objects.get(pk=run.pk).text == odd
    settings.FIELD_ENCRYPTION_FORMAT = "sealed"
    assert Run.objects.get(pk=run.pk).text == odd


def test_the_release_before_still_refuses_the_same_date_twice() -> None:
    """It leans on the constraint, which a later release drops."""
    alice = member("alice")
    columns = "INSERT INTO fortune_favoritedate (user_id, date, label, memo, colour, created_at)"
    insert = f"{columns} VALUES (%s, %s, '시험', '', 'red', now())"
    with connection.cursor() as cursor:
        cursor.execute(insert, [alice.pk, DAY])
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(insert, [alice.pk, DAY])
    assert FavoriteDate.objects.get().label == "시험"
