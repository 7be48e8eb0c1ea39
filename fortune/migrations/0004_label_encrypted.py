"""Room for the ciphertext of a date's name; no row is rewritten.

The constraint on plain names stays in the database for the release before, which leans on it; a later release drops it.
"""

from django.db import migrations

import core.security.fields


class Migration(migrations.Migration):
    dependencies = [("fortune", "0003_share_link")]

    operations = [
        migrations.AlterField(
            "favoritedate", "label", core.security.fields.FormerlyPlainTextField(verbose_name="이름")
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveConstraint("favoritedate", "fortune_favorite_once")]
        ),
    ]
