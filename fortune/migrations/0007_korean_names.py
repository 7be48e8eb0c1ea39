"""Words of the admin: nothing of the database changes."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fortune", "0006_verdict"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="reading",
            options={"ordering": ("-created_at",), "verbose_name": "풀이", "verbose_name_plural": "풀이"},
        ),
        migrations.AlterModelOptions(
            name="sharelink",
            options={"ordering": ("-created_at",), "verbose_name": "공유", "verbose_name_plural": "공유"},
        ),
        migrations.AlterModelOptions(
            name="verdict",
            options={
                "ordering": ("-updated_at",),
                "verbose_name": "읽은 사람의 답",
                "verbose_name_plural": "읽은 사람의 답",
            },
        ),
        migrations.AlterField(
            model_name="favoritedate",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="favorite_dates",
                to=settings.AUTH_USER_MODEL,
                verbose_name="회원",
            ),
        ),
        migrations.AlterField(
            model_name="reading",
            name="created_at",
            field=models.DateTimeField(verbose_name="만든 때"),
        ),
        migrations.AlterField(
            model_name="reading",
            name="date",
            field=models.DateField(blank=True, null=True, verbose_name="날짜"),
        ),
        migrations.AlterField(
            model_name="reading",
            name="engine_version",
            field=models.CharField(max_length=20, verbose_name="엔진"),
        ),
        migrations.AlterField(
            model_name="reading",
            name="id",
            field=models.UUIDField(
                default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="번호"
            ),
        ),
        migrations.AlterField(
            model_name="reading",
            name="kind",
            field=models.CharField(
                choices=[
                    ("full", "총평"),
                    ("topic", "주제별"),
                    ("daily", "오늘의 운세"),
                    ("year", "올해의 운세"),
                    ("match", "궁합"),
                    ("question", "질문"),
                ],
                max_length=10,
                verbose_name="종류",
            ),
        ),
        migrations.AlterField(
            model_name="reading",
            name="mode",
            field=models.CharField(
                choices=[("general", "일반"), ("teacher", "선생님")],
                default="general",
                max_length=10,
                verbose_name="말투",
            ),
        ),
        migrations.AlterField(
            model_name="reading",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="readings",
                to=settings.AUTH_USER_MODEL,
                verbose_name="회원",
            ),
        ),
        migrations.AlterField(
            model_name="reading",
            name="prompt_version",
            field=models.CharField(max_length=20, verbose_name="지시문"),
        ),
        migrations.AlterField(
            model_name="reading",
            name="topic",
            field=models.CharField(
                blank=True,
                choices=[
                    ("personality", "성격"),
                    ("wealth", "재물운"),
                    ("career", "직업운"),
                    ("love", "연애·결혼운"),
                    ("health", "건강운"),
                    ("study", "학업운"),
                    ("compatibility", "인간관계"),
                    ("teacher", "교직"),
                ],
                default="",
                max_length=20,
                verbose_name="주제",
            ),
        ),
        migrations.AlterField(
            model_name="savedperson",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="saved_people",
                to=settings.AUTH_USER_MODEL,
                verbose_name="회원",
            ),
        ),
        migrations.AlterField(
            model_name="sharelink",
            name="created_at",
            field=models.DateTimeField(verbose_name="만든 때"),
        ),
        migrations.AlterField(
            model_name="sharelink",
            name="epoch",
            field=models.PositiveIntegerField(verbose_name="판"),
        ),
        migrations.AlterField(
            model_name="sharelink",
            name="expires_at",
            field=models.DateTimeField(verbose_name="끝나는 때"),
        ),
        migrations.AlterField(
            model_name="sharelink",
            name="reading",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="fortune.reading",
                verbose_name="풀이",
            ),
        ),
        migrations.AlterField(
            model_name="sharelink",
            name="revoked_at",
            field=models.DateTimeField(null=True, verbose_name="끈 때"),
        ),
        migrations.AlterField(
            model_name="sharelink",
            name="shown",
            field=models.CharField(
                choices=[("day", "일주만"), ("chart", "원국까지"), ("reading", "원국과 풀이")],
                max_length=7,
                verbose_name="보여 주는 것",
            ),
        ),
        migrations.AlterField(
            model_name="sharelink",
            name="views",
            field=models.PositiveIntegerField(default=0, verbose_name="본 횟수"),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="epoch",
            field=models.PositiveIntegerField(verbose_name="판"),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="is_right",
            field=models.BooleanField(verbose_name="맞았어요"),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="kind",
            field=models.CharField(
                choices=[
                    ("full", "총평"),
                    ("topic", "주제별"),
                    ("daily", "오늘의 운세"),
                    ("year", "올해의 운세"),
                    ("match", "궁합"),
                    ("question", "질문"),
                ],
                max_length=10,
                verbose_name="종류",
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="paragraph",
            field=models.PositiveSmallIntegerField(verbose_name="문단"),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="prompt_version",
            field=models.CharField(max_length=20, verbose_name="지시문"),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="reading",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="verdicts",
                to="fortune.reading",
                verbose_name="풀이",
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="updated_at",
            field=models.DateTimeField(verbose_name="고친 때"),
        ),
    ]
