"""The product's part of the admin.

Births, names, questions and memos are encrypted and stay so: an operator has no business reading them. Of a reading the
admin shows the text, the model that wrote it, and the cost; who has opened it stands in the audit (``core/admin/audit.py``).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.access import who
from core.admin.audit import ShowsText
from core.admin.base import ReadOnly
from core.admin.groups import NamesPermissions
from core.admin.words import NamedPasswordForm
from core.limits.quota import LimitReached
from core.streams import Full, Run, Status
from fortune.models import FavoriteDate, Kind, Reading, SavedPerson, ShareLink, Verdict
from fortune.services import account, readings, sharing, verdicts

admin.site.unregister(User)


@admin.register(User)
class MemberAdmin(NamesPermissions, UserAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    """Django's own admin, except that a member is deleted by the same service as on the account page."""

    list_display = ("id", "email", "is_staff", "is_active", "date_joined", "last_login")
    search_fields = ("email", "username")
    ordering = ("-date_joined",)
    show_full_result_count = False
    change_password_form = NamedPasswordForm

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[Any, Any], set[Any], list[Any]]:
        """Return the members alone: their rows have no admin page on which they could be deleted one by one."""
        return [str(user) for user in objs], {User._meta.verbose_name: len(objs)}, set(), []

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        account.delete(user=obj, now=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            account.delete(user=user, now=timezone.now())


@admin.register(Reading)
class ReadingAdmin(ShowsText):
    list_display = ("id", "kind", "mode", "topic", "owner", "status", "provider", "cost", "created_at")
    list_filter = ("kind", "mode", "topic", "created_at")
    list_select_related = ("owner",)
    search_fields = ("=id", "owner__email")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    fields = (
        "id",
        "kind",
        "mode",
        "topic",
        "date",
        "owner",
        "engine_version",
        "prompt_version",
        "created_at",
        "versions",
    )
    readonly_fields = fields
    actions = ("replay", "delete_readings")

    def subject_of(self, row: Reading) -> UUID:
        return row.pk

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reading]:
        newest = Run.objects.filter(subject=OuterRef("pk")).order_by("-epoch")
        rows: QuerySet[Reading] = super().get_queryset(request)
        return rows.defer("chart", "other_chart", "label", "other_label", "question").annotate(
            run_status=Subquery(newest.values("status")[:1]),
            run_provider=Subquery(newest.values("provider")[:1]),
            run_cost=Subquery(newest.values("cost_micro")[:1]),
        )

    @admin.display(description=_("상태"), ordering="run_status")
    def status(self, reading: Any) -> str:
        return str(Status(reading.run_status).label) if reading.run_status else "—"

    @admin.display(description=_("쓴 곳"), ordering="run_provider")
    def provider(self, reading: Any) -> str:
        return reading.run_provider or "—"

    @admin.display(description=_("비용(달러)"), ordering="run_cost")
    def cost(self, reading: Any) -> str:
        return f"{(reading.run_cost or 0) / 1_000_000:.4f}"

    @admin.display(description=_("글"))
    def versions(self, reading: Reading) -> SafeString:
        """Every version, newest first, as plain text."""
        runs = Run.objects.filter(subject=reading.pk).order_by("-epoch")
        return format_html_join(
            "",
            "<details><summary>{} · {} · {} {} · ${}</summary><pre>{}</pre></details>",
            (
                (
                    run.epoch,
                    run.get_status_display(),
                    run.provider,
                    run.model,
                    f"{run.cost_micro / 1e6:.4f}",
                    run.text,
                )
                for run in runs
            ),
        ) or format_html("—")

    @admin.action(description=_("고른 풀이를 다시 쓰기"))
    def replay(self, request: HttpRequest, rows: QuerySet[Reading]) -> None:
        """Write a new version of each, not counted against anybody's daily limit."""
        begun = 0
        for reading in rows:
            try:
                readings.regenerate(reading=reading, who=who(request), now=timezone.now())
            except (Full, LimitReached):
                self.message_user(request, _("지금은 더 쓸 수 없어요."), messages.WARNING)
                break
            begun += 1
        self.message_user(request, _("다시 쓰기 시작: %(n)d") % {"n": begun}, messages.SUCCESS)

    @admin.action(description=_("고른 풀이를 글과 함께 지우기"))
    def delete_readings(self, request: HttpRequest, rows: QuerySet[Reading]) -> None:
        for reading in rows:
            readings.delete(reading=reading, now=timezone.now())
        self.message_user(request, _("지웠어요."), messages.SUCCESS)


@admin.register(ShareLink)
class ShareLinkAdmin(ReadOnly):
    """Shared links. The address itself is not shown, because anybody who has it can open it."""

    list_display = ("id", "subject", "shown", "views", "created_at", "expires_at", "revoked_at")
    list_filter = ("shown", "created_at")
    search_fields = ("=reading__id",)
    ordering = ("-created_at",)
    fields = ("subject", "shown", "epoch", "views", "created_at", "expires_at", "revoked_at")
    readonly_fields = fields
    actions = ("revoke",)

    @admin.display(description=_("풀이"), ordering="reading_id")
    def subject(self, link: ShareLink) -> UUID:
        return link.reading_id

    @admin.action(description=_("공유 끄기"))
    def revoke(self, request: HttpRequest, rows: QuerySet[ShareLink]) -> None:
        sharing.revoke(links=rows, now=timezone.now())


@admin.register(Verdict)
class VerdictAdmin(ReadOnly):
    """Verdicts of readers on paragraphs, counted by prompt version and kind of reading."""

    list_display = ("id", "kind", "prompt_version", "paragraph", "is_right", "updated_at")
    list_filter = ("is_right", "kind", "prompt_version")
    ordering = ("-updated_at",)
    fields = ("subject", "epoch", "paragraph", "is_right", "kind", "prompt_version", "updated_at")
    readonly_fields = fields
    change_list_template = "admin/fortune/verdict/change_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        counts = [(row, Kind(row.kind).label) for row in verdicts.by_prompt()]
        return super().changelist_view(request, {**(extra_context or {}), "counts": counts})

    @admin.display(description=_("풀이"))
    def subject(self, verdict: Verdict) -> UUID:
        return verdict.reading_id


@admin.register(SavedPerson)
class SavedPersonAdmin(ReadOnly):
    list_display = ("id", "user", "relation", "is_default", "created_at", "updated_at")
    list_filter = ("relation", "is_default")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    ordering = ("-created_at",)
    fields = ("user", "relation", "is_default", "created_at", "updated_at")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedPerson]:
        return super().get_queryset(request).defer("name", "birth")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)


@admin.register(FavoriteDate)
class FavoriteDateAdmin(ReadOnly):
    list_display = ("id", "user", "date", "colour", "created_at")
    list_filter = ("colour",)
    list_select_related = ("user",)
    search_fields = ("user__email",)
    ordering = ("-created_at",)
    fields = ("user", "date", "colour", "created_at")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[FavoriteDate]:
        return super().get_queryset(request).defer("label", "memo")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)
