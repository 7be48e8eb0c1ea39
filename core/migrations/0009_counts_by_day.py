"""The same promise with the day first. The release before names both columns when it counts, in whichever order they lie."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0008_factor_reset")]

    operations = [
        migrations.AddConstraint(
            "daycount", models.UniqueConstraint(fields=("day", "key"), name="core_daycount_once_a_day")
        ),
        migrations.RemoveConstraint("daycount", "core_daycount_once"),
    ]
