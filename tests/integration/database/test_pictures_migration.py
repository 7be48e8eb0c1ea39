"""Core's migrations 0002 and 0003, forwards and backwards, with the release before still serving."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core.accounts import profiles
from core.models import Picture, Profile

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(name: str = "") -> Any:
    """Migrate `core` to `name`, or to the newest state; return the models of it."""
    executor = MigrationExecutor(connection)
    targets = [("core", name)] if name else executor.loader.graph.leaf_nodes("core")
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def before(settings: Any, tmp_path: Path) -> Iterator[Any]:
    settings.MEDIA_ROOT = tmp_path
    yield migrate("0001_initial")
    migrate()


def member_with_file(apps: Any, folder: Path, name: str, content: bytes | None) -> int:
    user = get_user_model().objects.create_user(username=name)
    apps.get_model("core", "Profile").objects.create(user_id=user.pk, picture=f"pictures/{name}.webp")
    if content is not None:
        (folder / "pictures").mkdir(exist_ok=True)
        (folder / "pictures" / f"{name}.webp").write_bytes(content)
    return int(user.pk)


def test_files_come_into_the_database_and_go_back(before: Any, tmp_path: Path) -> None:
    alice = member_with_file(before, tmp_path, "alice", b"alice")
    bob = member_with_file(before, tmp_path, "bob", None)
    charlie = member_with_file(before, tmp_path, "charlie", b"charlie")
    migrate()
    assert profiles.picture_of(Profile.objects.get(pk=alice)) == b"alice"
    assert profiles.picture_of(Profile.objects.get(pk=bob)) is None
    assert (tmp_path / "pictures" / "alice.webp").exists(), "the release before still serves it"
    Picture.objects.filter(profile=alice).update(content=b"another")
    Picture.objects.filter(profile=charlie).delete()
    dora = get_user_model().objects.create_user(username="dora")
    Picture.objects.create(profile=Profile.objects.create(user=dora), content=b"dora")
    rows = migrate("0001_initial").get_model("core", "Profile").objects
    names = dict(rows.values_list("pk", "picture"))
    assert (tmp_path / names[alice]).read_bytes() == b"another"
    assert (tmp_path / names[dora.pk]).read_bytes() == b"dora"
    assert (names[bob], names[charlie]) == ("pictures/bob.webp", "")


def test_the_release_before_reads_and_writes_after_the_migration(before: Any) -> None:
    """The earlier release's statements name the column and this one's don't: both must work."""
    migrate()
    old, new = (get_user_model().objects.create_user(username=name) for name in ("alice", "bob"))
    before.get_model("core", "Profile").objects.create(user_id=old.pk)
    Profile.objects.create(user=new)
    assert set(before.get_model("core", "Profile").objects.values_list("picture", flat=True)) == {""}
    assert Profile.objects.count() == 2


def test_a_new_site_has_nothing_to_take_in(before: Any) -> None:
    migrate()
    assert not Picture.objects.exists()
