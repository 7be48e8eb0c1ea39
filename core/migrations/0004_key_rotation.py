from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_pictures_from_files")]

    operations = [
        migrations.CreateModel(
            name="KeyRotation",
            fields=[
                ("key", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("format", models.CharField(max_length=10)),
                ("finished_at", models.DateTimeField()),
            ],
        ),
    ]
