from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0005_own_key_seen")]

    operations = [
        migrations.CreateModel(
            name="TextOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("staff", models.PositiveBigIntegerField(verbose_name="연 사람")),
                ("subject", models.UUIDField(verbose_name="풀이")),
                ("opened_at", models.DateTimeField(verbose_name="연 때")),
            ],
            options={
                "verbose_name": "열어 본 글",
                "verbose_name_plural": "열어 본 글",
                "ordering": ("-opened_at", "-pk"),
                "indexes": [models.Index(fields=["-opened_at"], name="core_textopening_by_age")],
            },
        ),
    ]
