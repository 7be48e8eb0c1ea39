from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_korean_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="FactorReset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.PositiveBigIntegerField(verbose_name="계정 번호")),
                ("operator", models.CharField(max_length=150, verbose_name="초기화한 사람")),
                ("factors", models.PositiveSmallIntegerField(verbose_name="지운 인증 수단 수")),
                ("reset_at", models.DateTimeField(verbose_name="초기화한 때")),
            ],
            options={
                "verbose_name": "2단계 인증 초기화",
                "verbose_name_plural": "2단계 인증 초기화",
                "ordering": ("-reset_at", "-pk"),
                "indexes": [models.Index(fields=["-reset_at"], name="core_factorreset_by_age")],
            },
        ),
    ]
