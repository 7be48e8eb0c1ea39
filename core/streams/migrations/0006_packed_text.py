"""A column for texts as bytes, empty at first; the old column stays for the release before (decision 057)."""

from django.db import migrations

import core.security.fields


class Migration(migrations.Migration):
    dependencies = [("streams", "0005_ordered_ids")]

    operations = [
        migrations.AddField(
            "run", "packed", core.security.fields.BytesOf(of="text", editable=False, null=True)
        ),
        migrations.AlterField(
            "run",
            "text",
            core.security.fields.PackedTextField(
                blank=True, default="", in_bytes="packed", verbose_name="글"
            ),
        ),
    ]
