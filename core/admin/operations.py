"""The operators' page: providers with their breakers, streams per worker, what today cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import streams
from core.limits.days import korean_day
from core.limits.ratelimits import CACHE_AWAY
from core.llm import registry
from core.streams import LIVE, Run


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider of the order, the state of its breaker ("" if it has none) and what it wrote today."""

    name: str
    configured: bool
    breaker: str
    label: str
    runs: int
    failed: int
    cost: float


def providers() -> list[ProviderRow]:
    """This will describe `AI_PROVIDERS` in their order. One query."""
    states = registry.get_router().states()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today: dict[str, Mapping[str, Any]] = {
        row["provider"]: row
        for row in Run.objects.filter(created_at__gte=midnight)
        .order_by()
        .values("provider")
        .annotate(runs=Count("pk"), failed=Count("pk", filter=~Q(error_code="")), cost=Sum("cost_micro"))
    }
    rows = []
    for name in settings.AI_PROVIDERS:
        label = next((label for label in states if label.partition(":")[0] == name), "")
        seen: Mapping[str, Any] = today.get(name, {})
        rows.append(
            ProviderRow(
                name=name,
                configured=bool(label) or name == registry.LAST,
                breaker=states.get(label, ""),
                label=label,
                runs=seen.get("runs", 0),
                failed=seen.get("failed", 0),
                cost=(seen.get("cost") or 0) / 1_000_000,
            )
        )
    return rows


def fleet() -> dict[str, dict[str, float]] | None:
    """This will give every live worker's pulse; None when Redis is away."""
    try:
        return streams.members()
    except CACHE_AWAY:
        return None


def operations(request: HttpRequest) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("운영"),
        "providers": providers(),
        "fleet": fleet(),
        "live": Run.objects.filter(status__in=LIVE).count(),
        "day": korean_day(timezone.now()),
    }
    return render(request, "admin/operations.html", context)


def reset_breaker(request: HttpRequest) -> HttpResponse:
    """Close a provider's breaker by hand, for everyone."""
    if request.method != "POST" or not request.user.is_superuser:
        raise PermissionDenied
    label = request.POST.get("label", "")
    router = registry.get_router()
    if label in router.states():
        router.breaker.reset(label)
        messages.success(request, _("차단기를 닫았어요."))
    return HttpResponseRedirect(reverse("admin:operations"))


def urls() -> list[Any]:
    """Addresses within the admin's namespace; the admin of runs lends its own (core/admin/runs.py)."""
    return [
        path("operations/", admin.site.admin_view(operations), name="operations"),
        path("operations/reset/", admin.site.admin_view(reset_breaker), name="reset_breaker"),
    ]
