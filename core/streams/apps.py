from __future__ import annotations

from django.apps import AppConfig


class StreamsConfig(AppConfig):
    name = "core.streams"
    label = "streams"
    verbose_name = "Streams"
