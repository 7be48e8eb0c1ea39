"""The product's addresses: those the contract fixes here, pages in page_urls, people's things in people_urls."""

from __future__ import annotations

from django.urls import URLPattern, path

from fortune import page_urls, people_urls
from fortune.views import api, events

app_name = "fortune"

urlpatterns: list[URLPattern] = [
    path("fortune/api/streaming/", api.saju_streaming_api, name="streaming_api"),
    path("fortune/api/daily/", api.daily_fortune_api, name="daily_api"),
    path("fortune/api/topic/", api.analyze_topic, name="topic_api"),
    path("fortune/api/chart/", api.chart, name="chart_api"),
    path("fortune/readings/<uuid:reading_id>.json", api.reading_json, name="reading_json"),
    path("fortune/readings/<uuid:reading_id>/events", events.events, name="events"),
    path("fortune/readings/<uuid:reading_id>/stop", api.stop, name="stop"),
    path("fortune/readings/<uuid:reading_id>/retry", api.retry, name="retry"),
    path("fortune/readings/<uuid:reading_id>/regenerate", api.regenerate, name="regenerate"),
    *page_urls.urlpatterns,
    *people_urls.urlpatterns,
]
