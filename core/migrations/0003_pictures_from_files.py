"""Take the pictures that earlier releases kept as files into the database.

The files and the column with their names stay, for a roll-back; a later release drops the column.
"""

from __future__ import annotations

import logging
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations

log = logging.getLogger(__name__)

LARGEST = 128 * 1024


def take_in(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    profiles = apps.get_model("core", "Profile").objects.using(using)
    pictures = apps.get_model("core", "Picture").objects.using(using)
    taken = missing = 0
    for pk, name in profiles.exclude(picture="").values_list("pk", "picture"):
        file = Path(settings.MEDIA_ROOT) / name
        if file.is_file() and file.stat().st_size <= LARGEST:
            pictures.get_or_create(profile_id=pk, defaults={"content": file.read_bytes()})
            taken += 1
        else:
            missing += 1
    if taken or missing:
        log.warning(
            "pictures: moved into the database, moved=%d, missing=%d, folder=%s",
            taken,
            missing,
            settings.MEDIA_ROOT,
        )


def put_back(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    profiles = apps.get_model("core", "Profile").objects.using(using)
    pictures = apps.get_model("core", "Picture").objects.using(using)
    for pk, name in profiles.exclude(picture="").filter(stored_picture=None).values_list("pk", "picture"):
        if (Path(settings.MEDIA_ROOT) / name).is_file():  # taken in, and taken away since
            profiles.filter(pk=pk).update(picture="")
    for picture in pictures.iterator():
        name = f"pictures/{secrets.token_urlsafe(16)}.webp"
        file = Path(settings.MEDIA_ROOT) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(picture.content))
        profiles.filter(pk=picture.profile_id).update(picture=name)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_picture")]

    operations = [
        migrations.RunPython(take_in, put_back),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="profile", name="picture")]
        ),
    ]
