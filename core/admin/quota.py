"""The ledger of the daily limit in the admin: charges and counters."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.admin.base import ReadOnly
from core.limits import quota
from core.models import Charge, DayCount


@admin.register(Charge)
class ChargeAdmin(ReadOnly):
    """The ledger. Nothing in it is edited; a charge can be refunded once."""

    list_display = ("subject", "day", "key", "state", "created_at", "refunded_at")
    list_filter = ("state", "day")
    search_fields = ("=subject", "=key")
    ordering = ("-created_at",)
    actions = ("give_back",)

    @admin.action(description=_("고른 사용을 돌려주기"))
    def give_back(self, request: HttpRequest, rows: object) -> None:
        now = timezone.now()
        given = sum(quota.refund(subject=row.pk, now=now) for row in rows)  # type: ignore[attr-defined]
        self.message_user(
            request,
            ngettext("%(n)d개를 돌려줬어요.", "%(n)d개를 돌려줬어요.", given) % {"n": given},
            messages.SUCCESS,
        )


@admin.register(DayCount)
class DayCountAdmin(ReadOnly):
    """The used part of a day. Clearing one resets that person's day."""

    list_display = ("day", "key", "used")
    list_filter = ("day",)
    search_fields = ("=key",)
    ordering = ("-day", "-used", "key")
    actions = ("clear",)

    @admin.action(description=_("고른 하루를 처음으로"))
    def clear(self, request: HttpRequest, rows: object) -> None:
        rows.update(used=0)  # type: ignore[attr-defined]
