"""A link by which a reading can be seen without signing in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fortune.models.reading import Reading


class Shown(models.TextChoices):
    """The part of a reading that a link shows. It never includes a birth moment or a name."""

    DAY = "day", _("일주만")
    CHART = "chart", _("원국까지")
    READING = "reading", _("원국과 풀이")


class ShareLink(models.Model):
    """A link to a reading. ``epoch`` is the version that was shared; the link never shows a later one."""

    token = models.CharField(max_length=43, unique=True)
    reading = models.ForeignKey(
        Reading, verbose_name=_("풀이"), on_delete=models.CASCADE, related_name="links"
    )
    shown = models.CharField(_("보여 주는 것"), max_length=7, choices=Shown.choices)
    epoch = models.PositiveIntegerField(_("판"))
    created_at = models.DateTimeField(_("만든 때"))
    expires_at = models.DateTimeField(_("끝나는 때"))
    revoked_at = models.DateTimeField(_("끈 때"), null=True)
    views = models.PositiveIntegerField(_("본 횟수"), default=0)

    class Meta:
        verbose_name = _("공유")
        verbose_name_plural = _("공유")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(condition=Q(shown__in=Shown.values), name="share_shows_something_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="share_expires_later"),
        )
        indexes = (models.Index(fields=("reading", "-created_at"), name="share_by_reading"),)

    def __str__(self) -> str:
        return f"#{self.pk}"
