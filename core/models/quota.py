"""The exact ledger of the daily limit (core/limits/quota.py)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChargeState(models.TextChoices):
    CHARGED = "charged", _("사용")
    REFUNDED = "refunded", _("돌려줌")


class Charge(models.Model):
    """One reading charged to a day of one person. A subject is charged once and refunded once."""

    subject = models.UUIDField(_("대상"), primary_key=True, editable=False)
    key = models.CharField(_("누구"), max_length=80)
    # Guests only: the fingerprint of their network, so that a new session is not a new day.
    address = models.CharField(_("주소 지문"), max_length=80, blank=True, default="")
    day = models.DateField(_("날짜(한국)"))
    state = models.CharField(
        _("상태"), max_length=8, choices=ChargeState.choices, default=ChargeState.CHARGED
    )
    created_at = models.DateTimeField(_("쓴 때"))
    refunded_at = models.DateTimeField(_("돌려준 때"), null=True, blank=True)

    class Meta:
        verbose_name = _("사용 기록")
        verbose_name_plural = _("사용 기록")
        indexes = [models.Index(fields=["day", "key"], name="core_charge_day_key")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ChargeState.CHARGED, refunded_at=None)
                | models.Q(state=ChargeState.REFUNDED, refunded_at__isnull=False),
                name="core_charge_refund_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.subject}"


class DayCount(models.Model):
    """The number of readings that a key has used on a day in Korea. Changed by single statements only."""

    key = models.CharField(_("누구"), max_length=80)
    day = models.DateField(_("날짜(한국)"))
    used = models.PositiveIntegerField(_("사용한 수"), default=0)

    class Meta:
        verbose_name = _("하루 사용량")
        verbose_name_plural = _("하루 사용량")
        # By the day first: today's counters lie together, and a new one touches no page of its own.
        constraints = [models.UniqueConstraint(fields=["day", "key"], name="core_daycount_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.used}"
