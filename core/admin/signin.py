"""The admin's sign-in form: Django's own, with the rate limits of the site's sign-in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm


class OperatorForm(AdminAuthenticationForm):
    def clean(self) -> dict[str, Any]:
        # Counts the attempt, by address and by name, and refuses before a password is checked.
        get_adapter(self.request).pre_authenticate(self.request, username=self.data.get("username", ""))
        return super().clean()


admin.site.login_form = OperatorForm
