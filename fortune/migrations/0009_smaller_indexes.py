"""Indexes of members' readings and of questions without the rows that have neither (decision 057). Nothing waits for them."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("fortune", "0008_fewer_pages")]

    operations = [
        AddIndexConcurrently(
            "reading",
            models.Index(
                condition=models.Q(("owner__isnull", False)),
                fields=["owner", "-created_at"],
                name="reading_of_member",
            ),
        ),
        AddIndexConcurrently(
            "reading",
            models.Index(
                condition=models.Q(("parent__isnull", False)), fields=["parent"], name="reading_of_parent"
            ),
        ),
        RemoveIndexConcurrently("reading", "reading_by_owner"),
        migrations.AlterField(
            "reading",
            "parent",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="fortune.reading",
            ),
        ),
    ]
