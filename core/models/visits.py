"""Visitors, counted by day without knowing who they are (core/site/visits.py)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visit(models.Model):
    """One visitor on one day in Korea: a fingerprint that changes every day. Swept after two days."""

    day = models.DateField(_("날짜(한국)"))
    visitor = models.CharField(_("지문"), max_length=64)

    class Meta:
        verbose_name = _("방문")
        verbose_name_plural = _("방문")
        constraints = [models.UniqueConstraint(fields=["day", "visitor"], name="core_visit_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.visitor[:8]}"


class DailyVisits(models.Model):
    """The number of different visitors of a day."""

    day = models.DateField(_("날짜(한국)"), primary_key=True)
    visitors = models.PositiveIntegerField(_("방문자"), default=0)

    class Meta:
        verbose_name = _("하루 방문자")
        verbose_name_plural = _("하루 방문자")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.visitors}"
