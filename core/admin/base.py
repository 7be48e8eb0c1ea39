"""The base of admin pages for rows that the site writes and nobody edits."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    """Rows that the site writes and nobody edits. Deleting is allowed where a class says so."""

    # A table of ten thousand rows is counted once for the page, not twice.
    show_full_result_count = False
    # A list of a hundred rows, Django's default, blocks the event loop for 60 ms.
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
