"""Rows that say who of the staff opened a text or removed a second factor, and the base of pages that show texts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.admin.base import ReadOnly
from core.models import FactorReset, TextOpening


class ShowsText(ReadOnly):
    """Rows whose page shows somebody's text: no such page without a row that says who has opened it."""

    def subject_of(self, row: Any) -> UUID:
        """Return the id of the reading whose text the row's page shows."""
        raise NotImplementedError

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        TextOpening.objects.create(
            staff=request.user.pk,  # type: ignore[misc]  # whoever is here has signed in
            subject=self.subject_of(obj),
            opened_at=timezone.now(),
        )
        return super().render_change_form(request, context, add, change, form_url, obj)


@admin.register(TextOpening)
class TextOpeningAdmin(ReadOnly):
    """Everybody who may look at texts sees who did. Nobody deletes it."""

    list_display = ("opened_at", "who", "subject")
    search_fields = ("=subject", "=staff")
    date_hierarchy = "opened_at"
    ordering = ("-opened_at", "-pk")
    fields = ("opened_at", "who", "subject")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[TextOpening]:
        staff = get_user_model().objects.filter(pk=OuterRef("staff"))
        rows: QuerySet[TextOpening] = super().get_queryset(request)
        return rows.annotate(email=Subquery(staff.values("email")[:1]))

    @admin.display(description=_("연 사람"))
    def who(self, row: Any) -> str:
        return f"#{row.staff} {row.email or ''}".strip()


@admin.register(FactorReset)
class FactorResetAdmin(ReadOnly):
    """Everybody who may look at accounts sees whose second factor was removed. Nobody deletes it."""

    list_display = ("reset_at", "account", "operator", "factors")
    search_fields = ("=account", "operator")
    date_hierarchy = "reset_at"
    ordering = ("-reset_at", "-pk")
    fields = ("reset_at", "account", "operator", "factors")
    readonly_fields = fields
