"""The operators' page in the admin; its values come from ``core.ops.operations``."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.admin.hour import draw
from core.limits.days import KOREA, korean_day
from core.ops.operations import budget, close_breaker, last_hour, open_breakers, providers, workers
from core.streams import LIVE, Run


def operations(request: HttpRequest) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("운영"),
        "providers": providers(),
        "day": korean_day(timezone.now()),
        **_live(),
    }
    return render(request, "admin/operations.html", context)


def operations_live(request: HttpRequest) -> HttpResponse:
    """Answer with the part of the page that its script asks for again every few seconds."""
    return render(request, "admin/operations_live.html", _live())


def _live() -> dict[str, Any]:
    """Return what changes from second to second; nothing of it costs more on a day with more readings."""
    writing = Run.objects.filter(status__in=LIVE).count()
    minutes = last_hour()
    return {
        "now": timezone.now().astimezone(KOREA),
        "writing": writing,
        "hour": draw(minutes) if minutes is not None else None,
        "budget": budget(),
        "open_breakers": open_breakers(),
        "fleet": workers(),
    }


def reset_breaker(request: HttpRequest) -> HttpResponse:
    """Close a provider's breaker by hand, for everyone."""
    if request.method != "POST" or not request.user.is_superuser:
        raise PermissionDenied
    if close_breaker(request.POST.get("label", "")):
        messages.success(request, _("차단기를 닫았어요."))
    return HttpResponseRedirect(reverse("admin:operations"))


def urls() -> list[Any]:
    """Return addresses for the admin's namespace; ``RunAdmin`` includes them in its own."""
    return [
        path("operations/", admin.site.admin_view(operations), name="operations"),
        path("operations/live/", admin.site.admin_view(operations_live), name="operations_live"),
        path("operations/reset/", admin.site.admin_view(reset_breaker), name="reset_breaker"),
    ]
