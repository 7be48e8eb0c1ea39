from __future__ import annotations

from django.urls import URLPattern

from fortune import people_urls

app_name = "fortune"

urlpatterns: list[URLPattern] = [*people_urls.urlpatterns]
