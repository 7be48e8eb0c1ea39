"""The site's switches in the admin: maintenance and the banner."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import SiteState
from core.site.switches import switches


@admin.register(SiteState)
class SiteStateAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """One row: maintenance and the banner. Other workers follow within a few seconds."""

    fieldsets = (
        (_("점검"), {"fields": ("maintenance", "maintenance_until")}),
        (_("알림"), {"fields": ("banner", "banner_en", "banner_until")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Redirect to the one row, which is created if it doesn't exist yet."""
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        SiteState.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:core_sitestate_change", args=[1]))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        switches().forget()
