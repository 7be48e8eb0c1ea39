from __future__ import annotations

from django.urls import URLPattern

app_name = "fortune"

urlpatterns: list[URLPattern] = []
