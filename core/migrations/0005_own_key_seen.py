from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_key_rotation")]

    operations = [
        migrations.AddField(
            "profile",
            "own_key_seen_at",
            models.DateTimeField(blank=True, null=True, verbose_name="키가 된 때"),
        ),
    ]
