from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("streams", "0001_initial")]

    operations = [
        migrations.AddField("run", "retries", models.PositiveSmallIntegerField(db_default=0, default=0)),
    ]
