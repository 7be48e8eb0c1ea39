"""Openings of people's texts by staff, in the admin."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TextOpening(models.Model):
    """One opening of one text: by whom, when, of which reading. It holds nothing of the text.

    Both are numbers and not foreign keys, because it outlives the account and the reading. Swept after a year.
    """

    staff = models.PositiveBigIntegerField(_("연 사람"))
    subject = models.UUIDField(_("풀이"))
    opened_at = models.DateTimeField(_("연 때"))

    class Meta:
        verbose_name = _("열어 본 글")
        verbose_name_plural = _("열어 본 글")
        ordering = ("-opened_at", "-pk")
        indexes = (models.Index(fields=("-opened_at",), name="core_textopening_by_age"),)

    def __str__(self) -> str:
        return f"{self.opened_at} {self.subject}"
