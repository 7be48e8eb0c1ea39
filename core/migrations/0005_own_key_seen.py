from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_key_rotation")]

    operations = [
        migrations.AddField(
            "profile",
            "own_key_seen_at",
            models.DateTimeField(blank=True, null=True, verbose_name="키가 된 때"),
        ),
        migrations.AddConstraint(
            "profile",
            models.CheckConstraint(
                condition=models.Q(own_key_seen_at=None) | models.Q(own_key_set_at__isnull=False),
                name="core_profile_key_seen_is_there",
            ),
        ),
    ]
