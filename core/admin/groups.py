"""Groups and their permissions, in Korean: Django stores "Can add reading" as a permission's name, in English."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group, Permission
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

ACTIONS: Final = {"add": _("추가"), "change": _("고치기"), "delete": _("지우기"), "view": _("보기")}


class PermissionChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    def label_from_instance(self, permission: Permission) -> str:
        action = permission.codename.partition("_")[0]
        return f"{permission.content_type} | {ACTIONS.get(action, permission.name)}"


class NamesPermissions(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    """Has a field of permissions, each of which is named by its model and what may be done with it."""

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.remote_field.model is Permission:
            kwargs["form_class"] = PermissionChoices
        return super().formfield_for_manytomany(db_field, request, **kwargs)


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(NamesPermissions, DjangoGroupAdmin):  # type: ignore[misc]  # the stubs differ in the field's type
    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[Any, Any], set[Any], list[Any]]:
        """Return the groups alone, without a line for each permission that each of them gave."""
        return [str(group) for group in objs], {Group._meta.verbose_name: len(objs)}, set(), []
