from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    """Only adds, so that the release before goes on serving."""

    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "profile",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="stored_picture",
                        serialize=False,
                        to="core.profile",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("content"), 131072
                        ),
                        name="core_picture_small",
                    )
                ],
            },
        ),
        # The release before inserts into this column, this one doesn't: it gets a default in the database.
        migrations.AlterField(
            model_name="profile",
            name="picture",
            field=models.FileField(
                blank=True, db_default="", default="", upload_to="pictures/", verbose_name="프로필 사진"
            ),
        ),
    ]
