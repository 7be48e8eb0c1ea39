"""A reader's verdict on a paragraph: it was right, or it wasn't."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fortune.models.reading import Kind, Reading


class Verdict(models.Model):
    """One verdict on one paragraph of one version of a text, by the person whose reading it is.

    ``paragraph`` counts a version's paragraphs from 1; ``prompt_version`` and ``kind`` are those of the reading, so
    that they can be counted by them.
    """

    reading = models.ForeignKey(
        Reading, verbose_name=_("풀이"), on_delete=models.CASCADE, related_name="verdicts"
    )
    epoch = models.PositiveIntegerField(_("판"))
    paragraph = models.PositiveSmallIntegerField(_("문단"))
    is_right = models.BooleanField(_("맞았어요"))
    kind = models.CharField(_("종류"), max_length=10, choices=Kind.choices)
    prompt_version = models.CharField(_("지시문"), max_length=20)
    updated_at = models.DateTimeField(_("고친 때"))

    class Meta:
        verbose_name = _("읽은 사람의 답")
        verbose_name_plural = _("읽은 사람의 답")
        ordering = ("-updated_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("reading", "epoch", "paragraph"), name="verdict_once_per_paragraph"
            ),
        )
        indexes = (models.Index(fields=("prompt_version", "kind"), name="verdict_by_prompt"),)

    def __str__(self) -> str:
        return f"#{self.pk}"
