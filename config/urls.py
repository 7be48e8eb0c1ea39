"""Every address of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from core.views import errors, health, people

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics_page, name="metrics"),
    path("admin/", admin.site.urls),
    path("accounts/profile/", people.profile, name="profile"),
    path("accounts/profile/picture/", people.picture, name="profile_picture"),
    path("accounts/profile/key/", people.own_key, name="own_key"),
    path("accounts/profile/key/test/", people.test_own_key, name="test_own_key"),
    path("accounts/welcome/", people.welcome, name="welcome"),
    # Google's One Tap, which no page here offers: the one way in that allauth frees from the form's token.
    path("accounts/google/login/token/", errors.nowhere),
    path("accounts/", include("allauth.urls")),
    path("language/", set_language, name="set_language"),
    path("", include("fortune.urls")),
]
