from __future__ import annotations

from django.apps import AppConfig


class FortuneConfig(AppConfig):
    name = "fortune"
    verbose_name = "Fortune"
