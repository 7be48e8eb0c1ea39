"""Members' profiles in the admin."""

from __future__ import annotations

import allauth.mfa.admin  # noqa: F401 (registers what is taken away below)
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.models import Profile

# allauth's page for factors lets whoever may change rows put their own secret into another person's.
if admin.site.is_registered(Authenticator):
    admin.site.unregister(Authenticator)


@admin.register(Profile)
class ProfileAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Role and nickname. A person's own key can be deleted, and never seen."""

    list_display = ("user", "nickname", "role", "own_key_since", "welcomed_at", "created_at")
    list_filter = ("role",)
    list_select_related = ("user",)
    search_fields = ("nickname", "user__email")
    fields = ("user", "nickname", "role", "own_key_since", "welcomed_at", "created_at")
    readonly_fields = ("user", "own_key_since", "welcomed_at", "created_at")
    ordering = ("-created_at",)
    show_full_result_count = False
    actions = ("take_own_key_away",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # made when first needed

    @admin.display(description=_("내 키를 넣은 때"), ordering="own_key_set_at")
    def own_key_since(self, profile: Profile) -> object:
        return profile.own_key_set_at or "—"

    @admin.action(description=_("고른 사람의 Gemini 키 지우기"), permissions=["change"])
    def take_own_key_away(self, request: HttpRequest, rows: object) -> None:
        rows.update(own_key="", own_key_set_at=None, own_key_seen_at=None)  # type: ignore[attr-defined]
