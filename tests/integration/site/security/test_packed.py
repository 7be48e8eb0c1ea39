"""Texts as bytes: packed, in a column of their own, beside releases that know the other column only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from core.security import crypto
from core.streams import Run, Status
from fortune.models import Reading
from tests.fakes.formats import TEXTS
from tests.integration.site.helpers import member, reading
from tests.integration.site.security.test_at_rest import run_of
from tests.integration.site.security.test_keys import encryption, new_key, put, rotate, stored

pytestmark = pytest.mark.django_db

# As the release before stored it: made by that release, with this key, for this row.
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
ROW = UUID("11111111-1111-7111-8111-111111111111")
SAID = "가을의 금은 서리처럼 맑고, 봄의 나무는 물을 기다려요. 💧 Water waits. " * 4
BEFORE = (
    "v2.29abaf6c.QdQiSCSbljNQzpfGH7cgKJ_r1wftM6Xs1C_xdaWScqN3eIUR5a8icA9qN75Jp0rBQzUG2a55iIkEhj1Gj6aRCDath4_PYQ1_m6WT1bOK"
    "MOYe7q6yub8cqIVgK43i7FRaRFX_wh8h-eh6lRslEy7zuBX-NLMC3qwDmXkR5dVHFeQPTcD5OyCpiX54"
)


def columns(run: Run) -> tuple[str, bytes | None]:
    """Return what both columns of a run's text hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, packed FROM streams_run WHERE id = %s", [run.pk])
        text, packed = cursor.fetchone()
    return text, packed and bytes(packed)


def again(run: Run) -> str:
    return Run.objects.get(pk=run.pk).text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_models_text_takes_a_third_of_its_bytes_and_comes_back(language: str) -> None:
    text = (TEXTS / f"{language}.md").read_text()
    run = run_of(reading(owner=member(), text=text))
    plain, packed = columns(run)
    assert plain == "" and packed and packed[0] == 3
    assert len(packed) < 1_750
    assert again(run) == text


def test_a_chart_is_stored_in_few_bytes() -> None:
    made = reading(owner=member())
    made.chart = {"engine": "2.0", "birth": {"calendar": "solar", "year": 1990}, "digest": "b060c8ff96b4" * 4}
    made.save()
    assert len(stored(made, "chart")) < 150
    assert Reading.objects.get(pk=made.pk).chart == made.chart


def test_what_the_release_before_stored_is_read_and_moved_by_a_rotation(settings: Any) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [KEY]
    run = run_of(reading(owner=member(), text="x"))
    Run.objects.filter(pk=run.pk).update(id=ROW)
    run.pk = ROW
    with connection.cursor() as cursor:
        cursor.execute("UPDATE streams_run SET text = %s, packed = NULL", [BEFORE])
    assert again(run) == SAID
    assert "streams_run: 1\n" in rotate()
    plain, packed = columns(run)
    assert plain == "" and packed and packed[1:5].hex() == "29abaf6c"
    assert again(run) == SAID
    assert "streams_run: 0\n" in rotate()


def test_bytes_copied_into_another_run_do_not_open() -> None:
    alice = member()
    mine, other = run_of(reading(owner=alice, text="나")), run_of(reading(owner=alice, text="너"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE streams_run SET packed = %s WHERE id = %s", [columns(mine)[1], other.pk])
    with pytest.raises(crypto.Undecryptable):
        again(other)


# -- Beside the release before --


def test_of_two_releases_the_one_that_wrote_last_is_read() -> None:
    run = run_of(reading(owner=member(), text="새 글"))
    put(run, "text", "그다음에 쓴 글")  # by the release before, which leaves the bytes alone
    assert again(run) == "그다음에 쓴 글"
    Run.objects.filter(pk=run.pk).update(**run.stored("다시 새 글"))
    assert again(run) == "다시 새 글" and columns(run)[0] == ""
    Run.objects.filter(pk=run.pk).update(**run.stored(""))
    assert columns(run) == ("", None)


def test_the_release_before_finds_what_is_written_for_it(settings: Any) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]
    run = run_of(reading(owner=member(), text="새 글"))
    settings.FIELD_ENCRYPTION_FORMAT = "sealed"
    other = run_of(reading(owner=member("bob"), text="앞 글", label="나"))
    assert columns(other)[0].startswith("v2.") and columns(other)[1] is None
    assert again(run) == "새 글", "both are read"
    rotate()
    assert columns(run)[0].startswith("v2.") and columns(run)[1] is None
    assert again(run) == "새 글"
    settings.FIELD_ENCRYPTION_FORMAT = "packed"
    assert encryption().verdict == "doubtful"
    assert "streams_run: 2\n" in rotate()
    assert columns(run)[0] == "" and again(run) == "새 글"
    assert encryption().verdict == "ok"


# -- Ways of writing that Django has --


def _whole(run: Run) -> None:
    Run.objects.get(pk=run.pk).save()


def _without_text(run: Run) -> None:
    Run.objects.defer("text").get(pk=run.pk).save()


def _without_bytes(run: Run) -> None:
    Run.objects.only("text").get(pk=run.pk).save()


def _text_alone(run: Run) -> None:
    Run.objects.get(pk=run.pk).save(update_fields=("text",))


def _bytes_alone(run: Run) -> None:
    Run.objects.get(pk=run.pk).save(update_fields=("packed",))


@pytest.mark.parametrize("save", [_whole, _without_text, _without_bytes, _text_alone, _bytes_alone])
def test_no_way_of_saving_loses_the_text(save: Callable[[Run], None]) -> None:
    run = run_of(reading(owner=member(), text="맑은 물"))
    save(run)
    assert again(run) == "맑은 물"


def test_a_text_that_was_changed_is_saved() -> None:
    run = run_of(reading(owner=member(), text="맑은 물"))
    run.text = "흐린 물"
    run.save(update_fields=("text",))
    assert again(run) == "흐린 물"


def test_bytes_are_not_written_by_hand() -> None:
    run_of(reading(owner=member()))
    with pytest.raises(TypeError), transaction.atomic():
        Run.objects.update(packed=b"x")


def test_a_text_in_bytes_is_not_empty() -> None:
    run = run_of(reading(owner=member(), text="맑은 물"))
    empty = Run.objects.create(
        subject=run.subject,
        epoch=2,
        status=Status.FAILED,
        created_at=run.created_at,
        finished_at=run.finished_at,
    )
    assert [*Run.objects.filter(text="")] == [empty]
    assert [*Run.objects.exclude(text="")] == [run]
