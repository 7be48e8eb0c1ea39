"""The audit: texts that staff opened, second factors that an operator removed."""

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


class FactorReset(models.Model):
    """One removal of an account's second factors by an operator at the command line. Swept after a year.

    ``operator`` is the name of the account of the server's system, or what was given as ``--by``: whoever can run commands
    there can write anything, so it says who claims to have done it.
    """

    account = models.PositiveBigIntegerField(_("계정 번호"))
    operator = models.CharField(_("초기화한 사람"), max_length=150)
    factors = models.PositiveSmallIntegerField(_("지운 인증 수단 수"))
    reset_at = models.DateTimeField(_("초기화한 때"))

    class Meta:
        verbose_name = _("2단계 인증 초기화")
        verbose_name_plural = _("2단계 인증 초기화")
        ordering = ("-reset_at", "-pk")
        indexes = (models.Index(fields=("-reset_at",), name="core_factorreset_by_age"),)

    def __str__(self) -> str:
        return f"{self.reset_at} #{self.account}"
