"""A reader's verdict on a paragraph: it was right, or it wasn't."""

from __future__ import annotations

from django.db import models

from fortune.models.reading import Reading


class Verdict(models.Model):
    """One verdict on one paragraph of one version of a text, by the person whose reading it is.

    ``paragraph`` counts a version's paragraphs from 1; ``prompt_version`` and ``kind`` are those of the reading, so
    that they can be counted by them.
    """

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="verdicts")
    epoch = models.PositiveIntegerField()
    paragraph = models.PositiveSmallIntegerField()
    is_right = models.BooleanField()
    kind = models.CharField(max_length=10)
    prompt_version = models.CharField(max_length=20)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("-updated_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("reading", "epoch", "paragraph"), name="verdict_once_per_paragraph"
            ),
        )
        indexes = (models.Index(fields=("prompt_version", "kind"), name="verdict_by_prompt"),)

    def __str__(self) -> str:
        return f"#{self.pk}"
