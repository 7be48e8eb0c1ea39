"""The operators' page in the admin. What it shows is in ``core.ops.operations``."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.limits.days import korean_day
from core.ops.operations import budget, close_breaker, providers, workers
from core.streams import LIVE, Run


def operations(request: HttpRequest) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("운영"),
        "providers": providers(),
        "budget": budget(),
        "fleet": workers(),
        "live": Run.objects.filter(status__in=LIVE).count(),
        "day": korean_day(timezone.now()),
    }
    return render(request, "admin/operations.html", context)


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
        path("operations/reset/", admin.site.admin_view(reset_breaker), name="reset_breaker"),
    ]
