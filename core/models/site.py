"""Switches of the whole site, turned in the admin."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteState(models.Model):
    """The one row of switches. Read through ``core.site.switches``, which caches it for a few seconds."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    maintenance = models.BooleanField(
        _("점검 중"), default=False, help_text=_("켜면 운영진이 아닌 사람에게 점검 안내(503)를 보여 줘요.")
    )
    maintenance_until = models.DateTimeField(
        _("점검이 끝날 때"), null=True, blank=True, help_text=_("Retry-After에 쓰여요. 비우면 5분으로 봐요.")
    )
    banner = models.CharField(_("알림"), max_length=200, blank=True, default="")
    banner_en = models.CharField(_("알림(영어)"), max_length=200, blank=True, default="")
    banner_until = models.DateTimeField(_("알림을 내릴 때"), null=True, blank=True)
    updated_at = models.DateTimeField(_("바꾼 때"), auto_now=True)

    class Meta:
        verbose_name = _("사이트 상태")
        verbose_name_plural = _("사이트 상태")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="core_sitestate_one_row")]

    def __str__(self) -> str:
        return str(_("사이트 상태"))
