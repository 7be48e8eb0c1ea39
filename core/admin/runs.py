"""Runs in the admin: state, cost, and the text for those who may open it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import streams
from core.admin import operations
from core.admin.audit import ShowsText
from core.streams import Run


@admin.register(Run)
class RunAdmin(ShowsText):
    """Every writing: its state, its cost, its text."""

    list_display = (
        "subject",
        "epoch",
        "status",
        "provider",
        "model",
        "cost",
        "own_key",
        "created_at",
        "took",
    )
    list_filter = ("status", "provider", "own_key", "created_at")
    search_fields = ("=subject", "=error_code", "=worker")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-epoch")
    actions = ("stop",)

    def get_urls(self) -> list[Any]:
        return [*operations.urls(), *super().get_urls()]

    def subject_of(self, row: Run) -> UUID:
        return row.subject

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        rows: QuerySet[Run] = super().get_queryset(request)
        match = request.resolver_match
        # Texts are long: the list leaves them in the database.
        return rows.defer("text") if match and match.url_name == "streams_run_changelist" else rows

    @admin.display(description=_("비용(달러)"), ordering="cost_micro")
    def cost(self, run: Run) -> str:
        return f"{run.cost_micro / 1_000_000:.4f}"

    @admin.display(description=_("걸린 초"))
    def took(self, run: Run) -> str:
        if run.started_at is None or run.finished_at is None:
            return "—"
        return f"{(run.finished_at - run.started_at).total_seconds():.1f}"

    @admin.action(description=_("고른 글쓰기를 멈추기"))
    def stop(self, request: HttpRequest, rows: object) -> None:
        for run in rows:  # type: ignore[attr-defined]
            streams.stop(subject=run.subject, now=timezone.now())
        self.message_user(request, _("멈추라고 전했어요."), messages.SUCCESS)
