"""The same column, of type ``text`` before and after: only what is written into it changes (decision 042)."""

from django.db import migrations

import core.security.fields


class Migration(migrations.Migration):
    dependencies = [("streams", "0002_run_retries")]

    operations = [
        migrations.AlterField(
            "run", "text", core.security.fields.FormerlyPlainTextField(blank=True, default="")
        ),
    ]
