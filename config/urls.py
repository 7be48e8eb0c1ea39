"""Every address of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from core.accounts import views as accounts
from core.ops import health
from core.site import handlers
from core.site.csp_reports import csp_report

handler400 = "core.site.handlers.bad_request"
handler403 = "core.site.handlers.forbidden"
handler404 = "core.site.handlers.not_found"
handler500 = "core.site.handlers.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics_page, name="metrics"),
    path("admin/", admin.site.urls),
    path("accounts/profile/", accounts.profile, name="profile"),
    path("accounts/profile/picture/", accounts.picture, name="profile_picture"),
    path("accounts/profile/key/", accounts.own_key, name="own_key"),
    path("accounts/profile/key/test/", accounts.test_own_key, name="test_own_key"),
    path("accounts/welcome/", accounts.welcome, name="welcome"),
    # Google's One Tap, which no page here offers: the one way in that allauth frees from the form's token.
    path("accounts/google/login/token/", handlers.nowhere),
    path("accounts/", include("allauth.urls")),
    path("csp-report", csp_report, name="csp_report"),
    path("language/", set_language, name="set_language"),
    path("", include("fortune.urls")),
]
