"""Words of the admin: nothing of the database changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_text_opening"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="keyrotation",
            options={"verbose_name": "열쇠 바꾸기", "verbose_name_plural": "열쇠 바꾸기"},
        ),
        migrations.AlterModelOptions(
            name="picture",
            options={"verbose_name": "프로필 사진", "verbose_name_plural": "프로필 사진"},
        ),
        migrations.AlterField(
            model_name="profile",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="profile",
                serialize=False,
                to=settings.AUTH_USER_MODEL,
                verbose_name="회원",
            ),
        ),
    ]
