"""Encryption keys: values bound to their rows, changes of keys, and the command that rewrites stored values."""

from __future__ import annotations

import io
import logging
import threading
from typing import Any
from unittest import mock

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.db.models.functions import Upper
from django.utils import timezone

from core.accounts import profiles
from core.models import KeyRotation, Profile
from core.ops import doctor
from core.security import crypto, rotation
from core.security.fields import EncryptedTextField
from fortune.models import FavoriteDate, Reading, SavedPerson
from tests.integration.site.helpers import member, reading

pytestmark = pytest.mark.django_db

KEY = "AIzaSyD-not-a-real-key-0123456789abcdef"
CELL = crypto.Cell("table", "column", "1")


def new_key() -> str:
    return Fernet.generate_key().decode()


def stored(row: models.Model, column: str) -> str:
    """Return the ciphertext as it is stored in the database."""
    table, key = row._meta.db_table, row._meta.pk.column
    expression = row._meta.get_field(column).stored_sql(column, connection.ops.quote_name)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression} FROM {table} WHERE {key} = %s", [row.pk])
        return str(cursor.fetchone()[0])


def put(row: models.Model, column: str, value: str) -> None:
    with connection.cursor() as cursor:
        table, key = row._meta.db_table, row._meta.pk.column
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [value, row.pk])


def person(user: Any, name: str = "엄마") -> SavedPerson:
    return SavedPerson.objects.create(user=user, name=name, birth={"birth_date": "1960-03-05"})


def rotate() -> str:
    out = io.StringIO()
    call_command("rotate_keys", stdout=out)
    return out.getvalue()


def encryption() -> doctor.Finding:
    """Ask the doctor for this item alone: others start a process, which takes seconds."""
    with mock.patch.object(doctor, "ITEMS", [item for item in doctor.ITEMS if item[0] == "encryption"]):
        (found,) = doctor.examine(reach=False)
    return found


# -- Bound to their rows --


def test_a_value_copied_into_another_row_does_not_open() -> None:
    mine, other = reading(owner=member("alice"), label="나"), reading(owner=member("bob"), label="너")
    put(other, "label", stored(mine, "label"))
    with pytest.raises(crypto.Undecryptable):
        Reading.objects.get(pk=other.pk)
    assert Reading.objects.get(pk=mine.pk).label == "나"


def test_a_value_copied_into_another_column_or_table_does_not_open() -> None:
    alice = member("alice")
    mine = reading(owner=alice, label="나")
    put(mine, "other_label", stored(mine, "label"))
    with pytest.raises(crypto.Undecryptable):
        Reading.objects.get(pk=mine.pk)
    kept = person(alice)
    date = FavoriteDate.objects.create(id=kept.pk, user=alice, date="2026-01-01", label="x", memo="memo")
    put(date, "memo", stored(kept, "name"))
    with pytest.raises(crypto.Undecryptable):
        FavoriteDate.objects.get(pk=date.pk)


def broken_ones() -> list[str]:
    token = crypto.encrypt("secret", CELL)
    other = "A" if token[-5] != "A" else "B"
    return [
        token[:-5] + other + token[-4:],
        token[:12],
        token[:20],
        "v2.",
        "v2",
        "v2.?.?",
        "v3.",
        "v3.?.?",
        "nonsense",
        "비밀",
    ]


@pytest.mark.parametrize("broken", broken_ones(), ids=range(len(broken_ones())))
def test_a_changed_ciphertext_does_not_open(broken: str) -> None:
    with pytest.raises(crypto.Undecryptable):
        crypto.decrypt(broken, CELL)


def test_equal_texts_have_different_ciphertexts() -> None:
    assert crypto.encrypt("secret", CELL) != crypto.encrypt("secret", CELL)


def test_a_number_is_known_before_its_row_is_inserted() -> None:
    alice = member("alice")
    first, second = person(alice), person(alice)
    assert second.pk > first.pk
    third = SavedPerson(user=alice, name="누나", birth={})
    third.save()
    many = SavedPerson.objects.bulk_create(
        SavedPerson(user=alice, name=f"{number}", birth=[number]) for number in range(3)
    )
    # The release before lets PostgreSQL draw the number, from the same sequence.
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('fortune_savedperson', 'id'))")
        assert cursor.fetchone()[0] == many[-1].pk + 1
    names = SavedPerson.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["엄마", "엄마", "누나", "0", "1", "2"]


def test_every_way_of_reading_decrypts() -> None:
    alice = member("alice")
    mine = reading(owner=alice, label="나")
    rows = Reading.objects.filter(owner=alice)
    assert rows.values("label")[0] == {"label": "나"}
    assert rows.values_list("label", "other_label").get() == ("나", "")
    assert rows.values("chart")[0]["chart"] == mine.chart
    assert rows.annotate(named=models.F("label")).get().named == "나"
    assert rows.defer("label", "chart").get().label == "나"
    assert rows.only("pk").get().chart == mine.chart
    assert rows.in_bulk()[mine.pk].label == "나"
    assert next(rows.iterator()).label == "나"
    assert rows.select_for_update().get().label == "나"
    assert rows.annotate(asked=models.Count("questions")).get().label == "나"
    assert rows.union(rows).get().label == "나"
    assert rows.order_by().values("label").distinct().count() == 1
    child = reading(owner=alice, kind="question", parent=mine, question="?")
    assert Reading.objects.select_related("parent").get(pk=child.pk).parent.label == "나"
    assert Reading.objects.values_list("parent__label", flat=True).get(pk=child.pk) == "나"
    assert Reading.objects.values_list("parent__label", flat=True).get(pk=mine.pk) is None
    assert type(alice).objects.values_list("profile__own_key", flat=True).get() == ""


def test_ways_that_would_lose_the_row_are_refused() -> None:
    alice = member("alice")
    mine = reading(owner=alice, label="나")
    with pytest.raises(TypeError), transaction.atomic():
        Reading.objects.update(label="너")
    with pytest.raises(TypeError), transaction.atomic():
        Reading.objects.bulk_update([mine], ["label"])
    with pytest.raises(TypeError):
        list(Reading.objects.annotate(loud=Upper("label")))
    with pytest.raises(TypeError):
        list(Reading.objects.raw("SELECT * FROM fortune_reading"))
    Reading.objects.update(label="")
    assert Reading.objects.get().label == ""


def test_an_encrypted_field_asks_for_a_row_that_is_known() -> None:
    class Numbered(models.Model):
        secret = EncryptedTextField()

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return "numbered"

    from django.apps import apps

    try:
        assert [error.id for error in Numbered.check()] == ["core.E001"]
        with pytest.raises(ValueError, match="isn't known"):
            Numbered(secret="x").save()
    finally:
        del apps.all_models["core"]["numbered"]
        apps.clear_cache()


def test_encrypted_fields_can_only_be_asked_whether_they_are_empty() -> None:
    member("alice")
    assert not Profile.objects.exclude(own_key="").exists()
    with pytest.raises(TypeError):
        Profile.objects.filter(own_key=KEY).exists()
    with pytest.raises(TypeError):
        Profile.objects.filter(own_key__contains="x")


def test_a_fingerprint_depends_on_its_purpose() -> None:
    assert crypto.fingerprint("x", purpose="a") != crypto.fingerprint("x", purpose="b")


# -- Keys that change --


def test_keys_that_are_set_later_lose_nothing_and_say_so(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    alice = member("alice")
    before = reading(owner=alice, label="나")
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]
    assert Reading.objects.get(pk=before.pk).label == "나"
    found = encryption()
    assert found.verdict == "doubtful" and "SECRET_KEY" in found.says and "rotate_keys" in found.says
    with caplog.at_level(logging.WARNING):
        rotation.announce()
    assert "key from SECRET_KEY" in caplog.text and "rotate_keys" in caplog.text
    assert "SECRET_KEY opens nothing any more" in rotate()
    settings.SECRET_KEY = "another, which derives another key"
    assert Reading.objects.get(pk=before.pk).label == "나"
    assert encryption().verdict == "ok"
    caplog.clear()
    rotation.announce()
    assert not caplog.records


def test_the_derived_key_opens_nothing_after_a_rotation(settings: Any) -> None:
    alice = member("alice")
    mine = reading(owner=alice, label="나")
    forged = stored(mine, "label")
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]
    rotate()
    put(mine, "label", forged)
    with pytest.raises(crypto.Undecryptable, match="run rotate_keys again"):
        Reading.objects.get(pk=mine.pk)
    # A worker that had not yet seen the new keys may have written it.
    assert "fortune_reading: 1\n" in rotate()
    assert Reading.objects.get(pk=mine.pk).label == "나"


def test_keys_that_are_unset_and_set_again_lose_nothing(settings: Any) -> None:
    settings.FIELD_ENCRYPTION_KEYS = keys = [new_key()]
    rotate()
    settings.FIELD_ENCRYPTION_KEYS = []
    rotation.announce()  # a worker starts without them
    mine = reading(owner=member("alice"), label="나")
    settings.FIELD_ENCRYPTION_KEYS = keys
    assert Reading.objects.get(pk=mine.pk).label == "나"


def test_an_old_key_can_go_after_a_rotation(settings: Any) -> None:
    old, new = new_key(), new_key()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    alice = member("alice")
    profiles.set_own_key(profile=alice.profile, key=KEY, now=alice.date_joined)
    kept = person(alice)
    rotate()
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    assert encryption().verdict == "doubtful"
    rotate()
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert Profile.objects.get(user=alice).own_key == KEY
    kept.refresh_from_db()
    assert (kept.name, kept.birth) == ("엄마", {"birth_date": "1960-03-05"})
    assert encryption().verdict == "ok"


# -- The release before --


def test_values_of_the_release_before_open_and_are_bound_by_a_rotation() -> None:
    mine = reading(owner=member("alice"), label="나")
    box = Fernet(crypto.key_from(_secret_key()))
    put(mine, "label", box.encrypt("그때".encode()).decode())
    assert Reading.objects.get(pk=mine.pk).label == "그때"
    rotate()
    assert Reading.objects.get(pk=mine.pk).label == "그때"
    assert stored(mine, "label").startswith("v3.")


def test_the_release_before_can_be_gone_back_to(settings: Any) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [key := new_key()]
    mine = reading(owner=member("alice"), label="나")
    settings.FIELD_ENCRYPTION_FORMAT = "fernet"
    assert Reading.objects.get(pk=mine.pk).label == "나"
    rotate()
    assert Fernet(key).decrypt(stored(mine, "label")).decode() == "나", "what the release before does"
    assert rotate().count(": 0\n") == 6, "a second run finds nothing to do"
    assert "copied" in encryption().says
    written = reading(owner=mine.owner, label="새로")
    assert Fernet(key).decrypt(stored(written, "label")).decode() == "새로"
    settings.FIELD_ENCRYPTION_FORMAT = "bound"
    assert encryption().verdict == "doubtful"
    rotate()
    assert stored(written, "label").startswith("v2.")


def _secret_key() -> str:
    from django.conf import settings

    return str(settings.SECRET_KEY)


# -- The command --


def test_what_can_not_be_read_is_named_and_the_others_are_rotated(settings: Any) -> None:
    alice = member("alice")
    lost, well = person(alice, "잃은 사람"), person(alice)
    put(lost, "name", Fernet(new_key()).encrypt(b"x").decode())
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match=r"^1 values stay as they are"):
        call_command("rotate_keys", stdout=out, stderr=err)
    (line,) = err.getvalue().splitlines()
    assert line.startswith(f"fortune_savedperson.name {lost.pk}: none of FIELD_ENCRYPTION_KEYS")
    assert "fortune_savedperson: 3\n" in out.getvalue(), "two births and a name"
    assert not KeyRotation.objects.exists(), "the derived key is still needed"
    well.refresh_from_db()
    assert well.name == "엄마"


def test_the_command_ends_in_a_sentence_when_the_database_fails(settings: Any) -> None:
    reading(owner=member("alice"))
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE fortune_reading RENAME TO gone")
    with pytest.raises(CommandError, match=r"^the database: .*fortune_reading.*run this again"):
        rotate()


def test_a_table_longer_than_a_window_is_walked_to_its_end(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "WINDOW", 2)
    alice = member("alice")
    for number in range(5):
        reading(owner=alice, label=f"{number}")
        person(alice)
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]
    assert "fortune_reading: 10\n" in rotate()
    assert "fortune_savedperson: 0\n" in rotate()
    assert sorted(Reading.objects.values_list("label", flat=True)) == list("01234")


@pytest.mark.django_db(transaction=True)
def test_what_a_visitor_writes_meanwhile_is_not_overwritten(settings: Any) -> None:
    alice = member("alice")
    kept = [person(alice, f"{number}") for number in range(3)]
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]
    walk = rotation._stale(SavedPerson, [SavedPerson._meta.get_field("name")])  # type: ignore[list-item]
    key, column, token = next(walk)  # read, and not yet written

    def write() -> None:
        SavedPerson.objects.filter(pk=kept[0].pk).first().save()  # type: ignore[union-attr]
        put(kept[1], "name", "")
        connection.close()

    visitor = threading.Thread(target=write)
    visitor.start()
    visitor.join(20)
    fresh = stored(kept[0], "name")
    assert rotation._rewrite(column, key, token) == 0
    assert stored(kept[0], "name") == fresh
    assert [rotation._rewrite(column, *row) for row in ((k, t) for k, _, t in walk)] == [0, 1]
    assert list(SavedPerson.objects.order_by("pk").values_list("name", flat=True)) == ["0", "", "2"]


def test_a_rotation_is_noted_with_its_key(settings: Any) -> None:
    rotation.record(now=timezone.now())
    assert KeyRotation.objects.get().key == crypto.keyring().first.id
    assert rotation.is_due() is False
