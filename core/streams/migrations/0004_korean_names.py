"""Words of the admin: nothing of the database changes."""

import uuid

from django.db import migrations, models

import core.security.fields


class Migration(migrations.Migration):
    dependencies = [
        ("streams", "0003_text_encrypted"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="run",
            options={
                "ordering": ("-created_at", "-epoch"),
                "verbose_name": "글쓰기",
                "verbose_name_plural": "글쓰기",
            },
        ),
        migrations.AlterField(
            model_name="run",
            name="cost_micro",
            field=models.PositiveBigIntegerField(default=0, verbose_name="비용(100만분의 1달러)"),
        ),
        migrations.AlterField(
            model_name="run",
            name="created_at",
            field=models.DateTimeField(verbose_name="만든 때"),
        ),
        migrations.AlterField(
            model_name="run",
            name="edition",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="엔진과 지시문"),
        ),
        migrations.AlterField(
            model_name="run",
            name="epoch",
            field=models.PositiveIntegerField(default=1, verbose_name="판"),
        ),
        migrations.AlterField(
            model_name="run",
            name="error_code",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="오류"),
        ),
        migrations.AlterField(
            model_name="run",
            name="fence",
            field=models.PositiveIntegerField(default=0, verbose_name="맡은 횟수"),
        ),
        migrations.AlterField(
            model_name="run",
            name="finished_at",
            field=models.DateTimeField(null=True, verbose_name="끝난 때"),
        ),
        migrations.AlterField(
            model_name="run",
            name="id",
            field=models.UUIDField(
                default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="번호"
            ),
        ),
        migrations.AlterField(
            model_name="run",
            name="input_tokens",
            field=models.PositiveIntegerField(default=0, verbose_name="입력 토큰"),
        ),
        migrations.AlterField(
            model_name="run",
            name="model",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="모델"),
        ),
        migrations.AlterField(
            model_name="run",
            name="output_tokens",
            field=models.PositiveIntegerField(default=0, verbose_name="출력 토큰"),
        ),
        migrations.AlterField(
            model_name="run",
            name="own_key",
            field=models.BooleanField(default=False, verbose_name="내 키로 씀"),
        ),
        migrations.AlterField(
            model_name="run",
            name="provider",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="쓴 곳"),
        ),
        migrations.AlterField(
            model_name="run",
            name="retries",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="이어 쓴 횟수"),
        ),
        migrations.AlterField(
            model_name="run",
            name="started_at",
            field=models.DateTimeField(null=True, verbose_name="시작한 때"),
        ),
        migrations.AlterField(
            model_name="run",
            name="status",
            field=models.CharField(
                choices=[
                    ("queued", "대기"),
                    ("writing", "쓰는 중"),
                    ("done", "완료"),
                    ("stopped", "멈춤"),
                    ("interrupted", "끊김"),
                    ("failed", "실패"),
                ],
                default="queued",
                max_length=12,
                verbose_name="상태",
            ),
        ),
        migrations.AlterField(
            model_name="run",
            name="stop_requested",
            field=models.BooleanField(default=False, verbose_name="멈추라고 함"),
        ),
        migrations.AlterField(
            model_name="run",
            name="subject",
            field=models.UUIDField(editable=False, verbose_name="풀이"),
        ),
        migrations.AlterField(
            model_name="run",
            name="text",
            field=core.security.fields.FormerlyPlainTextField(blank=True, default="", verbose_name="글"),
        ),
        migrations.AlterField(
            model_name="run",
            name="worker",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="워커"),
        ),
    ]
